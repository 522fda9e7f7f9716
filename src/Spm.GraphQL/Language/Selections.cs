namespace Spm.GraphQL.Language;

public sealed class SelectionSetNode(ImmutableArray<SelectionNode> selections, SourceSpan span = default) : SyntaxNode(span)
{
    /// <summary>At least one when it was read from a source.</summary>
    public ImmutableArray<SelectionNode> Selections { get; } = selections;

    public override SyntaxKind Kind => SyntaxKind.SelectionSet;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Selections);
}

/// <summary>A field, a fragment spread or an inline fragment.</summary>
public abstract class SelectionNode(ImmutableArray<DirectiveNode> directives, SourceSpan span) : SyntaxNode(span)
{
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

public sealed class FieldNode(
    NameNode? alias,
    NameNode name,
    ImmutableArray<ArgumentNode> arguments,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode? selectionSet,
    SourceSpan span = default) : SelectionNode(directives, span)
{
    public NameNode? Alias { get; } = alias;

    public NameNode Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>Null of a leaf.</summary>
    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The key under which the response carries the field: its alias, or else its name.</summary>
    public string ResponseName => (Alias ?? Name).Value;

    public override SyntaxKind Kind => SyntaxKind.Field;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Alias);
        visitor.Visit(Name);
        visitor.Visit(Arguments);
        visitor.Visit(Directives);
        visitor.Visit(SelectionSet);
    }
}

public sealed class FragmentSpreadNode(NameNode name, ImmutableArray<DirectiveNode> directives, SourceSpan span = default)
    : SelectionNode(directives, span)
{
    public NameNode Name { get; } = name;

    public override SyntaxKind Kind => SyntaxKind.FragmentSpread;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(Directives);
    }
}

public sealed class InlineFragmentNode(
    NamedTypeNode? typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    SourceSpan span = default) : SelectionNode(directives, span)
{
    /// <summary>Null when it applies to whatever type it stands in.</summary>
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    public SelectionSetNode SelectionSet { get; } = selectionSet;

    public override SyntaxKind Kind => SyntaxKind.InlineFragment;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(TypeCondition);
        visitor.Visit(Directives);
        visitor.Visit(SelectionSet);
    }
}

public sealed class ArgumentNode(NameNode name, ValueNode value, SourceSpan span = default) : SyntaxNode(span)
{
    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.Argument;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(Value);
    }
}

public sealed class DirectiveNode(NameNode name, ImmutableArray<ArgumentNode> arguments, SourceSpan span = default) : SyntaxNode(span)
{
    public NameNode Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    public override SyntaxKind Kind => SyntaxKind.Directive;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(Arguments);
    }
}
