namespace Spm.GraphQL.Language;

/// <summary>Everything that was read from one source: operations and fragments, or the definitions of a schema.</summary>
public sealed class DocumentNode(ImmutableArray<DefinitionNode> definitions, int tokenCount = 0, SourceSpan span = default) : SyntaxNode(span)
{
    /// <summary>At least one when it was read from a source.</summary>
    public ImmutableArray<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>Tokens of the source, comments and its end not counted.</summary>
    public int TokenCount { get; } = tokenCount;

    public override SyntaxKind Kind => SyntaxKind.Document;

    protected internal override void VisitChildren(SyntaxVisitor visitor) => visitor.Visit(Definitions);
}

/// <summary>What may stand at the top of a document.</summary>
public abstract class DefinitionNode(SourceSpan span) : SyntaxNode(span);

/// <summary>An operation or a fragment: what a server executes.</summary>
public abstract class ExecutableDefinitionNode(
    StringValueNode? description,
    NameNode? name,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    SourceSpan span) : DefinitionNode(span)
{
    /// <summary>For readers of the document; it changes nothing.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Null of an anonymous operation; never of a fragment.</summary>
    public NameNode? Name { get; } = name;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

public enum OperationType : byte
{
    Query,
    Mutation,
    Subscription,
}

public static class OperationTypes
{
    /// <summary>The keyword: <c>query</c>, <c>mutation</c> or <c>subscription</c>.</summary>
    public static string Keyword(this OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };
}

public sealed class OperationDefinitionNode(
    OperationType operation,
    NameNode? name,
    ImmutableArray<VariableDefinitionNode> variableDefinitions,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    StringValueNode? description = null,
    SourceSpan span = default) : ExecutableDefinitionNode(description, name, directives, selectionSet, span)
{
    public OperationType Operation { get; } = operation;

    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; } = variableDefinitions;

    public override SyntaxKind Kind => SyntaxKind.OperationDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(VariableDefinitions);
        visitor.Visit(Directives);
        visitor.Visit(SelectionSet);
    }
}

public sealed class FragmentDefinitionNode(
    NameNode name,
    NamedTypeNode typeCondition,
    ImmutableArray<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    StringValueNode? description = null,
    SourceSpan span = default) : ExecutableDefinitionNode(description, name, directives, selectionSet, span)
{
    public new NameNode Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = typeCondition;

    public override SyntaxKind Kind => SyntaxKind.FragmentDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Name);
        visitor.Visit(TypeCondition);
        visitor.Visit(Directives);
        visitor.Visit(SelectionSet);
    }
}

public sealed class VariableDefinitionNode(
    VariableNode variable,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives,
    StringValueNode? description = null,
    SourceSpan span = default) : SyntaxNode(span)
{
    public StringValueNode? Description { get; } = description;

    public VariableNode Variable { get; } = variable;

    public TypeNode Type { get; } = type;

    /// <summary>A constant, or null.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    public override SyntaxKind Kind => SyntaxKind.VariableDefinition;

    protected internal override void VisitChildren(SyntaxVisitor visitor)
    {
        visitor.Visit(Description);
        visitor.Visit(Variable);
        visitor.Visit(Type);
        visitor.Visit(DefaultValue);
        visitor.Visit(Directives);
    }
}
