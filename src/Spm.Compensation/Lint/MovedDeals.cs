using Spm.Compensation.Caps;
using Spm.Compensation.Stages;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// A deal that is moved to the next month, in a year in which every month has something: where a component compares months, or pays them differently,
/// the same effort pays more or less.
/// </summary>
internal static class MovedDeals
{
    /// <summary>Further back no year shows it, for its first months have nothing before them and its last ones nothing behind.</summary>
    public const int MostMonthsBack = 6;

    /// <summary>Of the bounds that are met when each month has the same, so many are tried.</summary>
    private const int BoundsTried = 2;

    /// <summary>A year as it stands without the deal.</summary>
    private readonly record struct Standing(decimal[] Months, decimal Deal, string Text);

    /// <param name="underCapsAlone">Looks only where caps begin anew within the attainment period.</param>
    public static IEnumerable<Finding> Find(Probe probe, int c, bool underCapsAlone)
    {
        var back = MonthsCompared.LookedBackOn(probe, c);
        if (back > MostMonthsBack)
        {
            yield break;
        }
        // A deal in the first months, or in the last, would be compared with months that lie outside of the year.
        var (first, last) = (back - 1, Probe.Months - back);
        foreach (var standing in underCapsAlone ? UnderCaps(probe, c) : Standings(probe, c).Concat(UnderCaps(probe, c)))
        {
            List<decimal?> pays = [.. Enumerable.Range(0, Probe.Months).Select(m => m < first || m > last ? null : probe.PayOfYear(c, standing.Months, m, standing.Deal))];
            var moves = Enumerable.Range(0, Probe.Months - 1).Where(m => pays[m] is not null && pays[m + 1] is not null).Select(m => (Month: m, More: pays[m + 1]!.Value - pays[m]!.Value)).ToList();
            if (moves.Count > 0 && moves.MaxBy(m => Math.Abs(m.More)) is var worst && Math.Abs(worst.More) >= Shown.LeastDifference)
            {
                yield return (
                    $"a deal of {Shown.Figure(standing.Deal)} in month {worst.Month + 1} or {worst.Month + 2} of a year of {standing.Text}", Math.Abs(worst.More),
                    $"It pays more in the {(worst.More < 0m ? "first of them: deals are pulled in" : "second of them: deals are pushed out")}. "
                    + $"With it in the first the year pays {Shown.Figure(pays[worst.Month]!.Value)}, in the second {Shown.Figure(pays[worst.Month + 1]!.Value)}.{Shown.Others(probe, c, isEven: true)}");
                yield break;
            }
        }
    }

    /// <summary>Spans by turns just below a bound and far from it; and all above it, so that the year crosses bounds on its way.</summary>
    private static IEnumerable<Standing> Standings(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        var (quota, step) = (probe.QuotaOfMonth(rule), probe.StepOf(c));
        yield return ByTurns(quota, 1, step);
        if (!MonthsCompared.Are(probe, c))
        {
            yield break;
        }
        var spans = rule.Stages.OfType<KickerStage>().Select(k => k.Kicker.Once).Append(rule.MeasurementPeriod).Select(Probe.MonthsOf).Append(1).Where(s => s < Probe.Months).Distinct().Order().ToList();
        // A tenth of fewer than twenty units is no deal.
        var bounds = probe.Edges(c, Growth.EachMonth).Concat(probe.Edges(c, Growth.AfterMonths)).Where(e => e >= 20m * step && e != quota).Distinct().OrderBy(e => Math.Abs(e - quota)).Take(BoundsTried).Prepend(quota).ToList();
        foreach (var bound in bounds)
        {
            foreach (var span in spans.Where(s => bound != quota || s != 1))
            {
                yield return ByTurns(bound, span, step);
            }
            var each = Whole(bound * 1.2m, step);
            yield return new([.. Enumerable.Repeat(each, Probe.Months)], Whole(bound / 10m, step), $"{Shown.Figure(each)} in each month");
        }
    }

    /// <summary>Spans by turns just below what a cap leaves of a span, and far from it.</summary>
    private static IEnumerable<Standing> UnderCaps(Probe probe, int c)
    {
        var (rule, step) = (probe.Version.Components[c], probe.StepOf(c));
        foreach (var cap in rule.Pay.Caps.Where(cap => PeriodEdges.IsWithin(cap.Span(), rule.AttainmentPeriod)))
        {
            var months = Probe.MonthsOf(cap.Span());
            if (probe.CutFrom(c, cap) * Probe.PeriodsIn(cap, rule) / months is { } bound && bound >= 20m * step)
            {
                yield return ByTurns(bound, months, step);
            }
        }
    }

    private static Standing ByTurns(decimal bound, int span, decimal step)
    {
        var (high, low) = (Whole(bound * 0.95m, step), Whole(bound * 0.5m, step));
        var by = span == 1 ? "months" : $"spans of {span} months";
        return new(
            [.. Enumerable.Range(0, Probe.Months).Select(m => m / span % 2 == 0 ? high : low)], Whole(bound * span / 10m, step),
            $"{by} of {Shown.Figure(high)} and {Shown.Figure(low)} a month by turns");
    }

    private static decimal Whole(decimal amount, decimal step) => decimal.Floor(amount / step) * step;
}
