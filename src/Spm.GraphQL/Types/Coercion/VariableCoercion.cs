using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>The variables of a request become values of the program.</summary>
public static class VariableCoercion
{
    /// <summary>Mistakes that are reported before the rest is not looked at.</summary>
    public const int DefaultMaxErrors = 50;

    /// <summary>Coerces the variables of an operation. One that is neither given nor has a default has no entry.</summary>
    /// <param name="given">An object of JSON. Null and undefined are an empty one.</param>
    /// <param name="suggest">Whether errors may name what the schema has instead.</param>
    /// <returns>Either the values, or at least one error.</returns>
    public static (IReadOnlyDictionary<string, object?>? Values, ImmutableArray<GraphQLError> Errors) Coerce(
        Schema schema,
        ImmutableArray<VariableDefinitionNode> definitions,
        JsonElement given,
        bool suggest = true,
        int maxErrors = DefaultMaxErrors)
    {
        Dictionary<string, object?> values = new(definitions.Length, StringComparer.Ordinal);
        List<GraphQLError> errors = [];
        foreach (var definition in definitions)
        {
            Coerce(schema, definition, given, suggest, values, errors);
            if (errors.Count > maxErrors)
            {
                errors.RemoveRange(maxErrors, errors.Count - maxErrors);
                errors.Add(new GraphQLError("Too many errors processing variables, error limit reached. Execution aborted."));
                break;
            }
        }
        return errors.Count == 0 ? (values, []) : (null, [.. errors]);
    }

    private static void Coerce(
        Schema schema,
        VariableDefinitionNode definition,
        JsonElement given,
        bool suggest,
        Dictionary<string, object?> values,
        List<GraphQLError> errors)
    {
        var name = definition.Variable.Name.Value;
        if (schema.TypeOf(definition.Type) is not { IsInput: true } type)
        {
            errors.Add(GraphQLError.At(
                $"Variable \"${name}\" expected value of type \"{definition.Type}\" which cannot be used as an input type.", definition.Type));
        }
        else if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(name, out var value))
        {
            NotGiven(definition, name, type, values, errors);
        }
        else if (value.ValueKind == JsonValueKind.Null && type is NonNullType)
        {
            errors.Add(GraphQLError.At($"Variable \"${name}\" of non-null type \"{type}\" must not be null.", definition));
        }
        else
        {
            var coercion = new JsonCoercion(
                (path, invalid, error) => errors.Add(GraphQLError.At(
                    $"Variable \"${name}\" got invalid value {JsText.Inspect(invalid)}{(path is null ? "" : $" at \"{name}{path}\"")}; {error}",
                    definition)),
                suggest);
            values[name] = coercion.Coerce(value, type);
        }
    }

    private static void NotGiven(
        VariableDefinitionNode definition, string name, GraphQLType type, Dictionary<string, object?> values, List<GraphQLError> errors)
    {
        if (definition.DefaultValue is not null)
        {
            // Validation has seen that the default fits.
            if (LiteralCoercion.TryCoerce(definition.DefaultValue, type, null, out var value))
            {
                values[name] = value;
            }
        }
        else if (type is NonNullType)
        {
            errors.Add(GraphQLError.At($"Variable \"${name}\" of required type \"{type}\" was not provided.", definition));
        }
    }
}
