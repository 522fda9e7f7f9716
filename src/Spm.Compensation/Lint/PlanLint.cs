using System.Globalization;
using Spm.Compensation.Crediting;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Holds;
using Spm.Compensation.PayRuns;
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
        new("multiplier_gap", FindingSeverity.Warning, "Of some figures a multiplier has no percent: nothing is earned there.", MultiplierGaps),
        new("tier_unreachable", FindingSeverity.Error, "A tier lies above the cap on attainment.", UnreachableTiers),
        new("period_edge", FindingSeverity.Warning, "Moving a deal over the end of a period changes what it pays.", PeriodEdges),
        new("split_above_100", FindingSeverity.Warning, "One sale counts more than once.", CountedTwice),
        new("edge_out_of_reach", FindingSeverity.Warning, "Attainment is compared with a number that is meant in percent: it is a ratio, 0.8 or 80%.", OutOfReach),
        new("percent_or_ratio", FindingSeverity.Warning, "A number is written as a ratio where percents stand, or as a percent where a factor stands.", WrittenNumbers.OfComponent) { OfVersion = WrittenNumbers.OfVersion },
        new("not_asked", FindingSeverity.Note, "What the component pays was not examined, and why.", NotAsked),
        new("starts_within_a_month", FindingSeverity.Warning, "The version takes effect after the first of a month: it pays from the next month on.", Starts) { IsOfVersion = true },
    ];

    /// <summary>What may be worked out for a plan as a whole, one or two seconds. Each component has an equal part of what those before it have left.</summary>
    public const long MaxSteps = 10_000_000;

    /// <summary>In the order of versions, components and rules; of one rule those that are worth most stand first.</summary>
    public static IReadOnlyList<PlanFinding> Examine(PlanRules plan)
    {
        List<PlanFinding> findings = [];
        var (left, components) = (MaxSteps, plan.Versions.Sum(v => v.Shown.Count));
        foreach (var version in plan.Versions)
        {
            var probe = new Probe(plan, version);
            findings.AddRange(Rules.SelectMany(r => r.OfVersion(version).Select(f => new PlanFinding(r.Code, r.Severity, version.Number, "", f.Input, f.Money, f.Detail))));
            foreach (var c in version.Shown)
            {
                var share = left / components--;
                probe.Steps = share;
                findings.AddRange(Rules.Where(r => !r.IsOfVersion || c == version.Shown[0]).SelectMany(r => Found(r, probe, c).Select(f =>
                    new PlanFinding(r.Code, r.Severity, version.Number, r.IsOfVersion ? "" : version.Components[c].Id, f.Input, f.Money, f.Detail))));
                left -= share - probe.Steps;
            }
        }
        return findings;
    }

    /// <summary>Up to an edge that lies so far away that nothing can be calculated there: nobody gets there either.</summary>
    private static IEnumerable<(string Input, decimal? Money, string Detail)> Found(LintRule rule, Probe probe, int component)
    {
        List<(string Input, decimal? Money, string Detail)> found = [];
        try
        {
            found.AddRange(rule.Find(probe, component));
        }
        catch (Exception beyond) when (beyond is OverflowException or ExpressionException)
        {
        }
        return found.OrderByDescending(f => Math.Abs(f.Money ?? 0m));
    }

    /// <param name="Find">Where it bites, the money, and what to know, for one component.</param>
    public sealed record LintRule(string Code, FindingSeverity Severity, string Description, Func<Probe, int, IEnumerable<(string Input, decimal? Money, string Detail)>> Find)
    {
        /// <summary>Looks at the version, not at a component.</summary>
        public bool IsOfVersion { get; init; }

        /// <summary>What it finds beside the components, in the rules of the version.</summary>
        public Func<VersionRules, IEnumerable<(string Input, decimal? Money, string Detail)>> OfVersion { get; init; } = _ => [];
    }

    /// <summary>Below it a jump is no more than rounding and ordinary rates make of a cent.</summary>
    private const decimal LeastJump = 1m;

    private static IEnumerable<(string, decimal?, string)> Cliffs(Probe probe, int c) =>
        Jumps(probe, c).Where(j => j.Jump - j.Ordinary >= LeastJump).Select(j => (j.At, (decimal?)j.Jump, $"Pay jumps by {Shown(j.Jump)} there: deals are held back or brought forward to reach it."));

    private static IEnumerable<(string, decimal?, string)> Falls(Probe probe, int c)
    {
        foreach (var (at, jump, _) in Jumps(probe, c).Where(j => j.Jump < 0m))
        {
            yield return (at, jump, $"Pay falls by {Shown(-jump)} when one {(probe.StepOf(c) == 1m ? "unit" : "cent")} more is credited.");
        }
        foreach (var (at, fall) in Slopes(probe, c))
        {
            yield return (at, fall, $"Pay falls by {Shown(-fall)} while more is credited.");
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
                yield return (Point(probe, rule, edge), jump, step == 1m ? Ordinary(edge, before, after) : 0m);
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
                yield return ($"from {Shown(from)} to {Shown(to)}", high - low);
            }
        }
    }

    /// <summary>Priced at what a tenth of the quota earns just below: that is what the next deal does not pay.</summary>
    private static IEnumerable<(string, decimal?, string)> DeadZones(Probe probe, int c)
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
                yield return (Point(probe, rule, edges[start]), lost, $"From there to {Shown(end)} pay stays at {Shown(paid)}: deals wait for the next period, and one of {Shown(deal)} pays nothing.");
            }
        }
        foreach (var cap in rule.Pay.Caps)
        {
            var what = $"{(cap.Amount.Fixed is { } amount ? Shown(amount) : cap.Amount)} of pay per {cap.Per.ToString().ToLowerInvariant()}";
            if (cap.Amount.Fixed is not { } most)
            {
                yield return (what, null, "Above the cap more credited pays nothing.");
            }
            else if (probe.CreditedFor(c, most / Probe.PeriodsIn(cap.Per, rule)) is { } at)
            {
                yield return ($"{what}, {Point(probe, rule, at)}", probe.Pay(c, 100m, at + deal) - probe.Pay(c, 100m, at), $"Above the cap more credited pays nothing: a deal of {Shown(deal)} loses all it would earn.");
            }
        }
    }

    private static IEnumerable<(string, decimal?, string)> Windfalls(Probe probe, int c)
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
            yield return (Point(probe, rule, far), most, "The rate above the last edge is higher than the first one that pays, and nothing caps it.");
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

    private static IEnumerable<(string, decimal?, string)> ClosedGates(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c) || !rule.Stages.Any(s => s is GateStage))
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
        if (rule is { AttainmentCap.Fixed: { } cap, Earning: TableEarning { Table: { On: RateTables.RateBasis.Attainment, Fixed: { } table } } })
        {
            foreach (var tier in table.Tiers.Where(t => t.From > cap))
            {
                yield return ($"tier from {Shown(tier.From)} %", null, $"Attainment counts up to {Shown(cap)} %.");
            }
        }
    }

    private static IEnumerable<(string, decimal?, string)> PeriodEdges(Probe probe, int c) =>
        probe.CanAsk(c) ? EdgesOfAttainment(probe, c).Concat(EdgesOfMeasurement(probe, c)) : [];

    /// <summary>A deal of a tenth of the quota at the end of a period that stands at 95 %, or at the start of the next, which ends at 50 % without it.</summary>
    private static IEnumerable<(string, decimal?, string)> EdgesOfAttainment(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (rule.AttainmentPeriod == PeriodKind.Year)
        {
            yield break;
        }
        // Without a quota the first edge is what people look at.
        var hasQuota = rule.Quota != QuotaUse.None;
        if (!hasQuota && probe.Edges(c).Count == 0)
        {
            yield break;
        }
        var quota = hasQuota ? probe.QuotaOf(rule) : probe.Edges(c)[0];
        if (probe.Pay(c, 100m, quota * 1.05m, quota * 0.5m) is { } now && probe.Pay(c, 100m, quota * 0.95m, quota * 0.6m) is { } later && Math.Abs(now - later) >= LeastJump)
        {
            yield return Edge(quota / 10m, $"{Named(rule.AttainmentPeriod)} that stands at {(hasQuota ? "95 %" : Shown(quota * 0.95m))}", now, later);
        }
    }

    /// <summary>
    /// Within an attainment period that is paid in parts: the part in which attainment crosses an edge may be paid at another rate than the part before, and
    /// a deal is paid with the part it stands in. The deal is a tenth of what the edge asks for; the first part stands at 60 % of that, and the second
    /// brings it to 120 % with the deal, wherever that stands.
    /// </summary>
    private static IEnumerable<(string, decimal?, string)> EdgesOfMeasurement(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (Probe.MonthsOf(rule.MeasurementPeriod) >= Probe.MonthsOf(rule))
        {
            yield break;
        }
        foreach (var edge in probe.Edges(c))
        {
            if (probe.PayWithin(c, edge * 0.7m, edge * 0.5m) is { } now && probe.PayWithin(c, edge * 0.6m, edge * 0.6m) is { } later && Math.Abs(now - later) >= LeastJump)
            {
                yield return Edge(edge / 10m, $"{Named(rule.MeasurementPeriod)} before an edge {Point(probe, rule, edge)}", now, later);
                yield break;
            }
        }
    }

    private static (string, decimal?, string) Edge(decimal deal, string period, decimal now, decimal later) => (
        $"a deal of {Shown(deal)} at the end of a {period}", Math.Abs(now - later),
        now > later ? "It pays more at once than in the next period: deals are pulled in." : "It pays more in the next period: deals are pushed out.");

    private static string Named(PeriodKind period) => period.ToString().ToLowerInvariant();

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
        var measure = probe.Version.Measures[tally.Measure];
        if (!CountsBoth(measure))
        {
            yield break;
        }
        if (measure.Kinds is not null)
        {
            yield return ("kinds: order, invoice", null, "A deal that is ordered and then invoiced counts twice.");
        }
        else if (rule.Pay.Hold is { Until: HoldUntil.Cash })
        {
            yield return ("no kinds", null, "A hold until cash sees orders and their invoices, and a measure without kinds counts both: name those that count.");
        }
    }

    /// <summary>Whether an order and its invoice both count for something. A measure that asks for the kind is asked; one that does not treats both alike.</summary>
    private static bool CountsBoth(MeasureRule measure)
    {
        bool AsksForKind() => measure.Value.Names.Contains("kind") || measure.When?.Names.Contains("kind") == true;
        bool Counts(string kind)
        {
            var credit = new CreditContext(new RepProfile("probe"), new CreditLine { Transaction = kind, Date = default, Kind = kind, Amount = 100m, Quantity = 1m, Margin = 100m });
            return measure.Counts(credit) && measure.Value.Number(credit) is not 0m;
        }
        return measure.Kinds?.IsSupersetOf(["order", DealNews.Invoice]) != false && (!AsksForKind() || (Counts("order") && Counts(DealNews.Invoice)));
    }

    /// <summary>Below the first tier and above the last; between two of them there is no gap. Below zero few figures get.</summary>
    private static IEnumerable<(string, decimal?, string)> MultiplierGaps(Probe probe, int c)
    {
        foreach (var stage in probe.Version.Components[c].Stages.OfType<MultiplierStage>())
        {
            var tiers = stage.Multiplier.Percents.Tiers;
            const string rest = "it stands still (multiplier_outside_tiers)";
            if (tiers[0].From is > 0m and var from)
            {
                yield return (FormattableString.Invariant($"{stage.Figure.Text} below {from:0.##########}"), null, $"No tier has it: the component pays nothing there, {rest}. A first tier without 'from' is open below.");
            }
            if (tiers[^1].To is { } to)
            {
                yield return (FormattableString.Invariant($"{stage.Figure.Text} from {to:0.##########} on"), null, $"No tier has it: the component pays nothing there, {rest}. A last tier without 'to' is open above.");
            }
        }
    }

    /// <summary>From ten on nobody means a ratio: it would be a thousand percent.</summary>
    private static IEnumerable<(string, decimal?, string)> OutOfReach(Probe probe, int c) => Constants.Of(probe.Version.Components[c])
        .Where(k => k.At >= 10m && k.Figure is NameNode { Name: var name } && (name == "attainment" || name.EndsWith(".attainment", StringComparison.Ordinal)))
        .Select(k => (k.Text, (decimal?)null, $"Attainment is a ratio: 80 % of quota is 80% or 0.8, and {Shown(k.At)} is {Shown(k.At * 100m)} %."));

    private static IEnumerable<(string, decimal?, string)> NotAsked(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if ((rule.Earning is not NoEarning || rule.Stages.Count > 0) && probe.WhyNot(c) is { } why)
        {
            yield return ("pay", null, $"Whether more pays less was not examined: {why}.");
            yield break;
        }
        if (probe.EdgesLeftOut > 0)
        {
            yield return ($"{probe.EdgesLeftOut} of {probe.EdgesLeftOut + probe.Edges(c).Count} edges", null, "In a plan so large not every edge is examined: those nearest to the quota were.");
        }
        else if (probe.IsOutOfSteps)
        {
            yield return ("pay", null, "In a plan so large not everything is examined: what was found until then is told.");
        }
        if (rule.Tally >= 0 && FactsOf(probe.Version, rule) is { Count: > 0 } facts)
        {
            yield return (string.Join(", ", facts), null, "The deals that were tried have no facts: what depends on them was not examined.");
        }
    }

    /// <summary>Facts of deals that the component or its measure asks for.</summary>
    private static List<string> FactsOf(VersionRules version, ComponentRule rule)
    {
        var measure = version.Measures[version.Tallies[rule.Tally].Measure];
        IEnumerable<string> ofEarning = rule.Earning switch
        {
            DealFormulaEarning formula => formula.Formula.Names,
            DealMatrixEarning matrix => matrix.Rows.Names.Concat(matrix.Columns.Names),
            _ => [],
        };
        return [.. ofEarning.Concat(measure.Value.Names).Concat(measure.When?.Names ?? Enumerable.Empty<string>()).Where(n => n.StartsWith("facts.", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<(string, decimal?, string)> Starts(Probe probe, int c)
    {
        if (probe.Version.EffectiveFrom is { Day: > 1 } day)
        {
            var payer = probe.Version.Number == 1 ? "nobody is paid for the deals of that month" : "the version before pays all of that month";
            yield return (string.Create(CultureInfo.InvariantCulture, $"effective_from {day:yyyy-MM-dd}"), null, $"A version pays the months whose first day it has: {payer}.");
        }
    }

    private static string Point(Probe probe, ComponentRule rule, decimal at) =>
        rule.Quota == QuotaUse.None ? $"at {Shown(at)}" : $"at {Shown(at * 100m / probe.QuotaOf(rule))} % of quota ({Shown(at)})";

    private static string Shown(decimal figure) => figure.ToString("#,0.##", CultureInfo.InvariantCulture);
}
