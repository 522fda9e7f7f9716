using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>No two fields of a type, its extensions included, have one name.</summary>
internal sealed class UniqueFieldDefinitionNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var names = new MemberNames(context, "Field");
        on.Enter<FieldsTypeDefinitionNode>(SyntaxKind.ObjectTypeDefinition, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
        on.Enter<FieldsTypeDefinitionNode>(SyntaxKind.InterfaceTypeDefinition, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
        on.Enter<FieldsTypeExtensionNode>(SyntaxKind.ObjectTypeExtension, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
        on.Enter<FieldsTypeExtensionNode>(SyntaxKind.InterfaceTypeExtension, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
        on.Enter<InputObjectTypeDefinitionNode>(
            SyntaxKind.InputObjectTypeDefinition, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
        on.Enter<InputObjectTypeExtensionNode>(
            SyntaxKind.InputObjectTypeExtension, type => names.Check(type.Name, type.Fields.Select(f => f.Name)));
    }
}
