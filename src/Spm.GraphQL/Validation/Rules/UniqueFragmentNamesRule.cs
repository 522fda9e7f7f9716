using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.1.1: no two fragments have one name.</summary>
internal sealed class UniqueFragmentNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var names = new FirstNames();
        on.Enter<FragmentDefinitionNode>(SyntaxKind.FragmentDefinition, fragment =>
        {
            if (names.Before(fragment.Name) is { } first)
            {
                context.Report($"There can be only one fragment named \"{fragment.Name.Value}\".", first, fragment.Name);
            }
        });
    }
}
