using Spm.Compensation.Caps;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Stages;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// Deals that pay more on one side of the end of a period than on the other. The deal is a tenth of what a bound asks for: of the quota, an edge, or what a cap
/// leaves. Of several bounds the one is told at which most is at stake.
/// </summary>
internal static class PeriodEdges
{
    /// <summary>Of the edges of a component so many are tried, those nearest to the quota.</summary>
    private const int EdgesTried = 8;

    /// <summary>Months within a period are asked where its ends tell nothing, and where a cap begins anew within it.</summary>
    public static IEnumerable<Finding> Find(Probe probe, int c)
    {
        // What counts the deals of some days alone has no period that a deal could be moved out of.
        if (!probe.CanAsk(c) || probe.Version.Tallies[probe.Version.Components[c].Tally].Dates is not null)
        {
            return [];
        }
        List<Finding> found = [.. Worst(AtEnds(probe, c)), .. Worst(WithinAttainment(probe, c))];
        return [.. found, .. MovedDeals.Find(probe, c, underCapsAlone: found.Count > 0)];
    }

    /// <summary>A deal at the end of a period that stands at 95 % of a bound, or of the next, which stands at half of it without the deal.</summary>
    private static IEnumerable<Finding> AtEnds(Probe probe, int c)
    {
        // Where months before the period count too, two periods by themselves tell nothing.
        if (MonthsCompared.LookedBackOn(probe, c) > 1 || probe.Needed(c).Any(needed => needed.LooksBack))
        {
            yield break;
        }
        var rule = probe.Version.Components[c];
        var (step, span) = (probe.StepOf(c), rule.AttainmentPeriod);
        foreach (var (of, at) in BoundsOf(probe, c, rule).Where(bound => bound.At >= 20m * step).Distinct())
        {
            var (deal, high, low) = (Whole(at * Probe.MonthsOf(of) / Probe.MonthsOf(rule), 0.1m, step), Whole(at, 0.95m, step), Whole(at, 0.5m, step));
            if (probe.PayOfTwo(c, of, high, low, deal, isFirst: true) is { } now && probe.PayOfTwo(c, of, high, low, deal, isFirst: false) is { } later)
            {
                var stands = rule.Quota == QuotaUse.None ? Shown.Figure(high) : $"{Shown.Figure(high * 100m / probe.QuotaOf(rule))} %";
                var whose = of == span ? $"that stands at {stands}" : $"whose {Shown.Named(span)}s stand at {stands}";
                string Stands(decimal one, decimal other) => of == span
                    ? $"{Shown.Named(of)}s of {Shown.Figure(one)} and {Shown.Figure(other)}"
                    : $"{Shown.Named(of)}s of {Shown.Named(span)}s of {Shown.Figure(high)} and {Shown.Figure(low)}, the last {Shown.Named(span)}s of {Shown.Figure(one)} and {Shown.Figure(other)},";
                yield return Edge(probe, c, deal, $"{Shown.Named(of)} {whose}", (Stands(high + deal, low), now), (Stands(high, low + deal), later), span);
            }
        }
    }

    /// <summary>What decides on pay in a span, as it is credited in each of its attainment periods: quota and edges, and caps and kickers that look at spans of their own.</summary>
    private static IEnumerable<(PeriodKind Span, decimal At)> BoundsOf(Probe probe, int c, ComponentRule rule)
    {
        var span = rule.AttainmentPeriod;
        var ofKickers = rule.Stages.OfType<KickerStage>().Select(k => k.Kicker).Where(k => k.Once != span)
            .Select(k => (Span: k.Once, At: k.At is { } at ? at.Fixed * Probe.MonthsOf(k.Once) * probe.QuotaOfMonth(rule) / 100m : k.AtAmount!.Fixed)).ToList();
        if (rule.Quota != QuotaUse.None)
        {
            yield return (span, probe.QuotaOf(rule));
        }
        foreach (var edge in EdgesOf(probe, c).Where(edge => !ofKickers.Exists(k => k.At == edge)))
        {
            yield return (span, edge);
        }
        var ofCaps = rule.Pay.Caps.Where(cap => !IsWithin(cap.Span(), span)).Select(cap => (Span: cap.Span(), At: probe.CutFrom(c, cap)));
        foreach (var (longer, at) in ofKickers.Where(k => !IsWithin(k.Span, span)).Select(k => (k.Span, k.At * Probe.MonthsOf(rule) / Probe.MonthsOf(k.Span))).Concat(ofCaps))
        {
            yield return (longer, at ?? 0m);
        }
    }

    /// <summary>Whether spans of a kind begin anew within those of another.</summary>
    internal static bool IsWithin(PeriodKind span, PeriodKind other) => Probe.MonthsOf(span) < Probe.MonthsOf(other);

    /// <summary>
    /// Within an attainment period that is paid in parts: the part in which attainment crosses an edge may be paid at another rate than the part before, and
    /// a deal is paid with the part it stands in. The first part stands at 60 % of the edge, and the second brings it to 120 % with the deal, wherever that stands.
    /// </summary>
    private static IEnumerable<Finding> WithinAttainment(Probe probe, int c)
    {
        var (rule, step) = (probe.Version.Components[c], probe.StepOf(c));
        if (!IsWithin(rule.MeasurementPeriod, rule.AttainmentPeriod))
        {
            yield break;
        }
        foreach (var edge in EdgesOf(probe, c))
        {
            var (deal, first, second) = (Whole(edge, 0.1m, step), Whole(edge, 0.6m, step), Whole(edge, 0.5m, step));
            if (probe.PayWithin(c, first, second, deal, isFirst: true) is { } now && probe.PayWithin(c, first, second, deal, isFirst: false) is { } later)
            {
                string Stands(decimal one, decimal other) => $"the last {Shown.Named(rule.MeasurementPeriod)}s of a {Shown.Named(rule.AttainmentPeriod)}, of {Shown.Figure(one)} and {Shown.Figure(other)} with nothing before,";
                yield return Edge(
                    probe, c, deal, $"{Shown.Named(rule.MeasurementPeriod)} before an edge {Shown.Point(probe, rule, edge)}", (Stands(first + deal, second), now), (Stands(first, second + deal), later), rule.MeasurementPeriod);
            }
        }
    }

    /// <summary>A tenth of fewer than twenty units is no deal.</summary>
    private static IEnumerable<decimal> EdgesOf(Probe probe, int c) =>
        probe.Edges(c).Where(e => e >= 20m * probe.StepOf(c)).OrderBy(e => Math.Abs(e - probe.QuotaOf(probe.Version.Components[c]))).Take(EdgesTried);

    private static IEnumerable<Finding> Worst(IEnumerable<Finding> found) => found.Where(f => f.Money >= Shown.LeastDifference).OrderByDescending(f => f.Money).Take(1);

    /// <param name="span">What is credited stands in the last month of each.</param>
    private static Finding Edge(Probe probe, int c, decimal deal, string period, (string Stands, decimal Pay) now, (string Stands, decimal Pay) later, PeriodKind span)
    {
        var where = span == PeriodKind.Month ? "" : $" Each {Shown.Named(span)} has all in its last month.";
        var why = now.Pay > later.Pay ? "It pays more at once than in the next period: deals are pulled in." : "It pays more in the next period: deals are pushed out.";
        return (
            $"a deal of {Shown.Figure(deal)} at the end of a {period}", Math.Abs(now.Pay - later.Pay),
            $"{why} With it, {now.Stands} pay {Shown.Figure(now.Pay)} in sum; with it in the next, {later.Stands} {Shown.Figure(later.Pay)}.{where}{Shown.Others(probe, c)}");
    }

    private static decimal Whole(decimal bound, decimal part, decimal step) => decimal.Floor(bound * part / step) * step;
}
