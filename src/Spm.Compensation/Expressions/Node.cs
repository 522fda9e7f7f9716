using System.Collections.Immutable;

namespace Spm.Compensation.Expressions;

/// <summary>A node of an expression's tree. Equality is that of meaning: texts that differ in blanks or needless brackets give equal trees.</summary>
public abstract record Node
{
    private protected Node()
    {
    }

    /// <summary>Where it stands in the text, from 0: an operator's own place, the first character of everything else.</summary>
    public int Offset { get; init; }

    public virtual bool Equals(Node? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>What it is made of, in order.</summary>
    public virtual ImmutableArray<Node> Parts => [];

    /// <summary>Every node of the tree, this one first.</summary>
    public IEnumerable<Node> All() => Parts.SelectMany(p => p.All()).Prepend(this);

    /// <summary>How many nodes the tree has; a lookup counts for as many as its tiers may be.</summary>
    internal int Steps
    {
        get
        {
            var steps = this is CallNode { Function: Function.Lookup } ? Lookups.Lookup.MaxTiers : 1;
            foreach (var part in Parts)
            {
                steps += part.Steps;
            }
            return steps;
        }
    }

    /// <summary>The canonical text.</summary>
    public sealed override string ToString() => Printer.Print(this);
}

/// <summary>A number without a sign: 1000, 0.25, 20 %.</summary>
public sealed record NumberLiteral : Node
{
    /// <param name="value">Not negative; of 20 % it is 0.2.</param>
    public NumberLiteral(decimal value, bool isPercent = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
        IsPercent = isPercent;
    }

    public decimal Value { get; }

    public bool IsPercent { get; }
}

public sealed record TextLiteral(string Value) : Node;

public sealed record DateLiteral(DateOnly Value) : Node;

public sealed record TruthLiteral(bool Value) : Node;

public sealed record NullLiteral : Node;

/// <summary>A name of the scope, dots included.</summary>
public sealed record NameNode(string Name) : Node;

public enum UnaryOperator : byte
{
    Negate,
    Not,
}

public sealed record UnaryNode(UnaryOperator Operator, Node Operand) : Node
{
    public override ImmutableArray<Node> Parts => [Operand];
}

public enum BinaryOperator : byte
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

public sealed record BinaryNode(BinaryOperator Operator, Node Left, Node Right) : Node
{
    public override ImmutableArray<Node> Parts => [Left, Right];
}

/// <summary>Whether the operand equals one of the items, or none of them. The items are literals; numbers among them may bear a minus.</summary>
public sealed record InNode(Node Operand, ImmutableArray<Node> Items, bool IsNegated) : Node
{
    public override ImmutableArray<Node> Parts => [Operand];

    public bool Equals(InNode? other) =>
        base.Equals(other) && IsNegated == other.IsNegated && Operand.Equals(other.Operand) && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Operand, Items.Length);
}

public sealed record ConditionalNode(Node Condition, Node Then, Node Else) : Node
{
    public override ImmutableArray<Node> Parts => [Condition, Then, Else];
}

public sealed record CallNode(Function Function, ImmutableArray<Node> Arguments) : Node
{
    public override ImmutableArray<Node> Parts => Arguments;

    public bool Equals(CallNode? other) =>
        base.Equals(other) && Function == other.Function && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Function, Arguments.Length);
}
