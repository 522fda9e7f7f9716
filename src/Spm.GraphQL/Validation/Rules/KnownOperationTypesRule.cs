using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.2.1.1: the schema has a root for the kind of every operation.</summary>
internal sealed class KnownOperationTypesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<OperationDefinitionNode>(SyntaxKind.OperationDefinition, operation =>
        {
            if (context.Schema.RootType(operation.Operation) is null)
            {
                context.Report($"The {operation.Operation.Keyword()} operation is not supported by the schema.", operation);
            }
        });
}
