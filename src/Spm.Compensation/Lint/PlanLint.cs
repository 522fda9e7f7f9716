using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>Examines plans. Most rules ask the engine itself (<see cref="Probe"/>), so they see whatever the kinds of a component do together.</summary>
public static class PlanLint
{
    /// <summary>Every rule: its code, how grave it is, and what it says. A new rule adds its line here.</summary>
    public static IReadOnlyList<LintRule> Rules { get; } =
    [
        new("cliff", FindingSeverity.Warning, "Pay jumps at a point: one cent more is worth far more than a cent.", MarginalPay.Cliffs),
        new("negative_marginal_pay", FindingSeverity.Error, "More credited pays less.", MarginalPay.Falls),
        new("others_lower_pay", FindingSeverity.Warning, "More credited pays less while other components stay as they are, or more of theirs does.", MarginalPay.FallsByOthers),
        new("cap_dead_zone", FindingSeverity.Warning, "From a point on, more credited pays nothing more.", LimitsOfPay.DeadZones) { OfVersion = CapsOnWholePay.DeadZones },
        new("uncapped_windfall", FindingSeverity.Warning, "The highest rate goes on without an end.", LimitsOfPay.Windfalls),
        new("gate_makes_effort_worthless", FindingSeverity.Warning, "Behind a closed gate nothing is earned, whatever is sold.", OtherFigures.ClosedGates),
        new("multiplier_gap", FindingSeverity.Warning, "Of some figures a multiplier has no percent, or a lookup no value: nothing is earned there.", OtherFigures.Gaps),
        new("tier_unreachable", FindingSeverity.Error, "A tier lies above the cap on attainment.", LimitsOfPay.UnreachableTiers),
        new("attainment_cap_unused", FindingSeverity.Error, "A cap on attainment stands where nothing looks at it.", LimitsOfPay.CapsWithoutEffect),
        new("period_edge", FindingSeverity.Warning, "Moving a deal over the end of a period changes what it pays.", PeriodEdges.Find) { OfVersion = CapsOnWholePay.Edges },
        new("refund_beyond_pay", FindingSeverity.Warning, "A refund behind a cap's span takes back more than its sale was paid.", RefundsBehindCaps.Find) { OfVersion = CapsOnWholePay.Refunds },
        new("split_above_100", FindingSeverity.Warning, "One sale counts more than once.", CountedTwice.Find),
        new("edge_out_of_reach", FindingSeverity.Warning, "Attainment is compared with a number that is meant in percent: it is a ratio, 0.8 or 80%.", OtherFigures.OutOfReach),
        new("percent_or_ratio", FindingSeverity.Warning, "A number is written as a ratio where percents stand, or as a percent where a factor stands.", WrittenNumbers.OfComponent) { OfVersion = WrittenNumbers.OfVersion },
        new("not_asked", FindingSeverity.Note, "What the component pays was not examined, and why.", NotAsked.Find),
        new("starts_within_a_month", FindingSeverity.Warning, "The version takes effect after the first of a month: it pays from the next month on.", null) { OfVersion = StartsWithinMonth.Find },
    ];

    /// <summary>What may be worked out for a plan as a whole, one or two seconds. Each component has an equal part of what those before it have left.</summary>
    public const long MaxSteps = 10_000_000;

    /// <summary>In the order of versions, components and rules; of one rule those that are worth most stand first.</summary>
    public static IReadOnlyList<PlanFinding> Examine(PlanDocument plan) => Examine(plan.Rules, KnownByTests.Of(plan));

    /// <summary>The same of rules alone, whose tests are not at hand.</summary>
    public static IReadOnlyList<PlanFinding> Examine(PlanRules plan) => Examine(plan, KnownByTests.Nothing);

    private static IReadOnlyList<PlanFinding> Examine(PlanRules plan, KnownByTests known)
    {
        List<PlanFinding> findings = [];
        var (left, components) = (MaxSteps, plan.Versions.Sum(v => v.Shown.Count));
        foreach (var version in plan.Versions)
        {
            var examined = new ExaminedVersion(plan, version) { Known = known };
            var probe = new Probe(examined);
            findings.AddRange(Rules.SelectMany(r => Found(() => r.OfVersion(examined)).Select(f => new PlanFinding(r.Code, r.Severity, version.Number, "", f.Input, f.Money, f.Detail))));
            foreach (var c in version.Shown)
            {
                var share = left / components--;
                probe.Steps = share;
                findings.AddRange(Rules.SelectMany(r => Found(() => r.Find?.Invoke(probe, c) ?? []).Select(f => new PlanFinding(r.Code, r.Severity, version.Number, version.Components[c].Id, f.Input, f.Money, f.Detail))));
                left -= share - probe.Steps;
            }
        }
        return findings;
    }

    /// <summary>Up to an edge that lies so far away that nothing can be calculated there: nobody gets there either.</summary>
    private static IEnumerable<Finding> Found(Func<IEnumerable<Finding>> find)
    {
        List<Finding> found = [];
        try
        {
            found.AddRange(find());
        }
        catch (Exception beyond) when (beyond is OverflowException or ExpressionException)
        {
        }
        return found.OrderByDescending(f => Math.Abs(f.Money ?? 0m));
    }

    /// <param name="Find">Where it bites, the money, and what to know, for one component; null for a rule of the version alone.</param>
    public sealed record LintRule(string Code, FindingSeverity Severity, string Description, Func<Probe, int, IEnumerable<Finding>>? Find)
    {
        /// <summary>What it finds beside the components, in the rules of the version.</summary>
        public Func<ExaminedVersion, IEnumerable<Finding>> OfVersion { get; init; } = _ => [];
    }
}
