namespace Spm.Compensation.Engine;

/// <summary>The deals of a component in a month.</summary>
/// <param name="Counted">Of each; nothing where the component looks at each deal.</param>
/// <param name="Earned">By each, before stages.</param>
/// <param name="Parts">Of the incentive.</param>
internal sealed record DealsOfMonth(SortedDictionary<string, decimal> Counted, SortedDictionary<string, decimal> Earned, SortedDictionary<string, decimal> Parts)
{
    /// <param name="now">To date, where stages come after what is earned.</param>
    /// <param name="before">Null: there is nothing in the period before the month.</param>
    public DealsOfMonth(SortedDictionary<string, decimal> counted, SortedDictionary<string, decimal> earned, DividedIncentive now, DividedIncentive? before)
        : this(counted, earned, before is null ? now.Parts : now.Parts.Less(before.Parts)) => (Now, Before) = (now, before);

    public DividedIncentive? Now { get; }

    public DividedIncentive? Before { get; }
}

/// <summary>What a deal had before months that are divided.</summary>
/// <param name="Stood">Of it, by what the months are divided by.</param>
/// <param name="Given">To it.</param>
internal readonly record struct Had(decimal Stood, decimal Given)
{
    public Had Plus(SortedDictionary<string, decimal> stood, SortedDictionary<string, decimal> given, string deal) =>
        new(Stood + stood.GetValueOrDefault(deal), Given + given.GetValueOrDefault(deal));
}
