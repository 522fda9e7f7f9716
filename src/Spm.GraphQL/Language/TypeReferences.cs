namespace Spm.GraphQL.Language;

/// <summary>A reference to a type: <c>User</c>, <c>[User]</c>, <c>User!</c>.</summary>
public abstract class TypeNode(SourceSpan span) : SyntaxNode(span)
{
    /// <summary>The type without lists and non-nulls around it.</summary>
    public NamedTypeNode Named
    {
        get
        {
            var type = this;
            while (type is not NamedTypeNode)
            {
                type = type is ListTypeNode list ? list.Type : ((NonNullTypeNode)type).Type;
            }
            return (NamedTypeNode)type;
        }
    }

    /// <summary>Reads <c>[User!]!</c>.</summary>
    /// <exception cref="GraphQLException">It is not a type reference.</exception>
    public static TypeNode Parse(string text) => Parser.ParseType(text);
}

public sealed class NamedTypeNode(NameNode name, SourceSpan span = default) : TypeNode(span)
{
    public NamedTypeNode(string name)
        : this(new NameNode(name))
    {
    }

    public NameNode Name { get; } = name;

    public override SyntaxKind Kind => SyntaxKind.NamedType;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Name);
}

public sealed class ListTypeNode(TypeNode type, SourceSpan span = default) : TypeNode(span)
{
    public TypeNode Type { get; } = type;

    public override SyntaxKind Kind => SyntaxKind.ListType;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Type);
}

public sealed class NonNullTypeNode : TypeNode
{
    /// <param name="type">Not a non-null itself.</param>
    public NonNullTypeNode(TypeNode type, SourceSpan span = default)
        : base(span)
    {
        Type = type is NonNullTypeNode ? throw new ArgumentException("A non-null type is not made non-null again.", nameof(type)) : type;
    }

    public TypeNode Type { get; }

    public override SyntaxKind Kind => SyntaxKind.NonNullType;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Type);
}
