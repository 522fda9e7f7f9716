using Spm.Compensation.Caps;
using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Where more credited pays nothing more, where nothing limits it, and tiers behind a limit.</summary>
internal static class LimitsOfPay
{
    /// <summary>Pay that stands still within the component, and under its caps.</summary>
    public static IEnumerable<Finding> DeadZones(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        return !probe.CanAsk(c) || rule.Earning.Kind == "none" ? [] : [.. Plateaus(probe, c, rule), .. rule.Pay.Caps.SelectMany(cap => probe.AskedUnder(c, cap, () => UnderCap(probe, c, rule, cap).ToList())), .. UnderCapOfDeal(probe, c, rule)];
    }

    /// <summary>
    /// Priced at what a tenth of the quota earns just below, without a jump that stands there: that is what the next deal does not pay. Where nothing is earned
    /// below, it is what it earns on average up to there.
    /// </summary>
    private static IEnumerable<Finding> Plateaus(Probe probe, int c, ComponentRule rule)
    {
        var (edges, step, deal) = (probe.Edges(c), probe.StepOf(c), probe.QuotaOf(rule) / 10m);
        decimal? Pay(decimal at) => probe.Pay(c, 100m, at);
        decimal EndOf(int edge) => edge + 1 < edges.Count ? edges[edge + 1] - step : edges[edge] * 2m;
        bool IsDead(int edge, decimal from, decimal paid) =>
            EndOf(edge) is var end && end > from + step && Pay(end) == paid && Pay(from + (decimal.Floor((end - from) / step / 2m) * step)) == paid;
        for (var i = 0; i < edges.Count; i++)
        {
            // What "more than" an edge asks for is paid a step above it.
            if (new[] { edges[i], edges[i] + step }.Select(at => (At: at, Paid: Pay(at))).FirstOrDefault(p => p.Paid is > 0m and var sum && IsDead(i, p.At, sum)) is not { Paid: { } paid, At: var start })
            {
                continue;
            }
            // Edges beyond at which pay still stands are of the same zone.
            while (i + 1 < edges.Count && Pay(edges[i + 1]) == paid && IsDead(i + 1, edges[i + 1], paid))
            {
                i++;
            }
            var isEndless = i + 1 == edges.Count && Pay(10m * Math.Max(edges[i], probe.QuotaOf(rule))) == paid;
            var size = isEndless ? deal : Math.Min(deal, EndOf(i) - start);
            // Where a cap holds pay, or pay stood there before, something else says where it begins.
            if (probe.PayUnder([], c, start) != paid || Pay(Math.Max(0m, start - size)) == paid)
            {
                continue;
            }
            var top = paid - Pay(start - step) is >= Shown.LeastDifference || step == 1m ? start - step : start;
            var bottom = Math.Max(0m, top - size);
            var below = (Pay(top) ?? 0m) - (Pay(bottom) ?? 0m);
            var (lost, why) = below > 0m ? (below, $"So much the last {Shown.Figure(top - bottom)} below it earn.") : (paid * size / start, $"So much {Shown.Figure(size)} have earned on average up to there.");
            var until = isEndless ? "From there on" : $"From there to {Shown.Figure(EndOf(i))}";
            var waits = rule.Earning.PerDeal ? "what is more is sold as a deal of its own" : $"deals wait for the next period, and one of {Shown.Figure(size)} pays nothing";
            yield return (Shown.Point(probe, rule, start), lost, $"{until} pay stays at {Shown.Figure(paid)}: {waits}. {why}{Shown.Others(probe, c)}");
        }
    }

    private static IEnumerable<Finding> UnderCap(Probe probe, int c, ComponentRule rule, CapRule cap)
    {
        var per = WireNames.Of(cap.Per);
        if (probe.AmountAt(c, cap.Amount, probe.QuotaOf(rule)) is null)
        {
            yield return (Named(cap.Amount, null, per), null, "Above the cap more credited pays nothing.");
            yield break;
        }
        if (probe.CutFrom(c, cap) is not { } at)
        {
            if (InEachMonth(probe, c, rule, cap) is { } found)
            {
                yield return found;
            }
            yield break;
        }
        var what = Named(cap.Amount, probe.AmountAt(c, cap.Amount, at), per);
        var (deal, periods) = (probe.DealSize ?? probe.QuotaOf(rule) / 10m, Enumerable.Repeat(at, Probe.PeriodsIn(cap, rule)).ToArray());
        decimal[] more = [.. periods[..^1], at + deal];
        CapRule[] others = [.. rule.Pay.Caps.Where(other => other != cap)];
        if (probe.PayUnder(others, c, more) - probe.PayUnder(others, c, periods) is { } would && probe.Pay(c, 100m, more) - probe.Pay(c, 100m, periods) is { } pays && would > pays)
        {
            var each = periods.Length == 1 ? "" : $" in each {Shown.Named(rule.AttainmentPeriod)}";
            yield return ($"{what}, {Shown.Point(probe, rule, at)}{Shown.InDeals(probe)}{each}", would - pays, $"{Lost(deal, would, pays)}{Shown.Others(probe, c)}");
        }
    }

    /// <summary>A cap to which one month does not come for the caps that cut before it.</summary>
    private static Finding? InEachMonth(Probe probe, int c, ComponentRule rule, CapRule cap)
    {
        if (rule.Pay.Caps.Count == 1 || probe.DealSize is not null || probe.CutInEachMonthFrom(c, cap) is not { } at)
        {
            return null;
        }
        var deal = probe.QuotaOfMonth(rule) / 10m;
        decimal[] even = [.. Enumerable.Repeat(at, Probe.Months)];
        CapRule[] others = [.. rule.Pay.Caps.Where(other => other != cap)];
        decimal? More(IReadOnlyList<CapRule>? caps) => probe.PayOfYear(c, even, Probe.Months - 1, deal, caps) - probe.PayOfYear(c, even, Probe.Months - 1, 0m, caps);
        return More(others) is { } would && More(null) is { } pays && would > pays
            ? ($"{Named(cap.Amount, probe.AmountAt(c, cap.Amount, at), WireNames.Of(cap.Per))}, {Shown.Point(probe, rule, at, Growth.EachMonth)}", would - pays, $"{Lost(deal, would, pays)}{Shown.Others(probe, c, isEven: true)}")
            : null;
    }

    private static string Lost(decimal deal, decimal would, decimal pays) => pays == 0m
        ? $"Above the cap more credited pays nothing: a deal of {Shown.Figure(deal)} loses all it would earn."
        : $"Above the cap more credited pays less: a deal of {Shown.Figure(deal)} pays {Shown.Figure(pays)} of the {Shown.Figure(would)} it would earn.";

    /// <summary>The cap of a deal is a part of what is asked already: what would be lost is told by what is earned below.</summary>
    private static IEnumerable<Finding> UnderCapOfDeal(Probe probe, int c, ComponentRule rule)
    {
        if (rule.Earning is DealEarning { Cap: { } cap } && probe.AmountAt(c, cap, probe.QuotaOf(rule)) is { } reached && probe.CreditedFor(c, reached) is { } full)
        {
            var below = Math.Max(0m, full - (probe.QuotaOf(rule) / 10m));
            yield return ($"{Named(cap, reached, "deal")}, {Shown.Point(probe, rule, full)}", reached - probe.Pay(c, 100m, below), $"A deal that is larger pays no more: what lies beyond is sold as a deal of its own. So much the last {Shown.Figure(full - below)} earn.");
        }
    }

    /// <param name="most">What the cap comes to; null where that is not known.</param>
    private static string Named(RepAmount cap, decimal? most, string per) =>
        $"{(cap.Fixed is { } amount ? Shown.Figure(amount) : most is { } worth ? $"{cap} ({Shown.Figure(worth)})" : $"{cap}")} of pay per {per}";

    public static IEnumerable<Finding> Windfalls(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c) || probe.Edges(c) is not { Count: > 0 } edges)
        {
            yield break;
        }
        var far = Math.Max(edges[^1], probe.QuotaOf(rule)) * 10m;
        if (probe.Pay(c, 100m, far) is not { } most || IsCapped(probe, c, rule, far, most))
        {
            yield break;
        }
        // Of each stretch between two edges what a unit more earns: what an edge itself pays is no rate.
        decimal[] points = [0m, .. edges, far];
        var rates = points.Zip(points.Skip(1), (from, to) => probe.Pay(c, 100m, to - ((to - from) / 4m)) - probe.Pay(c, 100m, from + ((to - from) / 4m)) is { } more ? more * 2m / (to - from) : 0m).ToList();
        if (rates.Find(r => r > 0m) is > 0m and var first && rates[^1] > first * 1.000001m)
        {
            yield return (Shown.Point(probe, rule, far), most, $"The rate above the last edge is higher than the first one that pays, and nothing caps it.{Shown.Others(probe, c)}");
        }
    }

    /// <summary>Whether anything bites as far away as that. A cap beyond is none.</summary>
    private static bool IsCapped(Probe probe, int c, ComponentRule rule, decimal far, decimal most)
    {
        bool Bites(RepAmount? amount) => amount is not null && !(amount.Fixed >= most);
        return (rule.AttainmentCap is { } cap && LimitsAttainment(rule) && !(cap.Fixed * probe.QuotaOf(rule) / 100m >= far))
            || probe.PayUnder([], c, far) != most
            || rule.Pay.Spiff?.Budget < most
            || Bites((rule.Earning as DealEarning)?.Cap)
            || probe.Version.Pay.Rules.OfType<CapsOnPay>().Any(r => r.Caps.Any(cap => Bites(cap.Amount)));
    }

    /// <summary>Rates stop at the cap on attainment, or are those reached there. Expressions, matrices and all else see attainment as it is.</summary>
    private static bool LimitsAttainment(ComponentRule rule) => rule.Earning switch
    {
        TableEarning or PlacedDealEarning => true,
        DealTableEarning { Rates.Table: var rates } => rates.On == RateTables.RateBasis.Attainment && rates.Count > 1,
        _ => false,
    };

    public static IEnumerable<Finding> CapsWithoutEffect(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule.AttainmentCap is not { } cap || LimitsAttainment(rule))
        {
            yield break;
        }
        const string Detail = "Only rates by the period, deals in order and tiers of attainment stop there: elsewhere write min(attainment, 150%) or a cap on pay.";
        if (cap.Fixed is not { } percent)
        {
            yield return ("attainment_cap", null, $"It limits nothing here. {Detail}");
            yield break;
        }
        var (at, twice) = (percent * probe.QuotaOf(rule) / 100m, percent * probe.QuotaOf(rule) / 50m);
        var beyond = probe.CanAsk(c) ? probe.Pay(c, 100m, twice) - probe.Pay(c, 100m, at) : null;
        yield return ($"attainment_cap of {Shown.Figure(percent)} %, at {Shown.Figure(twice)}", beyond, $"It limits nothing here: so much more is paid than at {Shown.Figure(at)}. {Detail}");
    }

    public static IEnumerable<Finding> UnreachableTiers(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule.AttainmentCap?.Fixed is { } cap && Breakpoints.RatesOf(rule) is { On: RateTables.RateBasis.Attainment, Fixed: { } table })
        {
            // A band that begins at the cap is empty; the rate of a tier that is reached there holds for all.
            foreach (var tier in table.Tiers.Where(t => t.From > cap || (t.From == cap && table is RateTables.Step.StepTable)))
            {
                var (from, deal) = (tier.From * probe.QuotaOf(rule) / 100m, probe.QuotaOf(rule) / 10m);
                var lost = table.Earn(new RateTables.Stretch(from, from + deal, probe.QuotaOf(rule), Probe.TargetIncentive * Probe.MonthsOf(rule) / Probe.Months));
                lost *= probe.PriceOf(rule);
                // A tier that pays nothing says the cap once more.
                if (lost == 0m)
                {
                    continue;
                }
                yield return ($"tier from {Shown.Figure(tier.From)} % ({Shown.Figure(from)})", lost, $"Attainment counts up to {Shown.Figure(cap)} %: a deal of {Shown.Figure(deal)} in the tier earns nothing of this.");
            }
        }
    }
}
