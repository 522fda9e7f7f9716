using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.2.3: a fragment is spread where a value can be of its type.</summary>
internal sealed class PossibleFragmentSpreadsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        on.Enter<InlineFragmentNode>(SyntaxKind.InlineFragment, fragment =>
        {
            if (context.Types is { Type: NamedType { IsComposite: true } type, ParentType: { } parent } && !context.Schema.Overlap(type, parent))
            {
                context.Report($"Fragment {Impossible(parent, type)}", fragment);
            }
        });
        on.Enter<FragmentSpreadNode>(SyntaxKind.FragmentSpread, spread =>
        {
            var fragment = context.Fragments.Find(spread.Name.Value);
            if (fragment is not null && context.Schema.TypeOf(fragment.TypeCondition) is NamedType { IsComposite: true } type
                && context.Types?.ParentType is { } parent && !context.Schema.Overlap(type, parent))
            {
                context.Report($"Fragment \"{spread.Name.Value}\" {Impossible(parent, type)}", spread);
            }
        });
    }

    private static string Impossible(NamedType parent, NamedType type) =>
        $"cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".";
}
