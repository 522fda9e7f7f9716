using Spm.Compensation.Documents;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Where more credited pays nothing more, where nothing limits it, and tiers behind a limit.</summary>
internal static class LimitsOfPay
{
    /// <summary>Priced at what a tenth of the quota earns just below: that is what the next deal does not pay.</summary>
    public static IEnumerable<Finding> DeadZones(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c) || rule.Earning.Kind == "none")
        {
            yield break;
        }
        var (edges, step, deal) = (probe.Edges(c), probe.StepOf(c), probe.QuotaOf(rule) / 10m);
        decimal EndOf(int edge) => edge + 1 < edges.Count ? edges[edge + 1] - step : edges[edge] * 2m;
        bool IsDead(int edge, decimal paid) =>
            EndOf(edge) is var end && end > edges[edge] + step && probe.Pay(c, 100m, end) == paid && probe.Pay(c, 100m, (edges[edge] + end) / 2m) == paid;
        for (var i = 0; i < edges.Count; i++)
        {
            if (probe.Pay(c, 100m, edges[i]) is { } paid and > 0m && IsDead(i, paid))
            {
                // Edges beyond at which pay still stands are of the same zone.
                var start = i;
                while (i + 1 < edges.Count && probe.Pay(c, 100m, edges[i + 1]) == paid && IsDead(i + 1, paid))
                {
                    i++;
                }
                var end = EndOf(i);
                var lost = paid - probe.Pay(c, 100m, Math.Max(0m, edges[start] - deal));
                yield return (Shown.Point(probe, rule, edges[start]), lost, $"From there to {Shown.Figure(end)} pay stays at {Shown.Figure(paid)}: deals wait for the next period, and one of {Shown.Figure(deal)} pays nothing.");
            }
        }
        foreach (var cap in rule.Pay.Caps)
        {
            var what = Named(probe, c, cap.Amount, WireNames.Of(cap.Per), out var most);
            if (most is null)
            {
                yield return (what, null, "Above the cap more credited pays nothing.");
            }
            else if (probe.CreditedFor(c, most.Value / Probe.PeriodsIn(cap.Per, rule)) is { } at)
            {
                yield return ($"{what}, {Shown.Point(probe, rule, at)}", probe.Pay(c, 100m, at + deal) - probe.Pay(c, 100m, at), $"Above the cap more credited pays nothing: a deal of {Shown.Figure(deal)} loses all it would earn.");
            }
        }
        // The cap of a deal is a part of what is asked already: what would be lost is told by what is earned below.
        if (rule.Earning is DealEarning { Cap: { } ofDeal } && Named(probe, c, ofDeal, "deal", out var least) is var named && least is { } reached && probe.CreditedFor(c, reached) is { } full)
        {
            var below = Math.Max(0m, full - deal);
            yield return ($"{named}, {Shown.Point(probe, rule, full)}", reached - probe.Pay(c, 100m, below), $"A deal that is larger pays no more: what lies beyond is sold as a deal of its own. So much the last {Shown.Figure(full - below)} earn.");
        }
    }

    /// <param name="most">What the cap comes to where the quota is attained; null where that is not known.</param>
    private static string Named(Probe probe, int c, RepAmount cap, string per, out decimal? most)
    {
        most = probe.AmountAtQuota(c, cap);
        var amount = cap.Fixed is null && most is { } worth ? $"{cap} ({Shown.Figure(worth)})" : most is { } known ? Shown.Figure(known) : $"{cap}";
        return $"{amount} of pay per {per}";
    }

    public static IEnumerable<Finding> Windfalls(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c) || probe.Edges(c) is not { Count: > 0 } edges)
        {
            yield break;
        }
        var far = Math.Max(edges[^1], probe.QuotaOf(rule)) * 10m;
        if (probe.Pay(c, 100m, far) is not { } most || IsCapped(probe, rule, far, most))
        {
            yield break;
        }
        // Of each stretch between two edges what a unit more earns: what an edge itself pays is no rate.
        decimal[] points = [0m, .. edges, far];
        var rates = points.Zip(points.Skip(1), (from, to) => probe.Pay(c, 100m, to - ((to - from) / 4m)) - probe.Pay(c, 100m, from + ((to - from) / 4m)) is { } more ? more * 2m / (to - from) : 0m).ToList();
        if (rates.Find(r => r > 0m) is > 0m and var first && rates[^1] > first * 1.000001m)
        {
            yield return (Shown.Point(probe, rule, far), most, "The rate above the last edge is higher than the first one that pays, and nothing caps it.");
        }
    }

    /// <summary>Whether anything bites as far away as that. A cap beyond is none.</summary>
    private static bool IsCapped(Probe probe, ComponentRule rule, decimal far, decimal most)
    {
        bool Bites(RepAmount? amount) => amount is not null && !(amount.Fixed >= most);
        return (rule.AttainmentCap is { } cap && !(cap.Fixed * probe.QuotaOf(rule) / 100m >= far))
            || rule.Pay.Caps.Any(c => Bites(c.Amount))
            || Bites((rule.Earning as DealEarning)?.Cap)
            || probe.Version.Pay.Rules.OfType<CapsOnPay>().Any(r => r.Caps.Any(c => Bites(c.Amount)));
    }

    public static IEnumerable<Finding> UnreachableTiers(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule is { AttainmentCap.Fixed: { } cap, Earning: TableEarning { Table: { On: RateTables.RateBasis.Attainment, Fixed: { } table } } })
        {
            foreach (var tier in table.Tiers.Where(t => t.From > cap))
            {
                var (from, deal) = (tier.From * probe.QuotaOf(rule) / 100m, probe.QuotaOf(rule) / 10m);
                var lost = table.Earn(new RateTables.Stretch(from, from + deal, probe.QuotaOf(rule), Probe.TargetIncentive * Probe.MonthsOf(rule) / Probe.Months));
                yield return ($"tier from {Shown.Figure(tier.From)} % ({Shown.Figure(from)})", lost, $"Attainment counts up to {Shown.Figure(cap)} %: a deal of {Shown.Figure(deal)} in the tier earns nothing of this.");
            }
        }
    }
}
