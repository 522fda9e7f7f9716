using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.2.3.1: an operation without a name is alone.</summary>
internal sealed class LoneAnonymousOperationRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var count = context.Document.Definitions.Count(d => d is OperationDefinitionNode);
        on.Enter<OperationDefinitionNode>(SyntaxKind.OperationDefinition, operation =>
        {
            if (operation.Name is null && count > 1)
            {
                context.Report("This anonymous operation must be the only defined operation.", operation);
            }
        });
    }
}
