namespace Spm.GraphQL.Language;

/// <summary>
/// The stretch of a source that a node was read from. <see cref="Start"/> is included, <see cref="End"/> is not; both are offsets in
/// UTF-8 bytes. Line and column are those of the start. A node that was made by a program has the default, which is no place.
/// </summary>
public readonly record struct SourceSpan(int Start, int End, int Line, int Column)
{
    /// <summary>Whether the node was made by a program.</summary>
    public bool IsNone => Line == 0;

    public SourceLocation Location => new(Line, Column);
}

/// <summary>A node of the syntax tree. Immutable; two nodes are equal when they are the same node.</summary>
public abstract class SyntaxNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    public abstract SyntaxKind Kind { get; }

    /// <summary>Hands every child to the visitor, in the order of the source.</summary>
    protected internal abstract void VisitChildren(SyntaxVisitor visitor);

    /// <summary>The node as GraphQL, as graphql-js prints it.</summary>
    public sealed override string ToString() => Printer.Print(this);
}

/// <summary>A name: a field, a type, an argument …</summary>
public sealed class NameNode(string value, SourceSpan span = default) : SyntaxNode(span)
{
    public string Value { get; } = value;

    public override SyntaxKind Kind => SyntaxKind.Name;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
    }
}
