using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>Opaque identifiers: <see cref="string"/> in the program. Whole numbers are taken for their digits.</summary>
internal static class IdScalar
{
    public static ScalarTypeConfig Config { get; } = new()
    {
        Name = "ID",
        Description = "An opaque identifier. It is written as text; whole numbers are taken as well.",
        ClrType = typeof(string),
        ParseValue = Parse,
        ParseLiteral = (value, _) => value switch
        {
            StringValueNode text => Coerced.To(text.Value),
            IntValueNode number => Coerced.To(number.Value),
            _ => Coerced.Refused($"ID cannot represent a non-string and non-integer value: {value}"),
        },
        Serialize = value => value switch
        {
            string => Coerced.To(value),
            sbyte or byte or short or ushort or int or uint or long or ulong or Guid =>
                Coerced.To(Convert.ToString(value, CultureInfo.InvariantCulture)),
            _ => Coerced.Refused($"ID cannot represent value: {value}"),
        },
    };

    private static Coerced Parse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Coerced.To(value.GetString()),
        JsonValueKind.Number when value.TryGetInt64(out var number) => Coerced.To(number.ToString(CultureInfo.InvariantCulture)),
        JsonValueKind.Number when value.GetDouble() is var number && double.IsInteger(number) => Coerced.To(JsText.Number(number)),
        _ => Coerced.Refused($"ID cannot represent value: {JsText.Inspect(value)}"),
    };
}
