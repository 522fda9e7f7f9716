using Spm.Compensation.Engine;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>Components whose pay of one month depends on what other months had: one month alone tells nothing of them.</summary>
internal static class MonthsCompared
{
    /// <summary>What has to grow so that a component is examined.</summary>
    public static IEnumerable<Growth> GrowthsOf(Probe probe, int c)
    {
        yield return Growth.Alone;
        if (Are(probe, c))
        {
            yield return Growth.AfterMonths;
            yield return Growth.EachMonth;
        }
        if (probe.AsksOthers(c))
        {
            yield return Growth.Others;
        }
    }

    public static bool Are(Probe probe, int c) => probe.Needed(c).Any(Are);

    /// <summary>How many months a component looks back on, the current one included; those of a fiscal period, and all there ever were, are none.</summary>
    public static int LookedBackOn(Probe probe, int c) => probe.Needed(c).Max(rule => Math.Max(rule.Window?.Months ?? 1, NamesOf(rule).Max(BackTo) ?? 1));

    public static IEnumerable<string> NamesOf(ComponentRule rule) => Formula.Of(rule).SelectMany(f => f.Names).Distinct();

    private static bool Are(ComponentRule rule) =>
        rule.MeasurementPeriod != rule.AttainmentPeriod || rule.Window is not null
        || rule.Stages.Any(s => s is KickerStage kicker ? kicker.Kicker.Once != rule.AttainmentPeriod : s is GateStage { Gate.OnceOpenStays: true })
        || NamesOf(rule).Any(n => n is "month" or "measured" or "ever" || n.EndsWith(".month", StringComparison.Ordinal) || BackTo(n) is not null);

    private static int? BackTo(string name) =>
        name.Split('_') is ["last", var months, "months"] && int.TryParse(months, out var back) ? back : null;
}
