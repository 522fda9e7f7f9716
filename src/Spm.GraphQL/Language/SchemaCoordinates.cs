namespace Spm.GraphQL.Language;

/// <summary>The address of an element of a schema, such as <c>Query.user(id:)</c> or <c>@include</c>.</summary>
public abstract class SchemaCoordinateNode(NameNode name, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>The type or directive.</summary>
    public NameNode Name { get; } = name;
}

/// <summary><c>User</c>.</summary>
public sealed class TypeCoordinateNode(NameNode name, SourceSpan span = default) : SchemaCoordinateNode(name, span)
{
    public override SyntaxKind Kind => SyntaxKind.TypeCoordinate;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Name);
}

/// <summary><c>User.name</c>: a field, an input field or an enum value.</summary>
public sealed class MemberCoordinateNode(NameNode name, NameNode memberName, SourceSpan span = default) : SchemaCoordinateNode(name, span)
{
    public NameNode MemberName { get; } = memberName;

    public override SyntaxKind Kind => SyntaxKind.MemberCoordinate;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(MemberName);
    }
}

/// <summary><c>Query.user(id:)</c>.</summary>
public sealed class ArgumentCoordinateNode(NameNode name, NameNode fieldName, NameNode argumentName, SourceSpan span = default)
    : SchemaCoordinateNode(name, span)
{
    public NameNode FieldName { get; } = fieldName;

    public NameNode ArgumentName { get; } = argumentName;

    public override SyntaxKind Kind => SyntaxKind.ArgumentCoordinate;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(FieldName);
        visitor.Visit(ArgumentName);
    }
}

/// <summary><c>@include</c>.</summary>
public sealed class DirectiveCoordinateNode(NameNode name, SourceSpan span = default) : SchemaCoordinateNode(name, span)
{
    public override SyntaxKind Kind => SyntaxKind.DirectiveCoordinate;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Name);
}

/// <summary><c>@include(if:)</c>.</summary>
public sealed class DirectiveArgumentCoordinateNode(NameNode name, NameNode argumentName, SourceSpan span = default)
    : SchemaCoordinateNode(name, span)
{
    public NameNode ArgumentName { get; } = argumentName;

    public override SyntaxKind Kind => SyntaxKind.DirectiveArgumentCoordinate;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        visitor.Visit(ArgumentName);
    }
}
