using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>
/// A figure of a plan that is held against a bound: <c>attainment &gt; 80%</c>, a tier of a lookup, an edge of a matrix, the tier of a multiplier. Where
/// both sides are figures it is their difference that is held against zero.
/// </summary>
/// <param name="Figure">What is compared.</param>
/// <param name="At">In units of the figure: an attainment of 80 % is 0.8.</param>
/// <param name="Text">As the plan has it.</param>
/// <param name="Value">The figure as it stands in a period.</param>
internal readonly record struct Comparison(Node Figure, decimal At, string Text, Func<PeriodContext, decimal?> Value);

/// <summary>Finds whatever the expressions, matrices and multipliers of a component compare with.</summary>
internal static class Constants
{
    public static IEnumerable<Comparison> Of(ComponentRule component)
    {
        foreach (var formula in Formula.Of(component))
        {
            IEnumerable<decimal> edges = component.Earning switch
            {
                MatrixEarning matrix when ReferenceEquals(formula.Tree, matrix.Rows.Tree) => matrix.Matrix.Rows.At,
                MatrixEarning matrix when ReferenceEquals(formula.Tree, matrix.Columns.Tree) => matrix.Matrix.Columns.At,
                DealMatrixEarning matrix when ReferenceEquals(formula.Tree, matrix.Rows.Tree) => matrix.Matrix.Rows.At,
                DealMatrixEarning matrix when ReferenceEquals(formula.Tree, matrix.Columns.Tree) => matrix.Matrix.Columns.At,
                _ => component.Stages.OfType<MultiplierStage>().Where(m => ReferenceEquals(m.Figure.Tree, formula.Tree)).SelectMany(EdgesOf),
            };
            var own = edges.Select(at => (formula.Tree, at, FormattableString.Invariant($"{formula.Text} at {at:0.##########}")));
            foreach (var (figure, at, text) in own.Concat(In(formula, formula.Tree)))
            {
                // Texts and dates are compared too: they do not grow along with what is credited.
                if (formula.Part(figure) is { } value)
                {
                    yield return new Comparison(figure, at, text, value);
                }
            }
        }
    }

    /// <summary>The credited amount at which a figure has a value, where all is credited in one month and the figure grows along with it in a simple way; else null.</summary>
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

    private static IEnumerable<decimal> EdgesOf(MultiplierStage multiplier) =>
        multiplier.Multiplier.Percents.Tiers.SelectMany(t => new[] { t.From, t.To }).OfType<decimal>().Distinct();

    /// <summary>What figures are held against, wherever that stands in an expression. The lesser of a figure and a bound is one too: there it stops to grow.</summary>
    private static IEnumerable<(Node Figure, decimal At, string Text)> In(Formula formula, Node node)
    {
        var own = node switch
        {
            BinaryNode { Operator: >= BinaryOperator.Equal and < BinaryOperator.Add } b => [Between(b.Left, b.Right, b.ToString())],
            InNode i => i.Items.Select(Literal).OfType<decimal>().Select(at => (i.Operand, at, i.ToString())),
            CallNode { Function: Function.Min or Function.Max } call => call.Arguments.SelectMany((a, i) => call.Arguments.Skip(i + 1).Select(b => Between(a, b, call.ToString()))),
            CallNode { Function: Function.Clamp } call => call.Arguments.Skip(1).Select(b => Between(call.Arguments[0], b, call.ToString())),
            CallNode { Function: Function.Abs } call => [(call.Arguments[0], 0m, call.ToString())],
            CallNode { Function: Function.Lookup } call when call.Arguments[0] is TextLiteral { Value: var id } && formula.Table(id) is { } table =>
                table.Bounds.Select(at => (call.Arguments[1], at, FormattableString.Invariant($"{call} at {at:0.##########}"))),
            CallNode { Function: Function.Floor or Function.Ceil or Function.Round or Function.RoundHalfUp or Function.RoundUp or Function.RoundDown } call =>
                FirstSteps(call).Select(at => (call.Arguments[0], at, call.ToString())),
            _ => Enumerable.Empty<(Node, decimal, string)>(),
        };
        return own.Concat(node.Parts.SelectMany(p => In(formula, p)));
    }

    private static (Node Figure, decimal At, string Text) Between(Node left, Node right, string text) =>
        Literal(right) is { } at ? (left, at, text)
        : Literal(left) is { } of ? (right, of, text)
        // One side is a part of the quota: to_date > quota * 80 %.
        : OfQuota(right) is { } part ? (new BinaryNode(BinaryOperator.Divide, left, new NameNode("quota")), part, text)
        : OfQuota(left) is { } share ? (new BinaryNode(BinaryOperator.Divide, right, new NameNode("quota")), share, text)
        : (new BinaryNode(BinaryOperator.Subtract, left, right), 0m, text);

    /// <summary>A figure that is rounded has steps without an end, one like the other: the first and the tenth speak for all.</summary>
    private static IEnumerable<decimal> FirstSteps(CallNode call)
    {
        var unit = 1m;
        for (var d = call.Arguments.Length > 1 ? Literal(call.Arguments[1]) ?? 0m : 0m; d > 0m; d--)
        {
            unit /= 10m;
        }
        var half = call.Function is Function.Round or Function.RoundHalfUp ? unit / 2m : 0m;
        return [unit - half, (10m * unit) - half];
    }

    private static decimal? OfQuota(Node node) => node switch
    {
        NameNode { Name: "quota" } => 1m,
        BinaryNode { Operator: BinaryOperator.Multiply, Left: NameNode { Name: "quota" } } b => Literal(b.Right),
        BinaryNode { Operator: BinaryOperator.Multiply, Right: NameNode { Name: "quota" } } b => Literal(b.Left),
        _ => null,
    };
}
