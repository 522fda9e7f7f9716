using System.Globalization;
using System.Text;
using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;
using Spm.Platform.Kernel;

namespace Spm.Platform.Graph;

/// <summary>Leaves of the schema. Numbers that people are paid by are texts of decimal digits, in both directions: JavaScript reads a JSON number as a float.</summary>
internal static class SchemaScalars
{
    public const string Decimal = "Decimal";
    public const string Percent = "Percent";
    public const string DateTime = "DateTime";

    private const string Timestamps = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6";

    public static IReadOnlyList<ScalarTypeConfig> All { get; } =
    [
        Digits(Decimal, "A decimal number, exact: the text `12.50`. As an input a number will do, read from its digits. An amount without a currency beside it is in the company's, or in the unit of its measure.") with { ClrType = typeof(decimal) },
        Digits(Percent, "Percent as an exact decimal number: the text `104.25` is 104.25 %."),
        Known("Long") with { Description = "A whole number of 64 bits, as a number.", SpecifiedByUrl = "https://www.w3.org/TR/xmlschema11-2/#long" },
        Known("Date") with { Description = "A day of the calendar: `2025-12-31`.", SpecifiedByUrl = Timestamps },
        Known(DateTime) with { Description = "An instant in UTC: `2025-12-31T23:59:59.000Z`.", SpecifiedByUrl = Timestamps },
        new ScalarTypeConfig
        {
            Name = "Any",
            Description = "Whatever JSON has: plan documents, facts.",
            ClrType = typeof(object),
            SpecifiedByUrl = "https://www.rfc-editor.org/rfc/rfc8259",
            ParseValue = value => Coerced.To(value.Clone()),
            ParseLiteral = (value, variables) => Coerced.To(Json(value, variables)),
        },
    ];

    private static ScalarTypeConfig Known(string name) => ClrScalars.All.Single(s => s.Name == name);

    private static ScalarTypeConfig Digits(string name, string description) => new()
    {
        Name = name,
        Description = description,
        SpecifiedByUrl = "https://www.w3.org/TR/xmlschema11-2/#decimal",
        ParseValue = value => value.ValueKind switch
        {
            JsonValueKind.String => Read(name, value.GetString()!),
            JsonValueKind.Number => Read(name, value.GetRawText()),
            _ => Coerced.Refused($"{name} is a text of digits with a point, such as \"12.50\"."),
        },
        ParseLiteral = (value, _) => value switch
        {
            StringValueNode text => Read(name, text.Value),
            IntValueNode number => Read(name, number.Value),
            FloatValueNode number => Read(name, number.Value),
            _ => Coerced.Refused($"{name} is a text of digits with a point, such as \"12.50\"."),
        },
        Serialize = value => Coerced.To(value as string ?? ((decimal)value).ToString(CultureInfo.InvariantCulture)),
    };

    private static Coerced Read(string name, string text) =>
        Decimals.TryParse(text, out var value) ? Coerced.To(value) : Coerced.Refused($"{name} is a text of at most {Decimals.MaxDigits} digits with a point, such as \"12.50\".");

    /// <summary>What stands in the document, as JSON.</summary>
    private static JsonElement Json(ValueNode value, IReadOnlyDictionary<string, object?>? variables)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, value, variables);
        }
        return JsonElement.Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, ValueNode value, IReadOnlyDictionary<string, object?>? variables)
    {
        switch (value)
        {
            case ObjectValueNode members:
                writer.WriteStartObject();
                foreach (var member in members.Fields)
                {
                    writer.WritePropertyName(member.Name.Value);
                    Write(writer, member.Value, variables);
                }
                writer.WriteEndObject();
                break;
            case ListValueNode items:
                writer.WriteStartArray();
                foreach (var item in items.Values)
                {
                    Write(writer, item, variables);
                }
                writer.WriteEndArray();
                break;
            case StringValueNode text:
                writer.WriteStringValue(text.Value);
                break;
            case EnumValueNode name:
                writer.WriteStringValue(name.Value);
                break;
            case BooleanValueNode truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case IntValueNode number:
                writer.WriteRawValue(number.Value);
                break;
            case FloatValueNode number:
                writer.WriteRawValue(number.Value);
                break;
            case VariableNode variable when variables?.GetValueOrDefault(variable.Name.Value) is { } given:
                JsonSerializer.Serialize(writer, given);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
