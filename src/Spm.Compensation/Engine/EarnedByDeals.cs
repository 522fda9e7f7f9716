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
    public static readonly EarnedByDeals Nothing = new(null, []);

    private readonly DividedIncentive? _division;
    private readonly Func<Dictionary<string, ExplainNode>>? _explain;
    private Dictionary<string, ExplainNode>? _explained;

    private EarnedByDeals(DividedIncentive? division, SortedDictionary<string, decimal> toDate) => (_division, ToDate) = (division, toDate);

    /// <summary>Each deal by itself.</summary>
    public EarnedByDeals(DealEarning earning, Func<PeriodContext> period)
    {
        ToDate = new(StringComparer.Ordinal);
        foreach (var (deal, earned) in earning.Each(period()))
        {
            ToDate.Add(deal, earned.Value);
        }
        _explain = () => earning.Each(period()).ToDictionary(d => d.Deal, d => d.Earned, StringComparer.Ordinal);
    }

    /// <summary>All of the period divided at once.</summary>
    public EarnedByDeals(DividedIncentive toDate)
        : this(toDate, toDate.Parts)
    {
    }

    /// <param name="before">What the deals had when the months began that are divided now.</param>
    public EarnedByDeals(EarnedByDeals before, DividedIncentive months)
        : this(months, new(before.ToDate, StringComparer.Ordinal))
    {
        IsOfMonth = true;
        foreach (var (deal, part) in months.Parts)
        {
            ToDate[deal] = ToDate.GetValueOrDefault(deal) + part;
        }
    }

    /// <summary>By deal.</summary>
    public SortedDictionary<string, decimal> ToDate { get; }

    /// <summary>Whether <see cref="Explain"/> tells the month alone, and not all to date.</summary>
    public bool IsOfMonth { get; }

    public ExplainNode? Explain(string deal) =>
        _division?.Explain(deal) ?? (_explained ??= _explain?.Invoke() ?? []).GetValueOrDefault(deal);
}
