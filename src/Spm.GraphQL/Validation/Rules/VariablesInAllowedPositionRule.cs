using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Validation.Rules;

/// <summary>5.8.5: a variable is of a type that fits wherever it is used.</summary>
internal sealed class VariablesInAllowedPositionRule : ValidationRule
{
    public override void Listen(ValidationContext context, RuleListeners on) => on.Leave<DocumentNode>(SyntaxKind.Document, document =>
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>().Where(o => !o.VariableDefinitions.IsEmpty))
        {
            Dictionary<string, (VariableDefinitionNode Node, GraphQLType? Type)> variables = new(StringComparer.Ordinal);
            foreach (var variable in operation.VariableDefinitions)
            {
                variables[variable.Variable.Name.Value] = (variable, context.Schema.TypeOf(variable.Type));
            }
            foreach (var usage in context.Usages.Of(operation))
            {
                if (usage.Type is not null && variables.TryGetValue(usage.Node.Name.Value, out var variable) && variable.Type is not null)
                {
                    Check(context, variable.Node, variable.Type, usage);
                }
            }
        }
    });

    private static void Check(ValidationContext context, VariableDefinitionNode variable, GraphQLType type, VariableUsage usage)
    {
        if (!IsAllowed(context.Schema, variable, type, usage))
        {
            context.Report(
                $"Variable \"{usage.Node}\" of type \"{type}\" used in position expecting type \"{usage.Type}\".", variable, usage.Node);
        }
        if (usage.ParentType is InputObjectType { IsOneOf: true } oneOf && type is not NonNullType)
        {
            context.Report(
                $"Variable \"{usage.Node}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf}\".",
                variable,
                usage.Node);
        }
    }

    /// <summary>A variable that may be null stands where null is not allowed only if a default steps in.</summary>
    private static bool IsAllowed(Schema schema, VariableDefinitionNode variable, GraphQLType type, VariableUsage usage)
    {
        if (usage.Type is NonNullType { OfType: var nullable } && type is not NonNullType)
        {
            var hasDefault = usage.HasDefault || variable.DefaultValue is not (null or NullValueNode);
            return hasDefault && schema.IsSubType(type, nullable);
        }
        return schema.IsSubType(type, usage.Type!);
    }
}
