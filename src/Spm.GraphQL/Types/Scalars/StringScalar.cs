using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Scalars;

/// <summary>Text: <see cref="string"/> in the program.</summary>
internal static class StringScalar
{
    public static ScalarTypeConfig Config { get; } = new()
    {
        Name = "String",
        Description = "Text in Unicode.",
        ClrType = typeof(string),
        ParseValue = value => value.ValueKind == JsonValueKind.String ? Coerced.To(value.GetString()) : NoText(JsText.Inspect(value)),
        ParseLiteral = (value, _) => value is StringValueNode text ? Coerced.To(text.Value) : NoText(value.ToString()),
        Serialize = Serialize,
    };

    private static Coerced Serialize(object value) => value switch
    {
        string => Coerced.To(value),
        bool boolean => Coerced.To(boolean ? "true" : "false"),
        IFormattable formattable => Coerced.To(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => Coerced.Refused($"String cannot represent value: {value}"),
    };

    private static Coerced NoText(string shown) => Coerced.Refused($"String cannot represent a non string value: {shown}");
}
