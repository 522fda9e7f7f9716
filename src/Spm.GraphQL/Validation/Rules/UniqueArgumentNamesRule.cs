using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.4.2: no two arguments of a field or directive have one name.</summary>
internal sealed class UniqueArgumentNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        on.Enter<FieldNode>(SyntaxKind.Field, field => Check(context, field.Arguments));
        on.Enter<DirectiveNode>(SyntaxKind.Directive, directive => Check(context, directive.Arguments));
    }

    private static void Check(ValidationContext context, ImmutableArray<ArgumentNode> arguments)
    {
        foreach (var (name, nodes) in FirstNames.Repeated(arguments.Select(a => a.Name)))
        {
            context.Report($"There can be only one argument named \"{name}\".", nodes);
        }
    }
}
