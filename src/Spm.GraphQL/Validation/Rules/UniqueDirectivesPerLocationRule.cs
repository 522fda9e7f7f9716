using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.7.3: a directive that is not repeatable stands once in a place. A schema or type and its extensions are one place.</summary>
internal sealed class UniqueDirectivesPerLocationRule : ValidationRule
{
    private static readonly ImmutableArray<SyntaxKind> WithDirectives =
    [
        SyntaxKind.OperationDefinition, SyntaxKind.FragmentDefinition, SyntaxKind.VariableDefinition, SyntaxKind.Field, SyntaxKind.FragmentSpread,
        SyntaxKind.InlineFragment, SyntaxKind.SchemaDefinition, SyntaxKind.SchemaExtension, SyntaxKind.ScalarTypeDefinition,
        SyntaxKind.ScalarTypeExtension, SyntaxKind.ObjectTypeDefinition, SyntaxKind.ObjectTypeExtension, SyntaxKind.InterfaceTypeDefinition,
        SyntaxKind.InterfaceTypeExtension, SyntaxKind.UnionTypeDefinition, SyntaxKind.UnionTypeExtension, SyntaxKind.EnumTypeDefinition,
        SyntaxKind.EnumTypeExtension, SyntaxKind.InputObjectTypeDefinition, SyntaxKind.InputObjectTypeExtension, SyntaxKind.FieldDefinition,
        SyntaxKind.InputValueDefinition, SyntaxKind.EnumValueDefinition,
    ];

    private readonly Dictionary<string, DirectiveNode> _onSchema = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, DirectiveNode>> _onTypes = new(StringComparer.Ordinal);

    public override void Listen(ValidationContext context, RuleListeners on)
    {
        foreach (var kind in WithDirectives)
        {
            on.Enter<SyntaxNode>(kind, node => Check(context, node));
        }
    }

    private void Check(ValidationContext context, SyntaxNode node)
    {
        var (directives, first) = node switch
        {
            SelectionNode selection => (selection.Directives, null),
            ExecutableDefinitionNode definition => (definition.Directives, null),
            VariableDefinitionNode variable => (variable.Directives, null),
            FieldDefinitionNode field => (field.Directives, null),
            InputValueDefinitionNode value => (value.Directives, null),
            EnumValueDefinitionNode value => (value.Directives, null),
            SchemaDefinitionNode schema => (schema.Directives, _onSchema),
            SchemaExtensionNode schema => (schema.Directives, _onSchema),
            TypeDefinitionNode type => (type.Directives, OnType(type.Name)),
            TypeExtensionNode type => (type.Directives, OnType(type.Name)),
            _ => (ImmutableArray<DirectiveNode>.Empty, null),
        };
        if (directives.Length > (first is null ? 1 : 0))
        {
            Check(context, directives, first ?? new(StringComparer.Ordinal));
        }
    }

    private Dictionary<string, DirectiveNode> OnType(NameNode name)
    {
        if (!_onTypes.TryGetValue(name.Value, out var directives))
        {
            _onTypes.Add(name.Value, directives = new(StringComparer.Ordinal));
        }
        return directives;
    }

    private static void Check(ValidationContext context, ImmutableArray<DirectiveNode> directives, Dictionary<string, DirectiveNode> first)
    {
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (context.Directives.Find(name) is { IsRepeatable: false } && !first.TryAdd(name, directive))
            {
                context.Report($"The directive \"@{name}\" can only be used once at this location.", first[name], directive);
            }
        }
    }
}
