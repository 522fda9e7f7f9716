using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Bounds;

/// <summary>
/// Where a rule begins or ends: written down, or worked out by an expression over the component to date, as in <c>if(rep.month_of_service &lt;= 3, 0%, 80%)</c>.
/// Two are equal when they mean the same.
/// </summary>
public sealed record Bound
{
    private readonly CompiledExpression<PeriodContext>? _expression;
    private readonly string? _canonical;
    private readonly decimal _times;

    private Bound(decimal? @fixed, CompiledExpression<PeriodContext>? expression, decimal times) =>
        (Fixed, _expression, _canonical, _times) = (@fixed, expression, expression?.Canonical, times);

    /// <summary>Null where it depends on the rep or the period.</summary>
    public decimal? Fixed { get; }

    /// <summary>Of a bound that must be written down to have a meaning.</summary>
    public decimal Written => Fixed ?? throw new InvalidOperationException($"'{_expression!.Text}' needs a rep and a period.");

    /// <summary>Null where it is written down.</summary>
    internal CompiledExpression<PeriodContext>? Expression => _expression;

    /// <summary><see cref="Effort"/> of working it out.</summary>
    internal int Steps => _expression?.Steps ?? 1;

    public static implicit operator Bound(decimal at) => new(at, null, 1m);

    /// <summary>The schema of a member that holds one.</summary>
    /// <param name="limits">Of a number that is written down: <c>"exclusiveMinimum": 0, </c>.</param>
    public static string Schema(string description, string limits) =>
        $$"""{"type": ["number", "string"], {{limits}}"minLength": 1, "maxLength": 4000, "description": "{{description}} A number, or an expression over the component to date."}""";

    /// <summary>In percent where it is a number; an expression yields a ratio, as attainment is one there: 80 % is <c>80%</c> or <c>0.8</c>.</summary>
    public static Bound Percent(DocNode node, ReadContext context) => Read(node, n => context.Period(n, ExpressionKind.Number), 100m);

    /// <summary>In units of the measure of the component that is being read.</summary>
    public static Bound Measured(DocNode node, ReadContext context) =>
        Read(node, n => context.Period(n, context.Unit == MeasureUnit.Money ? ExpressionKind.Money : ExpressionKind.Number), 1m);

    /// <summary>Null when something the expression asks for is not known.</summary>
    public decimal? Of(PeriodContext period) => Fixed ?? (_expression!.Number(period) * _times);

    /// <summary>Which figure is not known; null where all are.</summary>
    internal string? WhyUnknown(PeriodContext period) => _expression is { } expression ? Unknowns.In(expression, period) : null;

    /// <summary>As part of a graph; of an expression with all it asks for.</summary>
    internal ExplainNode Explain(string name, PeriodContext period) => _expression is not { } expression ? ExplainNode.Given(name, Written)
        : _times == 1m ? FormulaNodes.Of(name, expression, period)
        : ExplainNode.Of(name, ExplainOperation.Product, FormulaNodes.Of("ratio", expression, period), ExplainNode.Given("percent", _times));

    /// <summary>What it comes to, with the expression behind it.</summary>
    public string Shown(PeriodContext period) => Fixed is not null ? ToString() : string.Create(CultureInfo.InvariantCulture, $"{Of(period):0.##########} ({_expression!.Text})");

    public bool Equals(Bound? other) => other is not null && (Fixed, _canonical, _times) == (other.Fixed, other._canonical, other._times);

    public override int GetHashCode() => HashCode.Combine(Fixed, _canonical);

    public override string ToString() => Fixed is { } at ? at.ToString(CultureInfo.InvariantCulture) : _expression!.Text;

    private static Bound Read(DocNode node, Func<DocNode, CompiledExpression<PeriodContext>?> compile, decimal times) =>
        node.IsExpression ? (compile(node) is { } expression ? new Bound(null, expression, times) : 1m) : node.AsNumber();
}
