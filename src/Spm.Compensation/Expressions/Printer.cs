using System.Globalization;

namespace Spm.Compensation.Expressions;

/// <summary>Writes a tree as text, with every bracket that its meaning needs. What it writes reads back as the same tree.</summary>
internal static class Printer
{
    private static readonly string[] Operators = ["or", "and", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/"];

    public static string Symbol(BinaryOperator @operator) => Operators[(int)@operator];

    public static string Print(Node node) => node switch
    {
        NumberLiteral { IsPercent: true } n => (n.Value * 100m).ToString("0.############################", CultureInfo.InvariantCulture) + "%",
        NumberLiteral n => n.Value.ToString("0.############################", CultureInfo.InvariantCulture),
        TextLiteral t => $"'{t.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        DateLiteral d => $"date('{d.Value:yyyy-MM-dd}')",
        TruthLiteral t => t.Value ? "true" : "false",
        NullLiteral => "null",
        NameNode n => n.Name,
        UnaryNode { Operator: UnaryOperator.Not } u => $"not {Inside(u.Operand, 3)}",
        UnaryNode u => $"-{Inside(u.Operand, 7)}",
        BinaryNode b => $"{Inside(b.Left, Rank(b) + (Rank(b) == 4 ? 1 : 0))} {Symbol(b.Operator)} {Inside(b.Right, Rank(b) + 1)}",
        InNode i => $"{Inside(i.Operand, 5)} {(i.IsNegated ? "not in" : "in")} ({string.Join(", ", i.Items.Select(Print))})",
        ConditionalNode c => $"if({Print(c.Condition)}, {Print(c.Then)}, {Print(c.Else)})",
        CallNode c => $"{Functions.Name(c.Function)}({string.Join(", ", c.Arguments.Select(Print))})",
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no text."),
    };

    private static string Inside(Node node, int least) => Rank(node) < least ? $"({Print(node)})" : Print(node);

    /// <summary>How tightly it binds.</summary>
    private static int Rank(Node node) => node switch
    {
        BinaryNode { Operator: BinaryOperator.Or } => 1,
        BinaryNode { Operator: BinaryOperator.And } => 2,
        UnaryNode { Operator: UnaryOperator.Not } => 3,
        BinaryNode { Operator: < BinaryOperator.Add } or InNode => 4,
        BinaryNode { Operator: BinaryOperator.Add or BinaryOperator.Subtract } => 5,
        BinaryNode => 6,
        UnaryNode => 7,
        _ => 8,
    };
}
