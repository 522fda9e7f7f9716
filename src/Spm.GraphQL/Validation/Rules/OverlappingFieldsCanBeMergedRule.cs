using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.3.2: fields that answer under one name are the same field with the same arguments, and what they give has one shape.</summary>
internal sealed class OverlappingFieldsCanBeMergedRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var comparison = new FieldComparison(context);
        on.Enter<SelectionSetNode>(SyntaxKind.SelectionSet, selections =>
        {
            // What an inline fragment selects is collected with the selection set around it, and one selection has nothing to conflict with.
            if (context.Ancestors[^1] is InlineFragmentNode || selections.Selections is [not InlineFragmentNode])
            {
                return;
            }
            foreach (var conflict in comparison.Within(context.Types?.ParentType, selections))
            {
                context.Report(
                    $"Fields \"{FieldConflict.Abbreviate(conflict.Name)}\" conflict because {conflict.Reason}. "
                    + "Use different aliases on the fields to fetch both if this was intentional.",
                    [.. conflict.First, .. conflict.Second]);
            }
        });
    }
}
