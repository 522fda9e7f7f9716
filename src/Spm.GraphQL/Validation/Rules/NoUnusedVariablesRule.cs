using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.8.4: an operation uses the variables that it defines.</summary>
internal sealed class NoUnusedVariablesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Leave<DocumentNode>(SyntaxKind.Document, document =>
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>().Where(o => !o.VariableDefinitions.IsEmpty))
        {
            var used = context.Usages.Of(operation).Select(u => u.Node.Name.Value).ToHashSet();
            foreach (var variable in operation.VariableDefinitions.Where(v => !used.Contains(v.Variable.Name.Value)))
            {
                var by = operation.Name is null ? "" : $" in operation \"{operation.Name.Value}\"";
                context.Report($"Variable \"{variable.Variable}\" is never used{by}.", variable);
            }
        }
    });
}
