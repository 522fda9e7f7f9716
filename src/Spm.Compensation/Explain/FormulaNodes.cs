using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Groups;

namespace Spm.Compensation.Explain;

/// <summary>
/// An expression of the plan as a node: its text, and below it every name it asks for with its value, and every lookup with the entry that answers. It
/// recomputes by calculating the expression again over the values of these nodes.
/// </summary>
internal static class FormulaNodes
{
    /// <summary>Attainment is taken apart, down to months and quotas.</summary>
    public static ExplainNode Of(string name, CompiledExpression<PeriodContext> expression, PeriodContext period) =>
        Of(name, expression, period, asked => Graph(asked, period, isWhole: true));

    /// <summary>Where deal stands beside deal, attainment is what is credited over the quota, without all that lies below.</summary>
    public static ExplainNode Of(string name, CompiledExpression<DealContext> expression, DealContext deal) =>
        Of(name, expression, deal, asked => Graph(asked, deal.Period, isWhole: false));

    public static ExplainNode Of(string name, CompiledExpression<RepMonth> expression, RepMonth month) => Of(name, expression, month, _ => null);

    private static ExplainNode Of<T>(string name, CompiledExpression<T> expression, T context, Func<string, ExplainNode?> graph)
    {
        List<ExplainNode> inputs = [.. expression.Names.Select(asked => graph(asked) ?? Leaf(asked, expression.Ask(asked, context)))];
        foreach (var (call, table, by, value) in expression.Lookups(context))
        {
            inputs.Add(ExplainNode.Given(call.ToString(), value ?? 0m, table.Entry(by)) with { IsKnown = value is not null });
        }
        var result = expression.Kind == ExpressionKind.Truth ? Number(expression.TruthIfKnown(context)) : expression.Number(context) ?? 0m;
        return new ExplainNode(name, ExplainOperation.Expression, result, inputs, expression.Text) { Formula = values => Again(expression, values) };
    }

    private static decimal Again<T>(CompiledExpression<T> expression, IReadOnlyList<(ExplainNode Node, decimal Value)> below)
    {
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        foreach (var (node, value) in below)
        {
            values[node.Name] = node.IsKnown ? node.Word ?? value : null;
        }
        var again = expression.OverNames();
        return expression.Kind == ExpressionKind.Truth ? Number(again.TruthIfKnown(values)) : again.Number(values) ?? 0m;
    }

    private static decimal Number(bool? truth) => truth == true ? 1m : 0m;

    private static ExplainNode Leaf(string name, object? value) => value switch
    {
        decimal number => ExplainNode.Given(name, number),
        string text => ExplainNode.Given(name, 0m, $"'{text}'") with { Word = text },
        DateOnly day => ExplainNode.Given(name, 0m, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) with { Word = day },
        bool truth => ExplainNode.Given(name, Number(truth), truth ? "true" : "false") with { Word = truth },
        _ => ExplainNode.Given(name, 0m, "not known") with { IsKnown = false },
    };

    private static ExplainNode? Graph(string name, PeriodContext period, bool isWhole)
    {
        if (GroupName.Parse(name) is not null)
        {
            return GroupName.Explain(name, period);
        }
        var parts = name.Split('.');
        if (parts is ["components", var earning, "earned_in_year"])
        {
            return isWhole ? OfYear(name, period.State, period.Month, period.State.Version.Find(earning)) : null;
        }
        var c = parts is ["components", var other, "attainment" or "quota"] ? period.State.Version.Find(other) : parts is ["attainment" or "quota"] ? period.Component : -1;
        if (c < 0 || period.State.Figures(period.Month, c).Quota is not { } quota)
        {
            return null;
        }
        var isAttainment = parts[^1] == "attainment";
        if (!isWhole)
        {
            return isAttainment
                ? ExplainNode.Of(name, ExplainOperation.Quotient, ExplainNode.Given("to_date", period.State.Figures(period.Month, c).ToDate), ExplainNode.Given("quota", quota))
                : null;
        }
        var node = QuotaNodes.Of(period.State, period.Month, c);
        // The component's own credits stand beside its earning already.
        return isAttainment
            ? ExplainNode.Of(name, ExplainOperation.Quotient, Explanations.OfMeasured(period.State, period.Month, c, withCredits: c != period.Component), node)
            : node with { Name = name };
    }

    private static ExplainNode OfYear(string name, VersionState state, int month, int component) => ExplainNode.Of(name, ExplainOperation.Sum, [.. Enumerable.Range(0, month + 1).Select(m =>
        ExplainNode.Given($"incentive of {state.Version.Components[component].Id} in {state.Year.Inputs.Year.Months[m].Id}", state.IncentivePaid(m, component)))]);
}
