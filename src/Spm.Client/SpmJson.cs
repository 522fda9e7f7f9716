using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spm.Client;

/// <summary>The wire format: snake_case names, decimals as strings, absent instead of null.</summary>
public static class SpmJson
{
    /// <summary>Use these options to write rows of an import by hand, so that they match what the typed client sends.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Names and details carry people's names: they stay readable in files and logs. Never written into HTML.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new DecimalAsString());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>A JSON number passes through binary floating point in many readers; a string keeps every cent.</summary>
    private sealed class DecimalAsString : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number)
                return reader.GetDecimal();
            var text = reader.GetString();
            return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException($"'{text}' is not a decimal.");
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
