using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Deals that pay more on one side of the end of a period than on the other.</summary>
internal static class PeriodEdges
{
    /// <summary>Months within a period are asked where its ends tell nothing.</summary>
    public static IEnumerable<Finding> Find(Probe probe, int c)
    {
        if (!probe.CanAsk(c))
        {
            return [];
        }
        // Where deals are paid, all of a period is asked as one deal, and one that grows is none that is moved.
        List<Finding> found = probe.Version.Components[c].Earning.PerDeal ? [] : [.. EdgesOfAttainment(probe, c), .. EdgesOfMeasurement(probe, c)];
        return found.Count > 0 ? found : MovedDeals.Find(probe, c);
    }

    /// <summary>A deal of a tenth of the quota at the end of a period that stands at 95 %, or at the start of the next, which ends at 50 % without it.</summary>
    private static IEnumerable<Finding> EdgesOfAttainment(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule.AttainmentPeriod == PeriodKind.Year)
        {
            yield break;
        }
        // Without a quota the first edge is what people look at.
        var hasQuota = rule.Quota != QuotaUse.None;
        var quota = hasQuota ? probe.QuotaOf(rule) : EdgesOf(probe, c).FirstOrDefault();
        if (quota == 0m)
        {
            yield break;
        }
        if (probe.Pay(c, 100m, quota * 1.05m, quota * 0.5m) is { } now && probe.Pay(c, 100m, quota * 0.95m, quota * 0.6m) is { } later && Math.Abs(now - later) >= Shown.LeastDifference)
        {
            yield return Edge(quota / 10m, $"{Named(rule.AttainmentPeriod)} that stands at {(hasQuota ? "95 %" : Shown.Figure(quota * 0.95m))}", now, later);
        }
    }

    /// <summary>
    /// Within an attainment period that is paid in parts: the part in which attainment crosses an edge may be paid at another rate than the part before, and
    /// a deal is paid with the part it stands in. The deal is a tenth of what the edge asks for; the first part stands at 60 % of that, and the second
    /// brings it to 120 % with the deal, wherever that stands.
    /// </summary>
    private static IEnumerable<Finding> EdgesOfMeasurement(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (Probe.MonthsOf(rule.MeasurementPeriod) >= Probe.MonthsOf(rule))
        {
            yield break;
        }
        foreach (var edge in EdgesOf(probe, c))
        {
            if (probe.PayWithin(c, edge * 0.7m, edge * 0.5m) is { } now && probe.PayWithin(c, edge * 0.6m, edge * 0.6m) is { } later && Math.Abs(now - later) >= Shown.LeastDifference)
            {
                yield return Edge(edge / 10m, $"{Named(rule.MeasurementPeriod)} before an edge {Shown.Point(probe, rule, edge)}", now, later);
                yield break;
            }
        }
    }

    /// <summary>A tenth of fewer than twenty units is no deal.</summary>
    private static IEnumerable<decimal> EdgesOf(Probe probe, int c) => probe.Edges(c).Where(e => e >= 20m * probe.StepOf(c));

    private static Finding Edge(decimal deal, string period, decimal now, decimal later) => (
        $"a deal of {Shown.Figure(deal)} at the end of a {period}", Math.Abs(now - later),
        now > later ? "It pays more at once than in the next period: deals are pulled in." : "It pays more in the next period: deals are pushed out.");

    private static string Named(PeriodKind period) => period == PeriodKind.HalfYear ? "half-year" : period.ToString().ToLowerInvariant();
}
