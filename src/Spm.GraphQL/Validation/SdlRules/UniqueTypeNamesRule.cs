using Spm.GraphQL.Language;
using Spm.GraphQL.Validation.Rules;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>No two types have one name.</summary>
internal sealed class UniqueTypeNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DocumentNode>(SyntaxKind.Document, document =>
    {
        var names = new FirstNames();
        foreach (var type in document.Definitions.OfType<TypeDefinitionNode>())
        {
            if (names.Before(type.Name) is { } first)
            {
                context.Report($"There can be only one type named \"{type.Name.Value}\".", first, type.Name);
            }
        }
    });
}
