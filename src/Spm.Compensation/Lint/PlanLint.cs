using System.Globalization;
using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>Examines plans. Most rules ask the engine itself (<see cref="Probe"/>), so they see whatever the kinds of a component do together.</summary>
public static class PlanLint
{
    /// <summary>Every rule: its code, how grave it is, and what it says. A new rule adds its line here.</summary>
    public static IReadOnlyList<LintRule> Rules { get; } =
    [
        new("cliff", FindingSeverity.Warning, "Pay jumps at a point: one cent more is worth far more than a cent.", Cliffs),
        new("negative_marginal_pay", FindingSeverity.Error, "More credited pays less.", Falls),
        new("cap_dead_zone", FindingSeverity.Warning, "From a point on, more credited pays nothing more.", DeadZones),
        new("uncapped_windfall", FindingSeverity.Warning, "The highest rate goes on without an end.", Windfalls),
        new("gate_makes_effort_worthless", FindingSeverity.Warning, "Behind a closed gate nothing is earned, whatever is sold.", ClosedGates),
        new("tier_unreachable", FindingSeverity.Error, "A tier lies above the cap on attainment.", UnreachableTiers),
        new("period_edge", FindingSeverity.Warning, "Moving a deal over the end of a period changes what it pays.", PeriodEdges),
        new("split_above_100", FindingSeverity.Warning, "One sale counts more than once.", CountedTwice),
    ];

    /// <summary>In the order of versions, components and rules.</summary>
    public static IReadOnlyList<PlanFinding> Examine(PlanRules plan)
    {
        List<PlanFinding> findings = [];
        foreach (var version in plan.Versions)
        {
            var probe = new Probe(plan, version);
            foreach (var c in version.Shown)
            {
                findings.AddRange(Rules.SelectMany(r => Found(r, probe, c).Select(f => new PlanFinding(r.Code, r.Severity, version.Number, version.Components[c].Id, f.Input, f.Money, f.Detail))));
            }
        }
        return findings;
    }

    /// <summary>None where an edge lies so far away that nothing can be calculated there: nobody gets there either.</summary>
    private static IReadOnlyList<(string Input, decimal? Money, string Detail)> Found(LintRule rule, Probe probe, int component)
    {
        try
        {
            return [.. rule.Find(probe, component)];
        }
        catch (Exception beyond) when (beyond is OverflowException or Expressions.ExpressionException)
        {
            return [];
        }
    }

    /// <param name="Find">Where it bites, the money, and what to know, for one component.</param>
    public sealed record LintRule(string Code, FindingSeverity Severity, string Description, Func<Probe, int, IEnumerable<(string Input, decimal? Money, string Detail)>> Find);

    private const decimal Cent = 0.01m;

    /// <summary>Below it a jump is no more than rounding and ordinary rates make of a cent.</summary>
    private const decimal LeastJump = 1m;

    private static IEnumerable<(string, decimal?, string)> Cliffs(Probe probe, int c) =>
        Jumps(probe, c).Where(j => j.Jump >= LeastJump).Select(j => (j.At, (decimal?)j.Jump, $"Pay jumps by {Shown(j.Jump)} there: deals are held back or brought forward to reach it."));

    private static IEnumerable<(string, decimal?, string)> Falls(Probe probe, int c)
    {
        foreach (var (at, jump) in Jumps(probe, c).Where(j => j.Jump < 0m))
        {
            yield return (at, jump, $"Pay falls by {Shown(-jump)} when one cent more is credited.");
        }
    }

    private static IEnumerable<(string At, decimal Jump)> Jumps(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(rule))
        {
            yield break;
        }
        foreach (var edge in probe.Edges(rule))
        {
            if (probe.Pay(c, 100m, edge - Cent) is { } before && probe.Pay(c, 100m, edge) is { } after)
            {
                yield return (Point(probe, rule, edge), after - before);
            }
        }
    }

    private static IEnumerable<(string, decimal?, string)> DeadZones(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(rule) || rule.Earning.Kind == "none")
        {
            yield break;
        }
        var edges = probe.Edges(rule);
        for (var i = 0; i < edges.Count; i++)
        {
            var end = i + 1 < edges.Count ? edges[i + 1] - Cent : edges[i] * 2m;
            if (probe.Pay(c, 100m, edges[i]) is { } paid and > 0m && end > edges[i] + Cent && probe.Pay(c, 100m, end) == paid)
            {
                yield return (Point(probe, rule, edges[i]), 0m, $"From there to {Shown(end)} pay stays at {Shown(paid)}: deals wait for the next period.");
            }
        }
        foreach (var cap in rule.Pay.Caps)
        {
            yield return ($"{(cap.Amount.Fixed is { } amount ? Shown(amount) : cap.Amount)} of pay per {cap.Per.ToString().ToLowerInvariant()}", 0m, "Above the cap more credited pays nothing.");
        }
    }

    private static IEnumerable<(string, decimal?, string)> Windfalls(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        var isCapped = rule.AttainmentCap is not null || rule.Pay.Caps.Count > 0 || probe.Version.Pay.Rules.Any(r => r.Kind == "caps");
        if (!probe.CanAsk(rule) || isCapped || probe.Edges(rule) is not { Count: > 0 } edges)
        {
            yield break;
        }
        var far = Math.Max(edges[^1], probe.QuotaOf(rule)) * 10m;
        var (low, high) = (probe.Pay(c, 100m, edges[0] / 2m), probe.Pay(c, 100m, far));
        if (low is { } first && high is { } most && first > 0m && most / far > first / (edges[0] / 2m))
        {
            yield return (Point(probe, rule, far), most, "The rate above the last edge is higher than the one below the first, and nothing caps it.");
        }
    }

    private static IEnumerable<(string, decimal?, string)> ClosedGates(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(rule) || !rule.Stages.Any(s => s is GateStage))
        {
            yield break;
        }
        var quota = probe.QuotaOf(rule);
        if (probe.Pay(c, 100m, quota) is { } open and > 0m && probe.Pay(c, 0m, quota) is { } closed && closed < open)
        {
            yield return (Point(probe, rule, quota), open - closed, "The same sales pay this much less while the other component has attained nothing.");
        }
    }

    private static IEnumerable<(string, decimal?, string)> UnreachableTiers(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule is { AttainmentCap: { } cap, Earning: Earnings.TableEarning { Table: { On: RateTables.RateBasis.Attainment } table } })
        {
            foreach (var tier in table.Tiers.Where(t => t.From > cap))
            {
                yield return ($"tier from {Shown(tier.From)} %", null, $"Attainment counts up to {Shown(cap)} %.");
            }
        }
    }

    /// <summary>A deal of a tenth of the quota at the end of a period that stands at 95 %, or at the start of the next, which ends at 50 % without it.</summary>
    private static IEnumerable<(string, decimal?, string)> PeriodEdges(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(rule) || rule.AttainmentPeriod == PeriodKind.Year)
        {
            yield break;
        }
        var quota = probe.QuotaOf(rule);
        if (probe.Pay(c, 100m, quota * 1.05m, quota * 0.5m) is { } now && probe.Pay(c, 100m, quota * 0.95m, quota * 0.6m) is { } later && Math.Abs(now - later) >= LeastJump)
        {
            yield return (
                $"a deal of {Shown(quota / 10m)} at the end of a {rule.AttainmentPeriod.ToString().ToLowerInvariant()} that stands at 95 %", Math.Abs(now - later),
                now > later ? "It pays more at once than in the next period: deals are pulled in." : "It pays more in the next period: deals are pushed out.");
        }
    }

    private static IEnumerable<(string, decimal?, string)> CountedTwice(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule.Tally < 0)
        {
            yield break;
        }
        var tally = probe.Version.Tallies[rule.Tally];
        if ((tally.Credits & (CreditSources.Direct | CreditSources.Overlay)) == (CreditSources.Direct | CreditSources.Overlay))
        {
            yield return ("credits: direct, overlay", null, "A rep who owns a deal and stands beside it as a specialist is credited twice for it.");
        }
        if (probe.Version.Measures[tally.Measure].Kinds is { } kinds && kinds.Contains("order") && kinds.Contains(DealNews.Invoice))
        {
            yield return ("kinds: order, invoice", null, "A deal that is ordered and then invoiced counts twice.");
        }
    }

    private static string Point(Probe probe, ComponentRule rule, decimal at) =>
        rule.Quota == QuotaUse.None ? $"at {Shown(at)}" : $"at {Shown(at * 100m / probe.QuotaOf(rule))} % of quota ({Shown(at)})";

    private static string Shown(decimal figure) => figure.ToString("#,0.##", CultureInfo.InvariantCulture);
}
