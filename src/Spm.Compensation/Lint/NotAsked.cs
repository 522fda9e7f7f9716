using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Finding = (string Input, decimal? Money, string Detail);

namespace Spm.Compensation.Lint;

/// <summary>What was not examined, and why.</summary>
internal static class NotAsked
{
    /// <summary>Of a deal and of a rep: what is tried has one value of each, the first that tests of the document tell, or none.</summary>
    private static readonly HashSet<string> OneValue = new(StringComparer.Ordinal)
    {
        "product", "account", "territory", "kind", "credit", "share", "transaction", "date",
        "rep.id", "rep.title", "rep.territory", "rep.hired_on", "rep.left_on", "rep.month_of_service", "rep.manager",
    };

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
        else if (probe.IsOutOfSteps || probe.IsCutShort)
        {
            yield return ("pay", null, "In a plan so large not everything is examined: what was found until then is told.");
        }
        if (rule.Tally < 0)
        {
            yield break;
        }
        if (NotVaried(probe.Version, rule) is { Count: > 0 } names)
        {
            yield return (string.Join(", ", names), null, "Of each of these one value was tried, or none: what else depends on them was not examined.");
        }
        if (probe.CanAsk(c) && MonthsCompared.LookedBackOn(probe, c) is > MovedDeals.MostMonthsBack and var back)
        {
            yield return ($"the last {back} months", null, "One year was tried, with nothing before it: whether moving a deal to another month pays more was not examined.");
        }
    }

    /// <summary>
    /// Facts of deals and reps that the component asks for, and facts of deals that its measure asks for. The margin where it is compared with the amount: deals that
    /// are tried have all of it as their margin.
    /// </summary>
    private static List<string> NotVaried(VersionRules version, ComponentRule rule)
    {
        var measure = version.Measures[version.Tallies[rule.Tally].Measure];
        var ofMeasure = measure.Value.Names.Concat(measure.When?.Names ?? Enumerable.Empty<string>()).Where(n => n.StartsWith("facts.", StringComparison.Ordinal));
        var asked = MonthsCompared.NamesOf(rule).ToHashSet(StringComparer.Ordinal);
        var own = asked.Where(n => (n == "margin" && (asked.Contains("amount") || asked.Contains("counted"))) || OneValue.Contains(n) || n.StartsWith("facts.", StringComparison.Ordinal) || n.StartsWith("rep.facts.", StringComparison.Ordinal));
        return [.. own.Concat(ofMeasure).Distinct().Order(StringComparer.Ordinal)];
    }
}
