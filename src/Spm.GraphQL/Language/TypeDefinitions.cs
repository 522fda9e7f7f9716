namespace Spm.GraphQL.Language;

/// <summary>A definition of a type.</summary>
public abstract class TypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, SourceSpan span)
    : TypeSystemDefinitionNode(description, span)
{
    public NameNode Name { get; } = name;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>What the kind of type has beside description, name and directives.</summary>
    private protected abstract void VisitMembers(SyntaxVisitor visitor);

    /// <summary>The interfaces stand before the directives.</summary>
    private protected virtual void VisitInterfaces(SyntaxVisitor visitor)
    {
    }

    protected internal sealed override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        VisitInterfaces(visitor);
        visitor.Visit(Directives);
        VisitMembers(visitor);
    }
}

public sealed class ScalarTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    SourceSpan span = default) : TypeDefinitionNode(description, name, directives, span)
{
    public override SyntaxKind Kind => SyntaxKind.ScalarTypeDefinition;

    private protected override void VisitMembers(SyntaxVisitor visitor)
    {
    }
}

/// <summary>What an object and an interface have in common.</summary>
public abstract class FieldsTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span) : TypeDefinitionNode(description, name, directives, span)
{
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;

    private protected override void VisitInterfaces(SyntaxVisitor visitor) => visitor.Visit(Interfaces);

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Fields);
}

public sealed class ObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span = default) : FieldsTypeDefinitionNode(description, name, interfaces, directives, fields, span)
{
    public override SyntaxKind Kind => SyntaxKind.ObjectTypeDefinition;
}

public sealed class InterfaceTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span = default) : FieldsTypeDefinitionNode(description, name, interfaces, directives, fields, span)
{
    public override SyntaxKind Kind => SyntaxKind.InterfaceTypeDefinition;
}

public sealed class UnionTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<NamedTypeNode> types,
    SourceSpan span = default) : TypeDefinitionNode(description, name, directives, span)
{
    public ImmutableArray<NamedTypeNode> Types { get; } = types;

    public override SyntaxKind Kind => SyntaxKind.UnionTypeDefinition;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Types);
}

public sealed class EnumTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<EnumValueDefinitionNode> values,
    SourceSpan span = default) : TypeDefinitionNode(description, name, directives, span)
{
    public ImmutableArray<EnumValueDefinitionNode> Values { get; } = values;

    public override SyntaxKind Kind => SyntaxKind.EnumTypeDefinition;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Values);
}

public sealed class InputObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<InputValueDefinitionNode> fields,
    SourceSpan span = default) : TypeDefinitionNode(description, name, directives, span)
{
    public ImmutableArray<InputValueDefinitionNode> Fields { get; } = fields;

    public override SyntaxKind Kind => SyntaxKind.InputObjectTypeDefinition;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Fields);
}
