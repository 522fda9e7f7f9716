using Spm.Compensation.Earnings;
using Spm.Compensation.Explain;

namespace Spm.Compensation.Engine;

/// <summary>
/// What each deal has earned of a component before its stages, in a measurement period to date. Where the component looks at each deal, that is what the deal
/// earns. Where it looks at the period, what it earns is divided by what is counted of the deals: to date, so that a rate that holds for all holds for
/// all deals alike; or where every band has a rate of its own month by month, so that a deal keeps the rates it was paid at.
/// </summary>
internal sealed class EarnedByDeals
{
    public static readonly EarnedByDeals Nothing = new(null, [], 0m);

    private readonly DividedIncentive? _division;
    private readonly Func<Dictionary<string, ExplainNode>>? _explain;
    private Dictionary<string, ExplainNode>? _explained;

    private EarnedByDeals(DividedIncentive? division, SortedDictionary<string, decimal> toDate, decimal atTarget) => (_division, ToDate, AtTarget) = (division, toDate, atTarget);

    private EarnedByDeals(SortedDictionary<string, decimal> toDate, Func<Dictionary<string, ExplainNode>> explain)
        : this(null, toDate, 0m) => _explain = explain;

    /// <summary>All of the period divided at once.</summary>
    public EarnedByDeals(DividedIncentive toDate)
        : this(toDate, toDate.Parts, toDate.AtTarget)
    {
    }

    /// <param name="before">What the deals had when the months began that are divided now.</param>
    public EarnedByDeals(EarnedByDeals before, DividedIncentive months)
        : this(months, new(before.ToDate, StringComparer.Ordinal), before.AtTarget + months.AtTarget)
    {
        IsOfMonth = true;
        foreach (var (deal, part) in months.Parts)
        {
            ToDate[deal] = ToDate.GetValueOrDefault(deal) + part;
        }
    }

    /// <summary>Each deal by itself.</summary>
    /// <param name="unpaid">A month by which what was earned was paid to nobody; null: there is none.</param>
    public static EarnedByDeals Each(DealEarning earning, Func<PeriodContext> period, Func<PeriodContext>? unpaid)
    {
        var toDate = Amounts(period);
        return new(unpaid is null ? toDate : toDate.Less(Amounts(unpaid)), Explained);

        SortedDictionary<string, decimal> Amounts(Func<PeriodContext> at) => new(Nodes(at).ToDictionary(d => d.Key, d => d.Value.Value, StringComparer.Ordinal), StringComparer.Ordinal);

        Dictionary<string, ExplainNode> Nodes(Func<PeriodContext> at) => earning.Each(at()).ToDictionary(d => d.Deal, d => d.Earned, StringComparer.Ordinal);

        Dictionary<string, ExplainNode> Explained()
        {
            var now = Nodes(period);
            foreach (var (deal, before) in unpaid is null ? [] : Nodes(unpaid))
            {
                now[deal] = ExplainNode.Of("earned since the component began", ExplainOperation.Difference, now.GetValueOrDefault(deal) ?? ExplainNode.Given($"deal {deal}", 0m), ExplainNode.Because("earned before", before));
            }
            return now;
        }
    }

    /// <summary>By deal.</summary>
    public SortedDictionary<string, decimal> ToDate { get; }

    /// <summary>By leave that is credited at target.</summary>
    public decimal AtTarget { get; }

    /// <summary>Whether <see cref="Explain"/> tells the month alone, and not all to date.</summary>
    public bool IsOfMonth { get; }

    public ExplainNode? Explain(string deal) =>
        _division?.Explain(deal) ?? (_explained ??= _explain?.Invoke() ?? []).GetValueOrDefault(deal);
}
