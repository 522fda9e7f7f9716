using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>No two values of an enum, its extensions included, have one name.</summary>
internal sealed class UniqueEnumValueNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var names = new MemberNames(context, "Enum value");
        on.Enter<EnumTypeDefinitionNode>(SyntaxKind.EnumTypeDefinition, type => names.Check(type.Name, type.Values.Select(v => v.Name)));
        on.Enter<EnumTypeExtensionNode>(SyntaxKind.EnumTypeExtension, type => names.Check(type.Name, type.Values.Select(v => v.Name)));
    }
}
