namespace Spm.GraphQL.Language;

/// <summary>A definition of a schema: the schema itself, a type or a directive. Extensions are <see cref="TypeSystemExtensionNode"/>s.</summary>
public abstract class TypeSystemDefinitionNode(StringValueNode? description, SourceSpan span) : DefinitionNode(span)
{
    public StringValueNode? Description { get; } = description;
}

public sealed class SchemaDefinitionNode(
    StringValueNode? description,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<OperationTypeDefinitionNode> operationTypes,
    SourceSpan span = default) : TypeSystemDefinitionNode(description, span)
{
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public ImmutableArray<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;

    public override SyntaxKind Kind => SyntaxKind.SchemaDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Directives);
        visitor.Visit(OperationTypes);
    }
}

/// <summary><c>query: Query</c> within a schema.</summary>
public sealed class OperationTypeDefinitionNode(OperationType operation, NamedTypeNode type, SourceSpan span = default) : SyntaxNode(span)
{
    public OperationType Operation { get; } = operation;

    public NamedTypeNode Type { get; } = type;

    public override SyntaxKind Kind => SyntaxKind.OperationTypeDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Type);
}

/// <summary><c>directive @name(…) repeatable on …</c>.</summary>
public sealed class DirectiveDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    bool repeatable,
    ImmutableArray<NameNode> locations,
    SourceSpan span = default) : TypeSystemDefinitionNode(description, span)
{
    public NameNode Name { get; } = name;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    public bool Repeatable { get; } = repeatable;

    /// <summary>Each the name of a location of the specification.</summary>
    public ImmutableArray<NameNode> Locations { get; } = locations;

    public override SyntaxKind Kind => SyntaxKind.DirectiveDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(Arguments);
        visitor.Visit(Locations);
    }
}

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
public sealed class InputValueDefinitionNode(
    StringValueNode? description,
    NameNode name,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives,
    SourceSpan span = default) : SyntaxNode(span)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public override SyntaxKind Kind => SyntaxKind.InputValueDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(Type);
        visitor.Visit(DefaultValue);
        visitor.Visit(Directives);
    }
}

/// <summary>A field of an object or interface.</summary>
public sealed class FieldDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    TypeNode type,
    ImmutableArray<DirectiveNode> directives,
    SourceSpan span = default) : SyntaxNode(span)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    public TypeNode Type { get; } = type;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public override SyntaxKind Kind => SyntaxKind.FieldDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(Arguments);
        visitor.Visit(Type);
        visitor.Visit(Directives);
    }
}

public sealed class EnumValueDefinitionNode(
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    SourceSpan span = default) : SyntaxNode(span)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public override SyntaxKind Kind => SyntaxKind.EnumValueDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(Directives);
    }
}
