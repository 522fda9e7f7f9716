using Spm.Compensation.Documents;
using Spm.Compensation.Expressions;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Engine;

/// <summary>
/// An amount of money in a rule: written down, or worked out of the rep and the month by an expression, as in <c>2 * rep.target_incentive / 12</c>. Two are
/// equal when they mean the same, so that a rule goes on from version to version.
/// </summary>
public sealed record RepAmount
{
    private readonly CompiledExpression<RepMonth>? _expression;
    private readonly string? _canonical;

    private RepAmount(decimal? @fixed, CompiledExpression<RepMonth>? expression) => (Fixed, _expression, _canonical) = (@fixed, expression, expression?.Canonical);

    /// <summary>Null where it depends on the rep or the month.</summary>
    public decimal? Fixed { get; }

    /// <summary>Of an amount that must be written down to have a meaning.</summary>
    public decimal Written => Fixed ?? throw new InvalidOperationException($"'{_expression!.Text}' needs a rep and a month.");

    public static implicit operator RepAmount(decimal amount) => new(amount, null);

    /// <summary>The schema of a member that holds one.</summary>
    public static string Schema(string description) => SchemaParts.Expression($"{description} A number, or an expression over the rep and the month.");

    /// <summary>A number, or a text that is none and reads as an expression in money.</summary>
    /// <param name="scope">What the expression may ask for.</param>
    public static RepAmount Read(DocNode node, Scope<RepMonth> scope)
    {
        if (node.Kind != DocKind.Text || decimal.TryParse(node.Scalar, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            return node.AsNumber();
        }
        return ExpressionCompiler.Read(node, scope, ExpressionKind.Money) is { } expression ? new RepAmount(null, expression) : 1m;
    }

    /// <summary>Null when something the expression asks for is not known; less than nothing is nothing.</summary>
    public decimal? IfKnown(RepMonth at) => Fixed ?? (_expression!.Number(at) is { } amount ? Math.Max(0m, amount) : null);

    /// <exception cref="ExpressionException"><c>amount_unknown</c>: a rule of pay cannot wait for a figure, and nobody is paid past a limit that is not known.</exception>
    public decimal Of(RepMonth at) => IfKnown(at) ?? throw new ExpressionException(ExpressionError.At(
        _expression!.Text, 0, ExpressionCodes.AmountUnknown, $"'{_expression.Text}' is not known for {at.Rep.Id} in {at.Month.Id}."));

    public bool Equals(RepAmount? other) => other is not null && Fixed == other.Fixed && _canonical == other._canonical;

    public override int GetHashCode() => HashCode.Combine(Fixed, _canonical);

    public override string ToString() => Fixed is { } amount ? amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : _expression!.Text;
}
