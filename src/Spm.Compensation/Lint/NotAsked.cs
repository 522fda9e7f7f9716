using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>What was not examined, and why.</summary>
internal static class NotAsked
{
    public static IEnumerable<Finding> Find(Probe probe, int c)
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
}
