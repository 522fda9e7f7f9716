using Spm.GraphQL.Language;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.4.1: a field has the arguments that it is given.</summary>
internal sealed class KnownArgumentNamesRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<ArgumentNode>(SyntaxKind.Argument, argument =>
    {
        if (context.Types is { InDirective: false, Argument: null, Field: { } field, ParentType: { } parent })
        {
            var name = argument.Name.Value;
            context.Report($"Unknown argument \"{name}\" on field \"{parent}.{field}\".{context.DidYouMean(name, field.Arguments.Names)}", argument);
        }
    });
}
