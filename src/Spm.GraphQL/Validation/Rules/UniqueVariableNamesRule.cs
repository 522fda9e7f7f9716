using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.8.1: no two variables of an operation have one name.</summary>
internal sealed class UniqueVariableNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<OperationDefinitionNode>(SyntaxKind.OperationDefinition, operation =>
        {
            foreach (var (name, nodes) in FirstNames.Repeated(operation.VariableDefinitions.Select(v => v.Variable.Name)))
            {
                context.Report($"There can be only one variable named \"${name}\".", nodes);
            }
        });
}
