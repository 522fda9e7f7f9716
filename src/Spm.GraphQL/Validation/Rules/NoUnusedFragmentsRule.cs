using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.5.1.4: an operation reaches every fragment.</summary>
internal sealed class NoUnusedFragmentsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Leave<DocumentNode>(SyntaxKind.Document, document =>
    {
        var used = context.Fragments.ReachedFrom(document.Definitions.OfType<OperationDefinitionNode>()).Select(f => f.Name.Value).ToHashSet();
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>().Where(f => !used.Contains(f.Name.Value)))
        {
            context.Report($"Fragment \"{fragment.Name.Value}\" is never used.", fragment);
        }
    });
}
