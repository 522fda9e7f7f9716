using Spm.GraphQL.Language;
using Spm.GraphQL.Validation.Rules;

namespace Spm.GraphQL.Validation.SdlRules;

/// <summary>No two arguments of a field or directive have one name.</summary>
internal sealed class UniqueArgumentDefinitionNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        on.Enter<DirectiveDefinitionNode>(
            SyntaxKind.DirectiveDefinition, directive => Check(context, $"@{directive.Name.Value}", directive.Arguments));
        on.Enter<FieldDefinitionNode>(
            SyntaxKind.FieldDefinition, field => Check(context, $"{TypeOf(context.Ancestors[^1])}.{field.Name.Value}", field.Arguments));
    }

    private static string TypeOf(SyntaxNode node) => ((node as TypeDefinitionNode)?.Name ?? ((TypeExtensionNode)node).Name).Value;

    private static void Check(ValidationContext context, string owner, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        foreach (var (name, nodes) in FirstNames.Repeated(arguments.Select(a => a.Name)))
        {
            context.Report($"Argument \"{owner}({name}:)\" can only be defined once.", nodes);
        }
    }
}
