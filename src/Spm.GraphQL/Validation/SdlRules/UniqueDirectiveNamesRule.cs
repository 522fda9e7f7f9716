using Spm.GraphQL.Language;
using Spm.GraphQL.Validation.Rules;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>No two directives have one name.</summary>
internal sealed class UniqueDirectiveNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DocumentNode>(SyntaxKind.Document, document =>
    {
        var names = new FirstNames();
        foreach (var directive in document.Definitions.OfType<DirectiveDefinitionNode>())
        {
            if (names.Before(directive.Name) is { } first)
            {
                context.Report($"There can be only one directive named \"@{directive.Name.Value}\".", first, directive.Name);
            }
        }
    });
}
