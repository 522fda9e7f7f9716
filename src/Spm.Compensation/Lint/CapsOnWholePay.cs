using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>
/// Caps on all pay. The year that is asked has as much in every measure, in percent of its quota, and what components pay in sum is held against the caps: where
/// they begin to cut, and whether a deal is sold later for them.
/// </summary>
internal sealed class CapsOnWholePay
{
    /// <summary>In percent of quota: farther nobody gets.</summary>
    private const decimal Farthest = 1000m;

    /// <summary>The deal that is looked at, in percent of a month's quota.</summary>
    private const decimal Deal = 10m;

    private readonly Probe _probe;
    private readonly RepProfile _rep;
    private readonly IReadOnlyList<int> _components;
    private readonly IReadOnlyList<CapRule> _caps;
    private readonly decimal _step;

    private CapsOnWholePay(Probe probe, RepProfile rep, IReadOnlyList<int> components, IReadOnlyList<CapRule> caps) =>
        // Half a unit is not sold: a hundredth of a month's quota is one.
        (_probe, _rep, _components, _caps, _step) = (probe, rep, components, caps, components.Any(c => probe.StepOf(c) == 1m) ? 1m : 0.01m);

    public static IEnumerable<Finding> DeadZones(ExaminedVersion examined)
    {
        var asked = Of(examined);
        foreach (var cap in CapsOf(examined.Version))
        {
            if (asked is null)
            {
                yield return (Named(cap), null, "Above the cap more credited pays nothing.");
            }
            else if (asked.CutFrom(cap) is (var at, var month) && asked.Due(Even(at)) is { } before && asked.Due([.. Even(at).Select((p, m) => m == month ? p + Deal : p)]) is { } after)
            {
                var (would, pays) = (asked.Paid(after, cap) - asked.Paid(before, cap), asked.Paid(after) - asked.Paid(before));
                yield return (
                    $"{Named(cap)}, at {Shown.Figure(at)} % of each quota in each month", would - pays,
                    $"Above the cap more credited pays {(pays == 0m ? "nothing" : "less")}: a tenth of a month's quota more in month {month + 1} would earn {Shown.Figure(would)} and pays {Shown.Figure(pays)}.");
            }
        }
    }

    /// <summary>Spans by turns just below what the cap leaves and far from it: a deal in the last month of one, or the first of the next.</summary>
    public static IEnumerable<Finding> Edges(ExaminedVersion examined)
    {
        if (Of(examined) is not { } asked)
        {
            yield break;
        }
        foreach (var cap in CapsOf(examined.Version).Where(cap => Probe.MonthsOf(cap.Span()) < Probe.Months))
        {
            if (asked.CutFrom(cap) is not (var at, _))
            {
                continue;
            }
            var span = Probe.MonthsOf(cap.Span());
            var (high, low) = (asked.Whole(at * 0.95m), asked.Whole(at * 0.5m));
            var deal = asked.Whole(Math.Max(Deal, at / 10m * span));
            decimal[]? Year(int with) => asked.Due([.. Enumerable.Range(0, Probe.Months).Select(m => (m / span % 2 == 0 ? high : low) + (m == with ? deal : 0m))]);
            var moves = Enumerable.Range(1, (Probe.Months / span) - 1).Where(s => s % 2 == 1).Select(s => (Month: s * span, First: Year((s * span) - 1), Second: Year(s * span)))
                .Where(m => m.First is not null && m.Second is not null)
                // What the components themselves pay more for is no matter of the cap.
                .Where(m => asked.Paid(m.Second!, cap) - asked.Paid(m.First!, cap) < asked.Paid(m.Second!) - asked.Paid(m.First!))
                .Select(m => (m.Month, First: asked.Paid(m.First!), Second: asked.Paid(m.Second!))).ToList();
            if (moves.Count > 0 && moves.MaxBy(m => m.Second - m.First) is var worst && worst.Second - worst.First >= Shown.LeastDifference)
            {
                var by = span == 1 ? "months" : $"spans of {span} months";
                yield return (
                    $"{Shown.Figure(deal)} % of a month's quotas in month {worst.Month} or {worst.Month + 1} of a year of {by} at {Shown.Figure(high)} % and {Shown.Figure(low)} % by turns, under {Named(cap)}", worst.Second - worst.First,
                    $"It pays more in the second of them: deals are pushed out. With it in the first the year pays {Shown.Figure(worst.First)}, in the second {Shown.Figure(worst.Second)}.");
            }
        }
    }

    /// <summary>A deal in the last month of a span in which the cap cuts, given back in the first of the next.</summary>
    public static IEnumerable<Finding> Refunds(ExaminedVersion examined)
    {
        if (Of(examined) is not { } asked)
        {
            yield break;
        }
        foreach (var cap in CapsOf(examined.Version).Where(cap => Probe.MonthsOf(cap.Span()) < Probe.Months))
        {
            var span = Probe.MonthsOf(cap.Span());
            if (asked.CutFrom(cap) is not (var at, _) || asked.Whole(at / 10m * span) is not (> 0m and var deal))
            {
                continue;
            }
            decimal[]? Year(decimal sold, decimal given) => asked.Due([.. Even(asked.Whole(at)).Select((p, m) => m == span - 1 ? p + sold : m == span ? p - given : p)]);
            if (Year(0m, 0m) is { } even && Year(deal, 0m) is { } sold && Year(deal, deal) is { } given)
            {
                var (paid, lost) = (asked.Paid(sold) - asked.Paid(even), asked.Paid(even) - asked.Paid(given));
                if (paid >= 0m && lost - (asked.Paid(even, cap) - asked.Paid(given, cap)) is >= Shown.LeastDifference and var beyond)
                {
                    yield return (
                        $"{Shown.Figure(deal)} % of a month's quotas in month {span} of a year at {Shown.Figure(asked.Whole(at))} % of each quota, given back in month {span + 1}, under {Named(cap)}", beyond,
                        RefundsBehindCaps.Told(paid, lost, span));
                }
            }
        }
    }

    /// <summary>Null where a component cannot say what it pays, or pays others than the rest does, or a cap is not known.</summary>
    private static CapsOnWholePay? Of(ExaminedVersion examined)
    {
        var version = examined.Version;
        if (!CapsOf(version).Any())
        {
            return null;
        }
        var probe = new Probe(examined);
        List<int> components = [.. version.Shown.Where(c => version.Components[c] is not { Earning: NoEarning, Stages.Count: 0 })];
        var share = PlanLint.MaxSteps / 10 / examined.Plan.Versions.Count / Math.Max(1, components.Count);
        foreach (var c in components)
        {
            probe.Steps = share;
            if (!probe.CanAsk(c))
            {
                return null;
            }
        }
        probe.Steps = share * components.Count;
        return components.Select(c => probe.RepOf(version.Components[c])).Distinct().ToList() is [{ } rep] && CapsOf(version).All(cap => cap.Amount.IfKnown(Probe.In(0, rep)) is not null)
            ? new CapsOnWholePay(probe, rep, components, [.. CapsOf(version)])
            : null;
    }

    private static IEnumerable<CapRule> CapsOf(VersionRules version) => version.Pay.Rules.OfType<CapsOnPay>().SelectMany(r => r.Caps);

    private static string Named(CapRule cap) => $"{(cap.Amount.Fixed is { } amount ? Shown.Figure(amount) : cap.Amount)} of all pay per {WireNames.Of(cap.Per)}";

    private static decimal[] Even(decimal percent) => [.. Enumerable.Repeat(percent, Probe.Months)];

    private decimal Whole(decimal percent) => decimal.Floor(percent / _step) * _step;

    /// <summary>The most that is paid whole when each month has as much, and the first month that is cut above it; null where the cap never cuts.</summary>
    private (decimal At, int Month)? CutFrom(CapRule cap)
    {
        bool Cuts(decimal at) => Due(Even(at)) is { } due && Paid(due, cap) > Paid(due);
        var (low, high) = (0m, Farthest / _step);
        if (!Cuts(Farthest))
        {
            return null;
        }
        while (high - low > 1m)
        {
            var middle = decimal.Floor((low + high) / 2m);
            (low, high) = Cuts(middle * _step) ? (low, middle) : (middle, high);
        }
        if (Due(Even(high * _step)) is not { } first)
        {
            return null;
        }
        var (with, without) = (Cut(first, null), Cut(first, cap));
        return (low * _step, Enumerable.Range(0, Probe.Months).First(m => with[m] != without[m]));
    }

    /// <summary>Of each month before the caps, when the months have so much; null where something stands still or may not be asked any more.</summary>
    private decimal[]? Due(decimal[] percents)
    {
        var due = new decimal[Probe.Months];
        foreach (var c in _components)
        {
            if (_probe.PayOfMonths(c, percents) is not { } months)
            {
                return null;
            }
            for (var m = 0; m < due.Length; m++)
            {
                due[m] += months[m];
            }
        }
        return due;
    }

    /// <summary>In sum, under the caps or without one of them.</summary>
    private decimal Paid(decimal[] due, CapRule? without = null) => Cut(due, without).Sum();

    private decimal[] Cut(decimal[] due, CapRule? without)
    {
        decimal[] left = [.. due];
        foreach (var cap in _caps.Where(cap => cap != without))
        {
            Probe.Cut(cap, left, (m, isNeeded) => isNeeded ? cap.Amount.Of(Probe.In(m, _rep)) : cap.Amount.IfKnown(Probe.In(m, _rep)));
        }
        return left;
    }
}
