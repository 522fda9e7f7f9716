using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.7.1 and 5.7.2: a directive is defined, and for the place where it stands.</summary>
internal sealed class KnownDirectivesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DirectiveNode>(SyntaxKind.Directive, directive =>
    {
        var name = directive.Name.Value;
        if (context.Directives.Find(name) is not { } known)
        {
            context.Report($"Unknown directive \"@{name}\".", directive);
            return;
        }
        var location = LocationOf(context.Ancestors).Name();
        if (!known.Locations.Contains(location))
        {
            context.Report($"Directive \"@{name}\" may not be used on {location}.", directive);
        }
    });

    private static DirectiveLocation LocationOf(List<SyntaxNode> ancestors) => ancestors[^1] switch
    {
        OperationDefinitionNode { Operation: OperationType.Query } => DirectiveLocation.Query,
        OperationDefinitionNode { Operation: OperationType.Mutation } => DirectiveLocation.Mutation,
        OperationDefinitionNode => DirectiveLocation.Subscription,
        FieldNode => DirectiveLocation.Field,
        FragmentSpreadNode => DirectiveLocation.FragmentSpread,
        InlineFragmentNode => DirectiveLocation.InlineFragment,
        FragmentDefinitionNode => DirectiveLocation.FragmentDefinition,
        VariableDefinitionNode => DirectiveLocation.VariableDefinition,
        SchemaDefinitionNode or SchemaExtensionNode => DirectiveLocation.Schema,
        ScalarTypeDefinitionNode or ScalarTypeExtensionNode => DirectiveLocation.Scalar,
        ObjectTypeDefinitionNode or ObjectTypeExtensionNode => DirectiveLocation.Object,
        FieldDefinitionNode => DirectiveLocation.FieldDefinition,
        InterfaceTypeDefinitionNode or InterfaceTypeExtensionNode => DirectiveLocation.Interface,
        UnionTypeDefinitionNode or UnionTypeExtensionNode => DirectiveLocation.Union,
        EnumTypeDefinitionNode or EnumTypeExtensionNode => DirectiveLocation.Enum,
        EnumValueDefinitionNode => DirectiveLocation.EnumValue,
        InputObjectTypeDefinitionNode or InputObjectTypeExtensionNode => DirectiveLocation.InputObject,
        InputValueDefinitionNode when ancestors[^2] is InputObjectTypeDefinitionNode or InputObjectTypeExtensionNode =>
            DirectiveLocation.InputFieldDefinition,
        InputValueDefinitionNode => DirectiveLocation.ArgumentDefinition,
        var node => throw new InvalidOperationException($"A {node.Kind} has no directives."),
    };
}
