using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.2.2.1: no two operations have one name.</summary>
internal sealed class UniqueOperationNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var names = new FirstNames();
        on.Enter<OperationDefinitionNode>(SyntaxKind.OperationDefinition, operation =>
        {
            if (operation.Name is not null && names.Before(operation.Name) is { } first)
            {
                context.Report($"There can be only one operation named \"{operation.Name.Value}\".", first, operation.Name);
            }
        });
    }
}
