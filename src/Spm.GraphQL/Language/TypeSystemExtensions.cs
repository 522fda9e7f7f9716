namespace Spm.GraphQL.Language;

/// <summary>An addition to a schema or type that is defined elsewhere: <c>extend …</c>.</summary>
public abstract class TypeSystemExtensionNode(ImmutableArray<DirectiveNode> directives, SourceSpan span) : DefinitionNode(span)
{
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

public sealed class SchemaExtensionNode(
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<OperationTypeDefinitionNode> operationTypes,
    SourceSpan span = default) : TypeSystemExtensionNode(directives, span)
{
    public ImmutableArray<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;

    public override SyntaxKind Kind => SyntaxKind.SchemaExtension;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Directives);
        visitor.Visit(OperationTypes);
    }
}

/// <summary>An addition to a type.</summary>
public abstract class TypeExtensionNode(NameNode name, ImmutableArray<DirectiveNode> directives, SourceSpan span)
    : TypeSystemExtensionNode(directives, span)
{
    public NameNode Name { get; } = name;

    private protected abstract void VisitMembers(SyntaxVisitor visitor);

    private protected virtual void VisitInterfaces(SyntaxVisitor visitor)
    {
    }

    protected internal sealed override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Name);
        VisitInterfaces(visitor);
        visitor.Visit(Directives);
        VisitMembers(visitor);
    }
}

public sealed class ScalarTypeExtensionNode(NameNode name, ImmutableArray<DirectiveNode> directives, SourceSpan span = default)
    : TypeExtensionNode(name, directives, span)
{
    public override SyntaxKind Kind => SyntaxKind.ScalarTypeExtension;

    private protected override void VisitMembers(SyntaxVisitor visitor)
    {
    }
}

/// <summary>What the extensions of an object and of an interface have in common.</summary>
public abstract class FieldsTypeExtensionNode(
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span) : TypeExtensionNode(name, directives, span)
{
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;

    private protected override void VisitInterfaces(SyntaxVisitor visitor) => visitor.Visit(Interfaces);

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Fields);
}

public sealed class ObjectTypeExtensionNode(
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span = default) : FieldsTypeExtensionNode(name, interfaces, directives, fields, span)
{
    public override SyntaxKind Kind => SyntaxKind.ObjectTypeExtension;
}

public sealed class InterfaceTypeExtensionNode(
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields,
    SourceSpan span = default) : FieldsTypeExtensionNode(name, interfaces, directives, fields, span)
{
    public override SyntaxKind Kind => SyntaxKind.InterfaceTypeExtension;
}

public sealed class UnionTypeExtensionNode(
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<NamedTypeNode> types,
    SourceSpan span = default) : TypeExtensionNode(name, directives, span)
{
    public ImmutableArray<NamedTypeNode> Types { get; } = types;

    public override SyntaxKind Kind => SyntaxKind.UnionTypeExtension;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Types);
}

public sealed class EnumTypeExtensionNode(
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<EnumValueDefinitionNode> values,
    SourceSpan span = default) : TypeExtensionNode(name, directives, span)
{
    public ImmutableArray<EnumValueDefinitionNode> Values { get; } = values;

    public override SyntaxKind Kind => SyntaxKind.EnumTypeExtension;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Values);
}

public sealed class InputObjectTypeExtensionNode(
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<InputValueDefinitionNode> fields,
    SourceSpan span = default) : TypeExtensionNode(name, directives, span)
{
    public ImmutableArray<InputValueDefinitionNode> Fields { get; } = fields;

    public override SyntaxKind Kind => SyntaxKind.InputObjectTypeExtension;

    private protected override void VisitMembers(SyntaxVisitor visitor) => visitor.Visit(Fields);
}
