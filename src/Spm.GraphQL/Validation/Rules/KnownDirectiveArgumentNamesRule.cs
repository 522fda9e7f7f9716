using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.4.1: a directive has the arguments that it is given.</summary>
internal sealed class KnownDirectiveArgumentNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<DirectiveNode>(SyntaxKind.Directive, directive =>
    {
        if (context.Directives.Find(directive.Name.Value) is not { } known)
        {
            return;
        }
        foreach (var argument in directive.Arguments.Where(a => !known.Arguments.Contains(a.Name.Value)))
        {
            var name = argument.Name.Value;
            context.Report(
                $"Unknown argument \"{name}\" on directive \"@{directive.Name.Value}\".{context.DidYouMean(name, known.Arguments)}", argument);
        }
    });
}
