using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.2.1: a fragment that is spread is defined.</summary>
internal sealed class KnownFragmentNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<FragmentSpreadNode>(SyntaxKind.FragmentSpread, spread =>
        {
            if (context.Fragments.Find(spread.Name.Value) is null)
            {
                context.Report($"Unknown fragment \"{spread.Name.Value}\".", spread.Name);
            }
        });
}
