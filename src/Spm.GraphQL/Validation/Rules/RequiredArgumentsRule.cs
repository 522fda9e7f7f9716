using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.4.3: a field is given the arguments that it requires.</summary>
internal sealed class RequiredArgumentsRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Enter<FieldNode>(SyntaxKind.Field, node =>
    {
        foreach (var argument in context.Types?.Field?.Arguments ?? NameMap<InputValue>.Empty)
        {
            if (argument.IsRequired && node.Arguments.All(a => a.Name.Value != argument.Name.Value))
            {
                context.Report(
                    $"Field \"{node.Name.Value}\" argument \"{argument}\" of type \"{argument.Type}\" is required, but it was not provided.", node);
            }
        }
    });
}
