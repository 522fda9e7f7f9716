using Spm.Compensation.Expressions;
using Spm.Compensation.Stages;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>What a component makes of figures that are not its own sales: gates, multipliers, comparisons.</summary>
internal static class OtherFigures
{
    public static IEnumerable<Finding> ClosedGates(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        if (!probe.CanAsk(c) || !probe.AsksOthers(c))
        {
            yield break;
        }
        // An expression that pays nothing without the others is a gate by another name.
        var quota = probe.QuotaOf(rule);
        if (probe.Pay(c, 100m, quota) is { } open and > 0m && probe.Pay(c, 0m, quota) is { } closed && closed < open && (closed <= 0m || rule.Stages.Any(s => s is GateStage)))
        {
            yield return (Shown.Point(probe, rule, quota), open - closed, "The same sales pay this much less while the other component has attained nothing.");
        }
    }

    /// <summary>Below the first tier and above the last; between two of them there is no gap. Below zero few figures get.</summary>
    public static IEnumerable<Finding> MultiplierGaps(Probe probe, int c)
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
    public static IEnumerable<Finding> OutOfReach(Probe probe, int c) => Constants.Of(probe.Version.Components[c])
        .Where(k => k.At >= 10m && k.Figure is NameNode { Name: var name } && (name == "attainment" || name.EndsWith(".attainment", StringComparison.Ordinal)))
        .Select(k => (k.Text, (decimal?)null, $"Attainment is a ratio: 80 % of quota is 80% or 0.8, and {Shown.Figure(k.At)} is {Shown.Figure(k.At * 100m)} %."));
}
