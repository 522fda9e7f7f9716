using Spm.Compensation.Incentives;

namespace Spm.Compensation.Payouts;

/// <summary>A payout of an open month as it stands: the same figures as <see cref="SettledMonth"/>, still changing.</summary>
public sealed record PayoutDraft(int Month, long CarriedIn, IReadOnlyList<PayoutLine> Lines)
{
    public long Incentives => Lines.Where(l => l.Origin.Month == Month).Sum(l => l.Minor);

    public long Adjustments => Lines.Where(l => l.Origin.Month != Month).Sum(l => l.Minor);

    public SettledMonth Close() => new(Month, CarriedIn, Lines);
}

/// <summary>A difference to post: <paramref name="Minor"/> may be negative. Paid in <paramref name="Month"/>.</summary>
public readonly record struct LedgerDifference(IncentiveKey Origin, int Month, long Minor);

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
        IReadOnlyDictionary<IncentiveKey, long> incentives,
        IReadOnlyDictionary<IncentiveKey, long> posted,
        IReadOnlySet<int> closed,
        IReadOnlyList<int> openMonths)
    {
        List<LedgerDifference> differences = [];
        foreach (var key in incentives.Keys.Union(posted.Keys).OrderBy(k => k.Month).ThenBy(k => k.Plan, StringComparer.Ordinal).ThenBy(k => k.Component, StringComparer.Ordinal))
        {
            var difference = incentives.GetValueOrDefault(key) - posted.GetValueOrDefault(key);
            if (difference == 0)
            {
                continue;
            }
            if (!closed.Contains(key.Month))
            {
                differences.Add(new LedgerDifference(key, key.Month, difference));
            }
            else if (openMonths.Count > 0)
            {
                differences.Add(new LedgerDifference(key, openMonths[0], difference));
            }
        }
        return differences;
    }

    /// <summary>The payouts of the open months that have anything to say: lines, or a rest carried in.</summary>
    public static IReadOnlyList<PayoutDraft> Drafts(
        IReadOnlyDictionary<IncentiveKey, long> posted, IReadOnlyList<SettledMonth> settled, IReadOnlyList<int> openMonths)
    {
        if (openMonths.Count == 0)
        {
            return [];
        }
        var due = new Dictionary<IncentiveKey, long>(posted);
        foreach (var line in settled.SelectMany(s => s.Lines))
        {
            due[line.Origin] = due.GetValueOrDefault(line.Origin) - line.Minor;
        }
        var closed = settled.Select(s => s.Month).ToHashSet();
        var carried = settled.Count == 0 ? 0 : settled.MaxBy(s => s.Month)!.CarriedOut;
        List<PayoutDraft> drafts = [];
        foreach (var month in openMonths)
        {
            var first = month == openMonths[0];
            var lines = due
                .Where(d => d.Value != 0 && (d.Key.Month == month || (first && closed.Contains(d.Key.Month))))
                .OrderBy(d => d.Key.Month).ThenBy(d => d.Key.Plan, StringComparer.Ordinal).ThenBy(d => d.Key.Component, StringComparer.Ordinal)
                .Select(d => new PayoutLine(d.Key, d.Value))
                .ToArray();
            var carriedIn = first ? carried : 0;
            if (lines.Length > 0 || carriedIn != 0)
            {
                drafts.Add(new PayoutDraft(month, carriedIn, lines));
            }
        }
        return drafts;
    }
}
