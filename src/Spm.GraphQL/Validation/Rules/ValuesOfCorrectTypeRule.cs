using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.6: values fit the places that they stand in.</summary>
internal sealed class ValuesOfCorrectTypeRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on)
    {
        var check = new LiteralCheck(context.Report, context.Suggest);
        on.Enter<ArgumentNode>(SyntaxKind.Argument, argument => Check(check, argument.Value, context.Types?.InputType));
        on.Enter<VariableDefinitionNode>(SyntaxKind.VariableDefinition, variable => Check(check, variable.DefaultValue, context.Types?.InputType));
    }

    private static void Check(LiteralCheck check, ValueNode? value, GraphQLType? type)
    {
        if (value is not null && type is not null)
        {
            check.Check(value, type);
        }
    }
}
