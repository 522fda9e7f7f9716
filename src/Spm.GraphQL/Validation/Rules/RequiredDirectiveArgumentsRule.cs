using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.4.3: a directive is given the arguments that it requires.</summary>
internal sealed class RequiredDirectiveArgumentsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DirectiveNode>(SyntaxKind.Directive, node =>
    {
        foreach (var (name, type) in context.Directives.Find(node.Name.Value)?.Required ?? [])
        {
            if (node.Arguments.All(a => a.Name.Value != name))
            {
                context.Report(
                    $"Directive \"@{node.Name.Value}\" argument \"{name}\" of type \"{type}\" is required, but it was not provided.", node);
            }
        }
    });
}
