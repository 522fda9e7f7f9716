using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Authoring;

/// <summary>Scalars for types of .NET that the specification has none for. A schema has those that it uses.</summary>
public static partial class ClrScalars
{
    public static ImmutableArray<ScalarTypeConfig> All { get; } =
    [
        Number("Long", "A whole number of 64 bits.", typeof(long),
            text => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        Number("Decimal", "A decimal number that is exact, of up to 28 digits.", typeof(decimal),
            text => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        Text("DateTime", "A moment, as RFC 3339 writes it.", typeof(DateTimeOffset),
            text => Instant().IsMatch(text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : throw new FormatException($"\"{text}\" is no moment such as \"2025-12-31T23:59:59Z\"."),
            value => value is DateTimeOffset moment ? Moment(moment) : Moment(new DateTimeOffset(((DateTime)value).ToUniversalTime()))),
        Text("Date", "A day of the calendar: `2025-12-31`.", typeof(DateOnly),
            text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            value => ((DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Text("Time", "A time of the day: `23:59:59`.", typeof(TimeOnly),
            text => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
            value => ((TimeOnly)value).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        Text("Duration", "A span of time, as ISO 8601 writes it.", typeof(TimeSpan),
            text => System.Xml.XmlConvert.ToTimeSpan(text), value => System.Xml.XmlConvert.ToString((TimeSpan)value)),
        Text("UUID", "A universally unique identifier.", typeof(Guid), text => Guid.Parse(text), value => value.ToString()!),
        Text("URL", "The address of something.", typeof(Uri), text => new Uri(text, UriKind.RelativeOrAbsolute), value => ((Uri)value).OriginalString),
        new ScalarTypeConfig { Name = "Any", Description = "Whatever JSON has.", ClrType = typeof(object) },
    ];

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instant();

    private static string Moment(DateTimeOffset moment) =>
        moment.Offset == TimeSpan.Zero
            ? moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture)
            : moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static ScalarTypeConfig Text(string name, string description, Type type, Func<string, object> parse, Func<object, string> write) => new()
    {
        Name = name,
        Description = description,
        ClrType = type,
        ParseValue = value => value.ValueKind == JsonValueKind.String
            ? Coerced.To(parse(value.GetString()!))
            : Coerced.Refused($"{name} cannot represent non-string value: {JsText.Inspect(value)}"),
        ParseLiteral = (value, _) => value is StringValueNode text
            ? Coerced.To(parse(text.Value))
            : Coerced.Refused($"{name} cannot represent non-string value: {value}"),
        Serialize = value => Coerced.To(write(value)),
    };

    /// <summary>Numbers are taken as text too, since JavaScript has not all of them.</summary>
    private static ScalarTypeConfig Number(string name, string description, Type type, Func<string, object> parse) => new()
    {
        Name = name,
        Description = description,
        ClrType = type,
        ParseValue = value => value.ValueKind switch
        {
            JsonValueKind.Number => Coerced.To(parse(value.GetRawText())),
            JsonValueKind.String => Coerced.To(parse(value.GetString()!)),
            _ => Coerced.Refused($"{name} cannot represent non-numeric value: {JsText.Inspect(value)}"),
        },
        ParseLiteral = (value, _) => value switch
        {
            IntValueNode number => Coerced.To(parse(number.Value)),
            FloatValueNode number => Coerced.To(parse(number.Value)),
            StringValueNode number => Coerced.To(parse(number.Value)),
            _ => Coerced.Refused($"{name} cannot represent non-numeric value: {value}"),
        },
        Serialize = value => Coerced.To(Convert.ChangeType(value, type, CultureInfo.InvariantCulture)),
    };
}
