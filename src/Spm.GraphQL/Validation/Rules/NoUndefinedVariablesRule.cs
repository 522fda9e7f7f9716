using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.8.3: an operation defines the variables that it uses, in fragments too.</summary>
internal sealed class NoUndefinedVariablesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Leave<DocumentNode>(SyntaxKind.Document, document =>
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            var defined = operation.VariableDefinitions.Select(v => v.Variable.Name.Value).ToHashSet();
            foreach (var usage in context.Usages.Of(operation).Where(u => !defined.Contains(u.Node.Name.Value)))
            {
                var by = operation.Name is null ? "" : $" by operation \"{operation.Name.Value}\"";
                context.Report($"Variable \"{usage.Node}\" is not defined{by}.", usage.Node, operation);
            }
        }
    });
}
