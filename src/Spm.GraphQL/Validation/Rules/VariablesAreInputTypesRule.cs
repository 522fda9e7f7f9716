using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.8.2: a variable has a type that can be given.</summary>
internal sealed class VariablesAreInputTypesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) =>
        on.Enter<VariableDefinitionNode>(SyntaxKind.VariableDefinition, variable =>
        {
            if (context.Schema.TypeOf(variable.Type) is { IsInput: false })
            {
                context.Report($"Variable \"{variable.Variable}\" cannot be non-input type \"{variable.Type}\".", variable.Type);
            }
        });
}
