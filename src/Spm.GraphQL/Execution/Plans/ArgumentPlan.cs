using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>The arguments of a field: coerced with the plan when they are constant, else once in each request.</summary>
internal sealed class ArgumentPlan
{
    private readonly NameMap<InputValue> _definitions;
    private readonly FieldNode _node;

    public ArgumentPlan(OperationPlan operation, NameMap<InputValue> definitions, FieldNode node)
    {
        _definitions = definitions;
        _node = node;
        if (definitions.Count == 0)
        {
            Constant = Arguments.None;
        }
        else if (!node.Arguments.Any(a => HasVariable(a.Value)))
        {
            (Constant, Error) = Coerce(null);
        }
        if (Constant is null && Error is null)
        {
            Slot = operation.NextArgumentSlot();
        }
    }

    /// <summary>Null when the arguments depend on variables, or are in error.</summary>
    public Arguments? Constant { get; }

    /// <summary>What is wrong with arguments that are constant.</summary>
    public GraphQLError? Error { get; }

    /// <summary>Where a request keeps the arguments once they are coerced.</summary>
    public int Slot { get; }

    /// <summary>Coerces the arguments.</summary>
    /// <returns>The arguments, or the first error.</returns>
    public (Arguments? Values, GraphQLError? Error) Coerce(IReadOnlyDictionary<string, object?>? variables)
    {
        var values = new Arguments.Builder(_definitions);
        foreach (var definition in _definitions)
        {
            var result = ArgumentCoercion.Coerce(definition, Given(definition), _node, variables);
            if (result.Error is not null)
            {
                return (null, result.Error);
            }
            if (result.HasValue)
            {
                values.Set(definition.Index, result.Value);
            }
        }
        return (values.Build(), null);
    }

    private ArgumentNode? Given(InputValue definition)
    {
        foreach (var argument in _node.Arguments)
        {
            if (argument.Name.Value == definition.Name.Value)
            {
                return argument;
            }
        }
        return null;
    }

    private static bool HasVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariable),
        ObjectValueNode fields => fields.Fields.Any(f => HasVariable(f.Value)),
        _ => false,
    };
}
