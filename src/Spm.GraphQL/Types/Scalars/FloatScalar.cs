using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>Floating-point numbers: <see cref="double"/> in the program. Money is not one of them.</summary>
internal static class FloatScalar
{
    public static ScalarTypeConfig Config { get; } = new()
    {
        Name = "Float",
        Description = "A number of double precision, as IEEE 754 defines it.",
        ClrType = typeof(double),
        ParseValue = Parse,
        ParseLiteral = (value, _) => Parse(value),
        Serialize = Serialize,
    };

    private static Coerced Parse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? Finite(value.GetDouble(), JsText.Inspect(value)) : NoNumber(JsText.Inspect(value));

    private static Coerced Parse(ValueNode value) => value switch
    {
        IntValueNode number => Finite(double.Parse(number.Value, CultureInfo.InvariantCulture), number.Value),
        FloatValueNode number => Finite(double.Parse(number.Value, CultureInfo.InvariantCulture), number.Value),
        _ => NoNumber(value.ToString()),
    };

    private static Coerced Serialize(object value) => value switch
    {
        double number => Finite(number, JsText.Number(number)),
        bool boolean => Coerced.To(boolean ? 1d : 0d),
        string { Length: > 0 } text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => Finite(number, JsText.Quote(text)),
        string text => NoNumber(JsText.Quote(text)),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or decimal => Coerced.To(value),
        _ => NoNumber(value.ToString() ?? ""),
    };

    private static Coerced Finite(double number, string shown) => double.IsFinite(number) ? Coerced.To(number) : NoNumber(shown);

    private static Coerced NoNumber(string shown) => Coerced.Refused($"Float cannot represent non numeric value: {shown}");
}
