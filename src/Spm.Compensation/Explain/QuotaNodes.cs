using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Explain;

/// <summary>The quota of a component as part of a graph: what was set, and what seasonality, ramp and proration made of it.</summary>
internal static class QuotaNodes
{
    public static ExplainNode Of(VersionState state, int month, int c)
    {
        var name = $"quota by {state.Year.Inputs.Year.Months[month].Id}";
        var quota = state.Figures(month, c).Quota ?? 0m;
        List<ExplainNode> parts = [.. Parts(state, month, c)];
        return parts.Sum(p => p.Value) != quota ? ExplainNode.Given(name, quota)
            : parts is [{ Inputs.Count: 0, Detail: null }] ? ExplainNode.Given(name, quota)
            : parts is [var only] ? ExplainNode.Because(name, only)
            : ExplainNode.Of(name, ExplainOperation.Sum, parts);
    }

    /// <summary>Of the whole attainment period, or of its months so far. A quarter that is over may stand for its months: then they do not sum to the quota.</summary>
    private static IEnumerable<ExplainNode> Parts(VersionState state, int month, int c)
    {
        var component = state.Version.Components[c];
        var measure = state.Version.Measures[state.Version.Tallies[component.Tally].Measure].No;
        var months = state.Year.Inputs.Year.Months;
        if (component.Window is not null)
        {
            foreach (var (span, quota) in state.WindowQuotas(month, component))
            {
                yield return ExplainNode.Given($"quota of {span.Id}", quota ?? 0m);
            }
            yield break;
        }
        if (component.Quota == QuotaUse.Full)
        {
            yield return OfSpan(state.Quotas, measure, months[month].Span(component.AttainmentPeriod));
            yield break;
        }
        for (var m = state.FirstOf(month, component.AttainmentPeriod); m <= month; m++)
        {
            if (state.OnPlan(m))
            {
                yield return OfSpan(state.Quotas, measure, months[m].Period);
            }
        }
    }

    private static ExplainNode OfSpan(QuotaSource quotas, int measure, FiscalPeriod span)
    {
        var (name, amount, steps) = ($"quota of {span.Id}", quotas.For(measure, span) ?? 0m, quotas.Steps(measure, span));
        if (steps.Count == 0)
        {
            return ExplainNode.Given(name, amount);
        }
        if (steps.Any(s => s.Period != span.Id))
        {
            return ExplainNode.Given(name, amount, string.Join(", ", steps.Select(Text)));
        }
        var node = ExplainNode.Given("as it was set", steps[0].Before.ToDecimal());
        foreach (var step in steps)
        {
            var factor = ExplainNode.Given(WireNames.Of(step.Rule), new Fraction(step.Numerator, step.Denominator).ToDecimal(), $"{step.Numerator}/{step.Denominator}");
            node = ExplainNode.Exactly($"after {factor.Name}", ExplainOperation.Product, step.After.ToDecimal(), [node, factor]);
        }
        return node with { Name = name };
    }

    /// <summary>"2025-01 ramp: 100,000 x 1/4"</summary>
    private static string Text(QuotaStep step) => string.Create(
        CultureInfo.InvariantCulture, $"{step.Period} {WireNames.Of(step.Rule)}: {step.Before.ToDecimal():#,0.##########} × {step.Numerator}/{step.Denominator}");
}
