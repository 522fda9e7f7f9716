using System.Text.Json;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>The variables of a request become values of the program.</summary>
public static class VariableCoercion
{
    /// <summary>Coerces the variables of an operation. One that is neither given nor has a default has no entry.</summary>
    /// <param name="given">An object of JSON. Null and undefined are an empty one.</param>
    /// <param name="maxErrors">Mistakes that are told before the rest is not looked at.</param>
    /// <param name="suggest">Whether errors may name what the schema has instead.</param>
    /// <returns>Either the values, or at least one error.</returns>
    public static (IReadOnlyDictionary<string, object?>? Values, ImmutableArray<GraphQLError> Errors) Coerce(
        Schema schema,
        ImmutableArray<VariableDefinitionNode> definitions,
        JsonElement given,
        bool suggest = true,
        int maxErrors = Limits.VariableErrors)
    {
        Dictionary<string, object?> values = new(definitions.Length, StringComparer.Ordinal);
        var errors = new Errors(maxErrors);
        try
        {
            foreach (var definition in definitions)
            {
                Coerce(schema, definition, given, suggest, values, errors);
            }
        }
        catch (TooManyErrors)
        {
            // The last of the errors says so.
        }
        return errors.All.Count == 0 ? (values, []) : (null, [.. errors.All]);
    }

    private static void Coerce(
        Schema schema,
        VariableDefinitionNode definition,
        JsonElement given,
        bool suggest,
        Dictionary<string, object?> values,
        Errors errors)
    {
        var name = definition.Variable.Name.Value;
        if (schema.TypeOf(definition.Type) is not { IsInput: true } type)
        {
            errors.Add($"Variable \"${name}\" expected value of type \"{definition.Type}\" which cannot be used as an input type.", definition.Type);
        }
        else if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty(name, out var value))
        {
            NotGiven(definition, name, type, values, errors);
        }
        else if (value.ValueKind == JsonValueKind.Null && type is NonNullType)
        {
            errors.Add($"Variable \"${name}\" of non-null type \"{type}\" must not be null.", definition);
        }
        else if (value.ValueKind != JsonValueKind.Null && type is ScalarType or NonNullType { OfType: ScalarType } && Scalar(type).ParseValue(value) is { Error: null } sound)
        {
            values[name] = sound.Value;
        }
        else
        {
            values[name] = Coerced(definition, name, type, value, suggest, errors);
        }
    }

    private static ScalarType Scalar(GraphQLType type) => type as ScalarType ?? (ScalarType)((NonNullType)type).OfType;

    private static object? Coerced(VariableDefinitionNode definition, string name, GraphQLType type, JsonElement value, bool suggest, Errors errors)
    {
        var coercion = new JsonCoercion(
            (path, invalid, error) => errors.Add(
                $"Variable \"${name}\" got invalid value {JsText.Inspect(invalid)}{(path is null ? "" : $" at \"{name}{path}\"")}; {error}",
                definition),
            suggest);
        return coercion.Coerce(value, type);
    }

    private static void NotGiven(
        VariableDefinitionNode definition, string name, GraphQLType type, Dictionary<string, object?> values, Errors errors)
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
            errors.Add($"Variable \"${name}\" of required type \"{type}\" was not provided.", definition);
        }
    }

    /// <summary>The mistakes so far, up to a number.</summary>
    private sealed class Errors(int most)
    {
        private List<GraphQLError>? _all;

        public IReadOnlyList<GraphQLError> All => _all ?? [];

        public void Add(string message, SyntaxNode node)
        {
            _all ??= [];
            if (_all.Count >= most)
            {
                _all.Add(new GraphQLError("Too many errors processing variables, error limit reached. Execution aborted."));
                throw new TooManyErrors();
            }
            _all.Add(GraphQLError.At(message, node).Bounded());
        }
    }

    private sealed class TooManyErrors : Exception;
}
