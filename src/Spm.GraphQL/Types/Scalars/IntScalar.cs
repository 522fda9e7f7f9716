using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>Whole numbers of 32 bits: <see cref="int"/> in the program.</summary>
internal static class IntScalar
{
    public static ScalarTypeConfig Config { get; } = new()
    {
        Name = "Int",
        Description = "A whole number from -2147483648 to 2147483647.",
        ClrType = typeof(int),
        ParseValue = Parse,
        ParseLiteral = (value, _) => Parse(value),
        Serialize = Serialize,
    };

    private static Coerced Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return NoInteger(JsText.Inspect(value));
        }
        if (value.TryGetInt32(out var integer))
        {
            return Coerced.To(integer);
        }
        // 1.0 and 1e3 are whole numbers in JSON.
        return Whole(value.GetDouble(), JsText.Inspect(value));
    }

    private static Coerced Parse(ValueNode value) =>
        value is not IntValueNode number ? NoInteger(value.ToString())
        : int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? Coerced.To(integer)
        : TooLarge(number.Value);

    private static Coerced Serialize(object value) => value switch
    {
        int => Coerced.To(value),
        bool boolean => Coerced.To(boolean ? 1 : 0),
        string { Length: > 0 } text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => Whole(number, JsText.Quote(text)),
        string text => NoInteger(JsText.Quote(text)),
        sbyte or byte or short or ushort or uint or long or ulong or float or double or decimal =>
            Whole(Convert.ToDouble(value, CultureInfo.InvariantCulture), Convert.ToString(value, CultureInfo.InvariantCulture)!),
        _ => NoInteger(value.ToString() ?? ""),
    };

    private static Coerced Whole(double number, string shown) =>
        number != Math.Floor(number) || double.IsInfinity(number) ? NoInteger(shown)
        : number is < int.MinValue or > int.MaxValue ? TooLarge(shown)
        : Coerced.To((int)number);

    private static Coerced NoInteger(string shown) => Coerced.Refused($"Int cannot represent non-integer value: {shown}");

    private static Coerced TooLarge(string shown) => Coerced.Refused($"Int cannot represent non 32-bit signed integer value: {shown}");
}
