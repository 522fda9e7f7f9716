namespace Spm.GraphQL.Language;

/// <summary>A value as it is written in a document.</summary>
public abstract class ValueNode(SourceSpan span) : SyntaxNode(span);

public sealed class VariableNode(NameNode name, SourceSpan span = default) : ValueNode(span)
{
    /// <summary>Without the dollar sign.</summary>
    public NameNode Name { get; } = name;

    public override SyntaxKind Kind => SyntaxKind.Variable;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Name);
}

/// <summary>A value without values inside.</summary>
public abstract class ScalarValueNode(SourceSpan span) : ValueNode(span)
{
    protected internal sealed override void VisitChildren(SyntaxVisitor visitor)
    {
    }
}

public sealed class IntValueNode(string value, SourceSpan span = default) : ScalarValueNode(span)
{
    /// <summary>The digits as they are written, of any length.</summary>
    public string Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.IntValue;
}

public sealed class FloatValueNode(string value, SourceSpan span = default) : ScalarValueNode(span)
{
    /// <summary>The number as it is written.</summary>
    public string Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.FloatValue;
}

public sealed class StringValueNode(string value, bool block = false, SourceSpan span = default) : ScalarValueNode(span)
{
    /// <summary>The text that is meant: escapes resolved, a block string's indentation taken away.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it is written as a block string, between triple quotes.</summary>
    public bool Block { get; } = block;

    public override SyntaxKind Kind => SyntaxKind.StringValue;
}

public sealed class BooleanValueNode(bool value, SourceSpan span = default) : ScalarValueNode(span)
{
    public bool Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.BooleanValue;
}

public sealed class NullValueNode(SourceSpan span = default) : ScalarValueNode(span)
{
    public override SyntaxKind Kind => SyntaxKind.NullValue;
}

public sealed class EnumValueNode(string value, SourceSpan span = default) : ScalarValueNode(span)
{
    public string Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.EnumValue;
}

public sealed class ListValueNode(ImmutableArray<ValueNode> values, SourceSpan span = default) : ValueNode(span)
{
    public ImmutableArray<ValueNode> Values { get; } = values;

    public override SyntaxKind Kind => SyntaxKind.ListValue;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Values);
}

public sealed class ObjectValueNode(ImmutableArray<ObjectFieldNode> fields, SourceSpan span = default) : ValueNode(span)
{
    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;

    public override SyntaxKind Kind => SyntaxKind.ObjectValue;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Fields);
}

public sealed class ObjectFieldNode(NameNode name, ValueNode value, SourceSpan span = default) : SyntaxNode(span)
{
    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.ObjectField;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(Value);
    }
}
