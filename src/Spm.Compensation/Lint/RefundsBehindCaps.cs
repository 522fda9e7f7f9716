using Spm.Compensation.Caps;
using Spm.Compensation.Engine;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// A deal that is sold where a cap cuts and given back in the next span of the cap: what it earned is taken back, though not all of it was paid.
/// </summary>
internal static class RefundsBehindCaps
{
    public static IEnumerable<Finding> Find(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        // What counts the deals of some days alone counts a sale and may not count its refund.
        if (!probe.CanAsk(c) || probe.Version.Tallies[rule.Tally].Dates is not null)
        {
            yield break;
        }
        foreach (var cap in rule.Pay.Caps.Where(cap => Probe.MonthsOf(cap.Span()) < Probe.Months))
        {
            if (probe.AskedUnder(c, cap, () => Behind(probe, c, rule, cap)) is { } found)
            {
                yield return found;
            }
        }
    }

    private static Finding? Behind(Probe probe, int c, ComponentRule rule, CapRule cap)
    {
        var (step, span) = (probe.StepOf(c), Probe.MonthsOf(cap.Span()));
        if (probe.CutFrom(c, cap) * Probe.PeriodsIn(cap, rule) / span is not { } bound || bound < 20m * step)
        {
            return null;
        }
        var (each, deal) = (decimal.Floor(bound / step) * step, decimal.Floor(bound * span / 10m / step) * step);
        decimal[] even = [.. Enumerable.Repeat(each, Probe.Months)];
        decimal[] given = [.. even];
        given[span] -= deal;
        CapRule[] others = [.. rule.Pay.Caps.Where(other => other != cap)];
        decimal? Lost(IReadOnlyList<CapRule>? caps) => probe.PayOfYear(c, even, span - 1, 0m, caps) - probe.PayOfYear(c, given, span - 1, deal, caps);
        // What the component itself pays less for is no matter of the cap, nor is a sale that costs pay by itself.
        return Lost(null) is { } lost && lost - Lost(others) is >= Shown.LeastDifference and var beyond && probe.PayOfYear(c, even, span - 1, deal) - probe.PayOfYear(c, even, span - 1, 0m) is >= 0m and var paid
            ? ($"a deal of {Shown.Figure(deal)} in month {span} of a year of {Shown.Figure(each)} in each month{Shown.InDeals(probe)}, given back in month {span + 1}", beyond, $"{Told(paid, lost, span)}{Shown.Others(probe, c, isEven: true)}")
            : null;
    }

    /// <param name="paid">For the sale.</param>
    /// <param name="lost">By the sale and the refund in sum.</param>
    /// <param name="span">Of the cap, in months.</param>
    public static string Told(decimal paid, decimal lost, int span)
    {
        var of = span == 1 ? "month" : $"{span} months";
        return $"The sale is paid {Shown.Figure(paid)} and the refund takes back {Shown.Figure(paid + lost)}: what a cap per {of} has cut is no room for a refund behind it.";
    }
}
