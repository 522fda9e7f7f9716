namespace Spm.Client;

/// <summary>A named, versioned, effective-dated set of components.</summary>
public sealed record PlanRow(string Name, IReadOnlyList<PlanVersion> Versions, string? ExternalId = null);

public sealed record PlanVersion(DateOnly EffectiveFrom, IReadOnlyList<PlanComponent> Components);

/// <summary>One incentive: what it tracks, which credits count, and the rates. Paid monthly as the growth of what is earned.</summary>
public sealed record PlanComponent(string Id, string Name, string Measure)
{
    /// <summary>direct, overlay, roll_up.</summary>
    public required IReadOnlyList<string> Credits { get; init; }

    /// <summary>The span that sets the rate: month, quarter or year.</summary>
    public required string AttainmentPeriod { get; init; }

    /// <summary><c>to_date</c> compares with the quota of the months so far, <c>full</c> with that of the whole span.</summary>
    public required string Quota { get; init; }

    public required RateTable RateTable { get; init; }
}

/// <summary>Tiers are half-open [From, To) in percent of quota, without gaps; rates in percent of the credited amount.</summary>
public sealed record RateTable(string Mode, IReadOnlyList<Tier> Tiers)
{
    /// <summary>
    /// A step (marginal) table: each band pays its own rate. Give the lower edge and the rate of every tier, in rising order;
    /// a tier ends where the next begins and the last has no end.
    /// </summary>
    public static RateTable Step(params ReadOnlySpan<(decimal From, decimal Rate)> tiers)
    {
        var list = new List<Tier>(tiers.Length);
        for (var i = 0; i < tiers.Length; i++)
            list.Add(new Tier(tiers[i].From, i + 1 < tiers.Length ? tiers[i + 1].From : null, tiers[i].Rate));
        return new RateTable("step", list);
    }
}

/// <summary>Null <c>To</c> means no end.</summary>
public sealed record Tier(decimal From, decimal? To, decimal Rate);
