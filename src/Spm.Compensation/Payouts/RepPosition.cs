namespace Spm.Compensation.Payouts;

/// <summary>
/// Where one rep stands: what every line of pay is worth now, what the ledger still lacks of it, and the payouts of the open months
/// once it is posted. A pure function of the statements and of what was posted and settled before.
/// </summary>
public sealed record RepPosition(
    IReadOnlyList<YearStatement> Years,
    IReadOnlyList<LedgerDifference> Differences,
    IReadOnlyDictionary<PayKey, long> Posted,
    IReadOnlyList<PayoutDraft> Drafts)
{
    /// <summary>The payouts of the rep's closed months, as they were fixed.</summary>
    public IReadOnlyList<SettledMonth> Settled { get; init; } = [];

    /// <summary>Why nothing could be calculated, in which case everything stands as it was posted; null when all is well.</summary>
    public string? Failure { get; init; }

    /// <summary>Of a rep whose figures cannot be calculated: nothing is posted and nothing is taken back.</summary>
    public static RepPosition Unknown(
        string failure, IReadOnlyDictionary<PayKey, long> posted, IReadOnlyList<SettledMonth> settled, IReadOnlySet<int> closed, IReadOnlyList<int> openMonths) =>
        new([], [], posted, Settlement.Drafts(posted, settled, openMonths, closed)) { Settled = settled, Failure = failure };

    /// <param name="posted">In minor units, by line of pay, as the ledger has it.</param>
    /// <param name="settled">The rep's closed months.</param>
    /// <param name="closed">Numbers of all closed months, also of those in which the rep had nothing.</param>
    /// <param name="openMonths">Numbers of the open months in order of time.</param>
    public static RepPosition Calculate(
        IReadOnlyList<YearStatement> years,
        IReadOnlyDictionary<PayKey, long> posted,
        IReadOnlyList<SettledMonth> settled,
        IReadOnlySet<int> closed,
        IReadOnlyList<int> openMonths)
    {
        var due = new Dictionary<PayKey, long>();
        foreach (var line in years.SelectMany(y => y.Months).SelectMany(m => m.Lines))
        {
            if (line.Minor != 0)
            {
                due.Add(line.Key, line.Minor);
            }
        }
        var differences = Settlement.Differences(due, posted, closed, openMonths);
        var after = posted;
        if (differences.Count > 0)
        {
            var sums = new Dictionary<PayKey, long>(posted);
            foreach (var difference in differences)
            {
                sums[difference.Origin] = sums.GetValueOrDefault(difference.Origin) + difference.Minor;
            }
            after = sums;
        }
        return new RepPosition(years, differences, after, Settlement.Drafts(after, settled, openMonths, closed)) { Settled = settled };
    }
}
