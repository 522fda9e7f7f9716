using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.1.1: a document that is executed defines nothing of a schema.</summary>
internal sealed class ExecutableDefinitionsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DocumentNode>(SyntaxKind.Document, document =>
    {
        foreach (var definition in document.Definitions.Where(d => d is not ExecutableDefinitionNode))
        {
            context.Report($"The {NameOf(definition)} definition is not executable.", definition);
        }
    });

    private static string NameOf(DefinitionNode definition) => definition switch
    {
        TypeDefinitionNode type => $"\"{type.Name.Value}\"",
        TypeExtensionNode extension => $"\"{extension.Name.Value}\"",
        DirectiveDefinitionNode directive => $"\"{directive.Name.Value}\"",
        _ => "schema",
    };
}
