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

    /// <summary>
    /// Below the first tier and above the last; between two of them there is no gap. Below zero few figures get. Of lookups, and of whatever else has no value
    /// somewhere, the edges tell: on one side something is paid, and on the other nothing is known.
    /// </summary>
    public static IEnumerable<Finding> Gaps(Probe probe, int c)
    {
        var rule = probe.Version.Components[c];
        HashSet<decimal> told = [];
        foreach (var stage in rule.Stages.OfType<MultiplierStage>())
        {
            var tiers = stage.Multiplier.Percents.Tiers;
            const string rest = "it stands still (multiplier_outside_tiers)";
            if (tiers[0].From is > 0m and var from)
            {
                var (at, worth) = Edge(stage, figure => figure >= from);
                yield return (FormattableString.Invariant($"{stage.Figure.Text} below {from:0.##########}{at}"), worth, $"No tier has it: the component pays nothing there, {rest}. A first tier without 'from' is open below.");
            }
            if (tiers[^1].To is { } to)
            {
                var (at, worth) = Edge(stage, figure => figure < to);
                yield return (FormattableString.Invariant($"{stage.Figure.Text} from {to:0.##########} on{at}"), worth, $"No tier has it: the component pays nothing there, {rest}. A last tier without 'to' is open above.");
            }
        }
        if (!probe.CanAsk(c))
        {
            yield break;
        }
        foreach (var edge in probe.Edges(c).Where(e => !told.Contains(e)))
        {
            var (below, above) = (probe.Pay(c, 100m, edge - probe.StepOf(c)), probe.Pay(c, 100m, edge));
            if (below is null != above is null && !probe.IsOutOfSteps && (below ?? above) is { } known and not 0m)
            {
                yield return (Shown.Point(probe, rule, edge), known, $"{(above is null ? "From there on" : "Below")} something has no value, as a figure outside of all tiers of a lookup without 'otherwise': the component stands still and pays nothing of this.");
            }
        }

        // What is paid on the side that has a tier, nearest to where the figure leaves it.
        (string At, decimal? Worth) Edge(MultiplierStage stage, Func<decimal, bool> hasTier)
        {
            foreach (var growth in probe.CanAsk(c) ? MonthsCompared.GrowthsOf(probe, c) : [])
            {
                var step = probe.StepOf(c, growth);
                bool? HasTier(decimal at) => probe.FigureAt(c, growth, at, p => stage.Figure.Number(p)) is { } figure ? hasTier(figure) : null;
                foreach (var edge in probe.Edges(c, growth))
                {
                    foreach (var at in new[] { edge, edge + step })
                    {
                        if (HasTier(at - step) is { } below && HasTier(at) is { } above && below != above)
                        {
                            told.Add(edge);
                            return ($", {Shown.Point(probe, rule, at, growth)}", probe.Pay(c, growth, above ? at : at - step));
                        }
                    }
                }
            }
            return ("", null);
        }
    }

    /// <summary>From ten on nobody means a ratio: it would be a thousand percent.</summary>
    public static IEnumerable<Finding> OutOfReach(Probe probe, int c) => Constants.Of(probe.Version.Components[c])
        .Where(k => k.At >= 10m && k.Figure is NameNode { Name: var name } && (name == "attainment" || name.EndsWith(".attainment", StringComparison.Ordinal)))
        .Select(k => (k.Text, (decimal?)null, $"Attainment is a ratio: 80 % of quota is 80% or 0.8, and {Shown.Figure(k.At)} is {Shown.Figure(k.At * 100m)} %."));
}
