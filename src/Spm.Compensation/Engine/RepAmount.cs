using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Engine;

/// <summary>
/// An amount of money in a rule: written down, or worked out of the rep and the month by an expression, as in <c>2 * rep.target_incentive / 12</c>. In a
/// rule of a component the expression may ask for its figures to date too: <c>quota * 1%</c>. Two are equal when they mean the same, so that a rule goes
/// on from version to version.
/// </summary>
public sealed record RepAmount
{
    private readonly CompiledExpression<RepMonth>? _expression;
    private readonly CompiledExpression<PeriodContext>? _ofPeriod;
    private readonly string? _canonical;

    private RepAmount(decimal? @fixed, CompiledExpression<RepMonth>? expression, CompiledExpression<PeriodContext>? ofPeriod = null) =>
        (Fixed, _expression, _ofPeriod, _canonical) = (@fixed, expression, ofPeriod, expression?.Canonical ?? ofPeriod?.Canonical);

    /// <summary>Null where it depends on the rep or the month.</summary>
    public decimal? Fixed { get; }

    /// <summary>Of an amount that must be written down to have a meaning.</summary>
    public decimal Written => Fixed ?? throw new InvalidOperationException($"'{this}' needs a rep and a month.");

    /// <summary>Null where it asks for no figure of a component.</summary>
    internal CompiledExpression<PeriodContext>? OfPeriod => _ofPeriod;

    /// <summary>The names it asks for.</summary>
    internal IEnumerable<string> Names => _expression?.Names ?? _ofPeriod?.Names ?? Enumerable.Empty<string>();

    /// <summary><see cref="Effort"/> of working it out.</summary>
    internal int Steps => _expression?.Steps ?? _ofPeriod?.Steps ?? 1;

    public static implicit operator RepAmount(decimal amount) => new(amount, null);

    /// <summary>The schema of a member that holds one.</summary>
    public static string Schema(string description) => SchemaParts.Expression($"{description} A number, or an expression over the rep and the month.");

    /// <summary>A number, or a text that is none and reads as an expression in money.</summary>
    /// <param name="scope">What the expression may ask for.</param>
    public static RepAmount Read(DocNode node, Scope<RepMonth> scope)
    {
        if (!node.IsExpression)
        {
            return node.AsNumber();
        }
        return ExpressionCompiler.Read(node, scope, ExpressionKind.Money) is { } expression ? new RepAmount(null, expression) : 1m;
    }

    /// <summary>The same in a rule of a component.</summary>
    public static RepAmount Read(DocNode node, ReadContext context) =>
        !node.IsExpression ? node.AsNumber() : context.Period(node, ExpressionKind.Money) is { } expression ? new RepAmount(null, null, expression) : 1m;

    /// <summary>Null when something the expression asks for is not known; less than nothing is nothing.</summary>
    public decimal? IfKnown(RepMonth at) => Fixed ?? NotBelowZero(_expression!.Number(at));

    /// <summary>The same for a component in a month.</summary>
    public decimal? IfKnown(PeriodContext period) => _ofPeriod is { } expression ? NotBelowZero(expression.Number(period)) : IfKnown(period.RepMonth);

    /// <summary>Which figure is not known; null where all are.</summary>
    internal string? WhyUnknown(PeriodContext period) => _ofPeriod is { } own ? Unknowns.In(own, period) : _expression is { } expression ? Unknowns.In(expression, period.RepMonth) : null;

    /// <exception cref="ExpressionException"><c>amount_unknown</c>: a rule of pay cannot wait for a figure, and nobody is paid past a limit that is not known.</exception>
    public decimal Of(RepMonth at) => IfKnown(at) ?? throw Unknown(at);

    /// <summary>The same for a component in a month.</summary>
    public decimal Of(PeriodContext period) => Fixed ?? IfKnown(period) ?? throw Unknown(period.RepMonth);

    /// <summary>As part of a graph; of an expression with all it asks for, less than nothing being nothing.</summary>
    internal ExplainNode Explain(string name, PeriodContext period) => Fixed is { } amount ? ExplainNode.Given(name, amount)
        : ExplainNode.Of(name, ExplainOperation.Greatest, _ofPeriod is { } own ? FormulaNodes.Of("amount", own, period) : FormulaNodes.Of("amount", _expression!, period.RepMonth), ExplainNode.Given("nothing", 0m));

    public bool Equals(RepAmount? other) => other is not null && Fixed == other.Fixed && _canonical == other._canonical;

    public override int GetHashCode() => HashCode.Combine(Fixed, _canonical);

    public override string ToString() => Fixed is { } amount ? amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : _expression?.Text ?? _ofPeriod!.Text;

    private static decimal? NotBelowZero(decimal? amount) => amount is { } known ? Math.Max(0m, known) : null;

    private ExpressionException Unknown(RepMonth at) =>
        new(ExpressionError.At(ToString(), 0, ExpressionCodes.AmountUnknown, $"'{this}' is not known for {at.Rep.Id} in {at.Month.Id}."));
}
