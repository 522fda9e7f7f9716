using Spm.Compensation.Incentives;

namespace Spm.Compensation.Payouts;

/// <summary>
/// Where one rep stands: what every incentive is worth now, what the ledger still lacks of it, and the payouts of the open months
/// once it is posted. A pure function of the statements and of what was posted and settled before.
/// </summary>
public sealed record RepPosition(
    IReadOnlyList<YearStatement> Years,
    IReadOnlyList<LedgerDifference> Differences,
    IReadOnlyDictionary<IncentiveKey, long> Posted,
    IReadOnlyList<PayoutDraft> Drafts)
{
    /// <summary>The payouts of the rep's closed months, as they were fixed.</summary>
    public IReadOnlyList<SettledMonth> Settled { get; init; } = [];

    /// <param name="posted">In minor units, by incentive, as the ledger has it.</param>
    /// <param name="settled">The rep's closed months.</param>
    /// <param name="closed">Numbers of all closed months, also of those in which the rep had nothing.</param>
    /// <param name="openMonths">Numbers of the open months in order of time.</param>
    public static RepPosition Calculate(
        IReadOnlyList<YearStatement> years,
        IReadOnlyDictionary<IncentiveKey, long> posted,
        IReadOnlyList<SettledMonth> settled,
        IReadOnlySet<int> closed,
        IReadOnlyList<int> openMonths)
    {
        var incentives = new Dictionary<IncentiveKey, long>();
        foreach (var component in years.SelectMany(y => y.Months).SelectMany(m => m.Components))
        {
            if (component.IncentiveMinor != 0)
            {
                incentives.Add(component.Key, component.IncentiveMinor);
            }
        }
        var differences = Settlement.Differences(incentives, posted, closed, openMonths);
        var after = posted;
        if (differences.Count > 0)
        {
            var sums = new Dictionary<IncentiveKey, long>(posted);
            foreach (var difference in differences)
            {
                sums[difference.Origin] = sums.GetValueOrDefault(difference.Origin) + difference.Minor;
            }
            after = sums;
        }
        return new RepPosition(years, differences, after, Settlement.Drafts(after, settled, openMonths, closed)) { Settled = settled };
    }
}
