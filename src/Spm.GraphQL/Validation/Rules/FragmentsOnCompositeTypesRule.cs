using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.1.3: a fragment is on a type that has fields.</summary>
internal sealed class FragmentsOnCompositeTypesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        on.Enter<InlineFragmentNode>(SyntaxKind.InlineFragment, fragment => Check(context, "Fragment", fragment.TypeCondition));
        on.Enter<FragmentDefinitionNode>(
            SyntaxKind.FragmentDefinition, fragment => Check(context, $"Fragment \"{fragment.Name.Value}\"", fragment.TypeCondition));
    }

    private static void Check(ValidationContext context, string fragment, NamedTypeNode? condition)
    {
        if (condition is not null && context.Schema.TypeOf(condition) is NamedType { IsComposite: false })
        {
            context.Report($"{fragment} cannot condition on non composite type \"{condition}\".", condition);
        }
    }
}
