using Spm.GraphQL.Json;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>Writes values of scalars and enums.</summary>
internal static class LeafWriter
{
    /// <summary>A function that writes a value, which is not null, or throws when the type does not have it.</summary>
    public static Action<JsonBuffer, object> Of(NamedType type) => type switch
    {
        EnumType enumeration => (output, value) => Write(output, enumeration, value),
        ScalarType { IsBuiltIn: true, Name.Value: "String" or "ID" } scalar => (output, value) =>
        {
            if (value is string text)
            {
                output.String(text);
                return;
            }
            Write(output, scalar, value);
        }
        ,
        ScalarType { IsBuiltIn: true, Name.Value: "Int" } scalar => (output, value) =>
        {
            if (value is int number)
            {
                output.Number(number);
                return;
            }
            Write(output, scalar, value);
        }
        ,
        ScalarType { IsBuiltIn: true, Name.Value: "Boolean" } scalar => (output, value) =>
        {
            if (value is bool boolean)
            {
                output.Boolean(boolean);
                return;
            }
            Write(output, scalar, value);
        }
        ,
        _ => (output, value) => Write(output, (ScalarType)type, value),
    };

    private static void Write(JsonBuffer output, EnumType type, object value)
    {
        var member = type.ByValue(value)
            ?? throw new GraphQLException(new GraphQLError($"Enum \"{type}\" cannot represent value: {JsText.InspectObject(value)}"));
        output.Raw(member.Name.Json.Span);
    }

    private static void Write(JsonBuffer output, ScalarType type, object value)
    {
        var coerced = type.Serialize(value);
        if (coerced.Error is not null)
        {
            throw new GraphQLException(new GraphQLError(coerced.Error));
        }
        if (coerced.Value is null)
        {
            throw new GraphQLException(new GraphQLError($"Scalar \"{type}\" has no text for a {value.GetType().Name}."));
        }
        JsonValue.Write(output, coerced.Value);
    }
}
