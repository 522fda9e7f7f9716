using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>What one more credited cent or unit pays: where pay jumps, and where it falls.</summary>
internal static class MarginalPay
{
    public static IEnumerable<Finding> Cliffs(Probe probe, int c) =>
        Jumps(probe, c).Where(j => j.Jump - j.Ordinary >= Shown.LeastDifference).Select(j => (j.At, (decimal?)j.Jump, $"Pay jumps by {Shown.Figure(j.Jump)} there: deals are held back or brought forward to reach it."));

    public static IEnumerable<Finding> Falls(Probe probe, int c)
    {
        foreach (var (at, jump, _) in Jumps(probe, c).Where(j => j.Jump < 0m))
        {
            yield return (at, jump, $"Pay falls by {Shown.Figure(-jump)} when one {(probe.StepOf(c) == 1m ? "unit" : "cent")} more is credited.");
        }
        foreach (var (at, fall) in Slopes(probe, c))
        {
            yield return (at, fall, $"Pay falls by {Shown.Figure(-fall)} while more is credited.");
        }
    }

    /// <summary>What the cent below an edge, or the one on it, is worth: <c>&gt; 100%</c> holds above the edge alone. Of units it is a whole one, beside what an ordinary unit earns there.</summary>
    private static IEnumerable<(string At, decimal Jump, decimal Ordinary)> Jumps(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c))
        {
            yield break;
        }
        var step = probe.StepOf(c);
        foreach (var edge in probe.Edges(c))
        {
            if (probe.Pay(c, 100m, edge - step) is { } before && probe.Pay(c, 100m, edge) is { } at && probe.Pay(c, 100m, edge + step) is { } after)
            {
                var jump = Math.Abs(at - before) < Math.Abs(after - at) ? after - at : at - before;
                yield return (Shown.Point(probe, rule, edge), jump, step == 1m ? Ordinary(edge, before, after) : 0m);
            }
        }
        // A unit of money is a cent, and what it earns is no jump; a unit that is sold may earn much.
        decimal Ordinary(decimal edge, decimal before, decimal after) =>
            Math.Max(before - (probe.Pay(c, 100m, Math.Max(0m, edge - (2m * step))) ?? before), (probe.Pay(c, 100m, edge + (2m * step)) ?? after) - after);
    }

    /// <summary>Where pay falls between two edges, little by little.</summary>
    private static IEnumerable<(string At, decimal Fall)> Slopes(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c))
        {
            yield break;
        }
        var (edges, step) = (probe.Edges(c), probe.StepOf(c));
        var quota = probe.QuotaOf(rule);
        decimal[] points = [step, .. edges, Math.Max(edges.Count == 0 ? 0m : edges[^1], quota) * 2m];
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i] + step, points[i + 1] - step);
            if (from < to && probe.Pay(c, 100m, from) is { } low && probe.Pay(c, 100m, to) is { } high && high < low)
            {
                yield return ($"from {Shown.Figure(from)} to {Shown.Figure(to)}", high - low);
            }
        }
    }
}
