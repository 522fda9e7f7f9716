using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>What came of an argument: a value, none at all, or an error.</summary>
public readonly record struct ArgumentResult(bool HasValue, object? Value, GraphQLError? Error = null);

/// <summary>The arguments of a field or directive become values of the program.</summary>
public static class ArgumentCoercion
{
    /// <summary>Coerces one argument.</summary>
    /// <param name="given">The argument in the document, or null.</param>
    /// <param name="owner">The field or directive; errors about a missing argument point at it.</param>
    /// <param name="variables">Coerced variables.</param>
    public static ArgumentResult Coerce(
        InputValue argument, ArgumentNode? given, SyntaxNode owner, IReadOnlyDictionary<string, object?>? variables)
    {
        if (given is null)
        {
            return argument.HasDefault || argument.Type is not NonNullType
                ? Default(argument)
                : Refused($"Argument \"{argument}\" of required type \"{argument.Type}\" was not provided.", owner);
        }
        var isNull = given.Value is NullValueNode;
        if (given.Value is VariableNode variable)
        {
            object? value = null;
            if (variables?.TryGetValue(variable.Name.Value, out value) != true)
            {
                return argument.HasDefault || argument.Type is not NonNullType
                    ? Default(argument)
                    : Refused(
                        $"Argument \"{argument}\" of required type \"{argument.Type}\" was provided the variable \"{variable}\" "
                        + "which was not provided a runtime value.",
                        variable);
            }
            isNull = value is null;
        }
        if (isNull && argument.Type is NonNullType)
        {
            return Refused($"Argument \"{argument}\" of non-null type \"{argument.Type}\" must not be null.", given.Value);
        }
        return LiteralCoercion.TryCoerce(given.Value, argument.Type, variables, out var coerced)
            ? new ArgumentResult(true, coerced)
            : Refused($"Argument \"{argument}\" has invalid value {given.Value}.", given.Value);
    }

    /// <summary>Coerces the arguments of a field or directive. One that is neither given nor has a default has no entry.</summary>
    /// <exception cref="GraphQLException">The first argument that cannot be coerced.</exception>
    public static IReadOnlyDictionary<string, object?> Coerce(
        NameMap<InputValue> arguments,
        ImmutableArray<ArgumentNode> given,
        SyntaxNode owner,
        IReadOnlyDictionary<string, object?>? variables)
    {
        Dictionary<string, object?> values = new(arguments.Count, StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var result = Coerce(argument, given.FirstOrDefault(a => a.Name.Value == argument.Name.Value), owner, variables);
            if (result.Error is not null)
            {
                throw new GraphQLException(result.Error);
            }
            if (result.HasValue)
            {
                values.Add(argument.Name.Value, result.Value);
            }
        }
        return values;
    }

    private static ArgumentResult Default(InputValue argument) => new(argument.HasDefault, argument.DefaultValue);

    private static ArgumentResult Refused(string error, SyntaxNode at) => new(false, null, GraphQLError.At(error, at));
}
