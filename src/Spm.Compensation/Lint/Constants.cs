using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>A figure of a plan that is held against a constant: <c>attainment &gt; 80%</c>, an edge of a matrix, the tier of a multiplier.</summary>
/// <param name="Figure">What is compared.</param>
/// <param name="At">In units of the figure: an attainment of 80 % is 0.8.</param>
/// <param name="Text">As the plan has it.</param>
public readonly record struct Comparison(Node Figure, decimal At, string Text);

/// <summary>Finds the constants that the expressions, matrices and multipliers of a component compare with.</summary>
internal static class Constants
{
    public static IEnumerable<Comparison> Of(ComponentRule component) => OfEarning(component.Earning).Concat(component.Stages.SelectMany(OfStage));

    private static IEnumerable<Comparison> OfEarning(Earning earning) => earning switch
    {
        FormulaEarning formula => In(formula.Formula.Tree),
        DealFormulaEarning formula => In(formula.Formula.Tree),
        MatrixEarning matrix => Axis(matrix.Rows, matrix.Matrix.Rows.At).Concat(Axis(matrix.Columns, matrix.Matrix.Columns.At)),
        _ => [],
    };

    /// <summary>The credited amount at which a figure has a value, where it is the component's own and grows along with what is credited; else null.</summary>
    /// <param name="quota">Of the component.</param>
    public static decimal? Credited(Node figure, decimal at, decimal quota) => figure switch
    {
        NameNode { Name: "to_date" or "measured" or "month" or "amount" or "margin" or "counted" } => at,
        NameNode { Name: "attainment" } => at * quota,
        UnaryNode { Operator: UnaryOperator.Negate } negative => Credited(negative.Operand, -at, quota),
        BinaryNode { Operator: BinaryOperator.Multiply } b when Literal(b.Right) is { } k and not 0m => Credited(b.Left, at / k, quota),
        BinaryNode { Operator: BinaryOperator.Multiply } b when Literal(b.Left) is { } k and not 0m => Credited(b.Right, at / k, quota),
        BinaryNode { Operator: BinaryOperator.Divide, Right: NameNode { Name: "quota" } } b => Credited(b.Left, at * quota, quota),
        BinaryNode { Operator: BinaryOperator.Divide } b when Literal(b.Right) is { } k => Credited(b.Left, at * k, quota),
        BinaryNode { Operator: BinaryOperator.Add } b when Literal(b.Right) is { } k => Credited(b.Left, at - k, quota),
        BinaryNode { Operator: BinaryOperator.Subtract } b when Literal(b.Right) is { } k => Credited(b.Left, at + k, quota),
        _ => null,
    };

    /// <summary>A number with its sign; null for what is no literal.</summary>
    public static decimal? Literal(Node node) => node switch
    {
        NumberLiteral number => number.Value,
        UnaryNode { Operator: UnaryOperator.Negate } negative => -Literal(negative.Operand),
        _ => null,
    };

    private static IEnumerable<Comparison> OfStage(EarningStage stage) => stage switch
    {
        GateStage { When: { } when } => In(when.Tree),
        MultiplierStage multiplier => Axis(multiplier.Figure, multiplier.Multiplier.Percents.Tiers.Select(t => t.From).OfType<decimal>()),
        _ => [],
    };

    private static IEnumerable<Comparison> Axis(CompiledExpression<PeriodContext> figure, IEnumerable<decimal> edges) =>
        edges.Select(at => new Comparison(figure.Tree, at, FormattableString.Invariant($"{figure.Text} at {at}")));

    /// <summary>Comparisons with a literal, wherever they stand in an expression. The lesser of a figure and a literal is one too: there it stops to grow.</summary>
    private static IEnumerable<Comparison> In(Node node)
    {
        var own = node switch
        {
            BinaryNode { Operator: >= BinaryOperator.Equal and < BinaryOperator.Add } b when Literal(b.Right) is { } at => [new Comparison(b.Left, at, b.ToString())],
            BinaryNode { Operator: >= BinaryOperator.Equal and < BinaryOperator.Add } b when Literal(b.Left) is { } at => [new Comparison(b.Right, at, b.ToString())],
            // One side is a figure times a number of the plan: to_date > quota * 80 %.
            BinaryNode { Operator: >= BinaryOperator.Equal and < BinaryOperator.Add } b when OfQuota(b.Right) is { } part => [new Comparison(new BinaryNode(BinaryOperator.Divide, b.Left, new NameNode("quota")), part, b.ToString())],
            BinaryNode { Operator: >= BinaryOperator.Equal and < BinaryOperator.Add } b when OfQuota(b.Left) is { } part => [new Comparison(new BinaryNode(BinaryOperator.Divide, b.Right, new NameNode("quota")), part, b.ToString())],
            CallNode { Function: Function.Min or Function.Max or Function.Clamp } call => Bounds(call),
            _ => Enumerable.Empty<Comparison>(),
        };
        return own.Concat(node.Parts.SelectMany(In));
    }

    private static IEnumerable<Comparison> Bounds(CallNode call) =>
        from figure in call.Arguments
        where Literal(figure) is null
        from bound in call.Arguments
        where Literal(bound) is not null
        select new Comparison(figure, Literal(bound)!.Value, call.ToString());

    private static decimal? OfQuota(Node node) => node switch
    {
        NameNode { Name: "quota" } => 1m,
        BinaryNode { Operator: BinaryOperator.Multiply, Left: NameNode { Name: "quota" } } b => Literal(b.Right),
        BinaryNode { Operator: BinaryOperator.Multiply, Right: NameNode { Name: "quota" } } b => Literal(b.Left),
        _ => null,
    };
}
