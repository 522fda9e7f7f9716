namespace Spm.Compensation.Payouts;

/// <summary>A payout of an open month as it stands: the same figures as <see cref="SettledMonth"/>, still changing.</summary>
public sealed record PayoutDraft(int Month, long CarriedIn, IReadOnlyList<PayoutLine> Lines)
{
    public long Incentives => Lines.Where(l => l.Origin.Month == Month).Sum(l => l.Minor);

    public long Adjustments => Lines.Where(l => l.Origin.Month != Month).Sum(l => l.Minor);

    public SettledMonth Close() => new(Month, CarriedIn, Lines);
}

/// <summary>A difference to post: <paramref name="Minor"/> may be negative. Paid in <paramref name="Month"/>.</summary>
public readonly record struct LedgerDifference(PayKey Origin, int Month, long Minor);

/// <summary>
/// Recompute, then post the difference. Incentives of open months are due in their own month. A closed month never changes: what
/// it would pay now, less what was settled for it so far, is an adjustment in the first open month. While no month is open, such a
/// difference waits unposted.
/// </summary>
public static class Settlement
{
    /// <param name="incentives">Every incentive as recomputed, in minor units; zero or missing means nothing is due.</param>
    /// <param name="posted">What the ledger has for each incentive.</param>
    /// <param name="openMonths">Numbers of the open months in order of time.</param>
    public static IReadOnlyList<LedgerDifference> Differences(
        IReadOnlyDictionary<PayKey, long> incentives,
        IReadOnlyDictionary<PayKey, long> posted,
        IReadOnlySet<int> closed,
        IReadOnlyList<int> openMonths)
    {
        List<LedgerDifference> differences = [];
        void Add(PayKey key, long difference)
        {
            var isClosed = closed.Contains(key.Month);
            if (difference != 0 && (!isClosed || openMonths.Count > 0))
            {
                differences.Add(new LedgerDifference(key, isClosed ? openMonths[0] : key.Month, difference));
            }
        }
        foreach (var (key, minor) in incentives)
        {
            Add(key, checked(minor - posted.GetValueOrDefault(key)));
        }
        foreach (var (key, minor) in posted)
        {
            if (!incentives.ContainsKey(key))
            {
                Add(key, checked(-minor));
            }
        }
        differences.Sort((a, b) => InOrder(a.Origin, b.Origin));
        return differences;
    }

    /// <summary>The payouts of the open months that have anything to say: lines, or a rest carried in.</summary>
    /// <param name="settled">Of this rep: a closed month in which nothing was due need not be there.</param>
    /// <param name="openMonths">Numbers of the open months in order of time.</param>
    /// <param name="closed">The closed months; without it, every month before the first open one and every settled one.</param>
    public static IReadOnlyList<PayoutDraft> Drafts(
        IReadOnlyDictionary<PayKey, long> posted,
        IReadOnlyList<SettledMonth> settled,
        IReadOnlyList<int> openMonths,
        IReadOnlySet<int>? closed = null)
    {
        if (openMonths.Count == 0)
        {
            return [];
        }
        var due = new Dictionary<PayKey, long>(posted);
        foreach (var line in settled.SelectMany(s => s.Lines))
        {
            due[line.Origin] = due.GetValueOrDefault(line.Origin) - line.Minor;
        }
        bool IsClosed(int month) =>
            settled.Any(s => s.Month == month) || (closed is null ? month < openMonths[0] : closed.Contains(month));

        var lines = due.Where(d => d.Value != 0).Select(d => new PayoutLine(d.Key, d.Value)).ToList();
        lines.Sort((a, b) => InOrder(a.Origin, b.Origin));
        var linesByMonth = lines.ToLookup(l => IsClosed(l.Origin.Month) ? openMonths[0] : l.Origin.Month);

        // Each settled month took in what was carried and gave out a rest: what is left of all of them is still to be recovered,
        // in whatever order the months were closed. So is the rest of an open month, from the next one that has lines: the payouts of
        // a year sum to the same whether its months are closed or not.
        var carried = settled.Sum(s => s.CarriedOut - s.CarriedIn);
        List<PayoutDraft> drafts = [];
        foreach (var month in openMonths)
        {
            if (linesByMonth.Contains(month) || (month == openMonths[0] && carried != 0))
            {
                var draft = new PayoutDraft(month, carried, [.. linesByMonth[month]]);
                carried = draft.Close().CarriedOut;
                drafts.Add(draft);
            }
        }
        return drafts;
    }

    /// <summary>By month, plan, component and kind of line: lines stand in the same order whatever the order of the events behind them.</summary>
    private static int InOrder(PayKey a, PayKey b)
    {
        var order = a.Month.CompareTo(b.Month);
        order = order != 0 ? order : string.CompareOrdinal(a.Plan, b.Plan);
        order = order != 0 ? order : string.CompareOrdinal(a.Component, b.Component);
        return order != 0 ? order : a.Kind.CompareTo(b.Kind);
    }
}
