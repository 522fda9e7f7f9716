using System.Globalization;
using System.Text.Json;

namespace Spm.Connectors;

/// <summary>Holds a value against a schema and tells everything that is wrong, each with its pointer.</summary>
internal static class SchemaValidator
{
    public static void Validate(SchemaNode schema, JsonElement value, string pointer, List<LocatedError> errors)
    {
        if (!HasType(schema.Type, value))
        {
            Add("wrong_type", $"{Name(pointer)} must be of type {schema.Type}.");
            return;
        }
        if (schema.Enum.Count > 0 && !schema.Enum.Any(e => JsonElement.DeepEquals(e, value)))
        {
            Add("unknown_value", $"{Name(pointer)} is none of {string.Join(", ", schema.Enum)}.");
        }
        switch (schema.Type)
        {
            case "object":
                Members(schema, value, pointer, errors);
                break;
            case "array":
                Items(schema, value, pointer, errors);
                break;
            case "string":
                Text(schema, value.GetString()!, Name(pointer), Add);
                break;
            case "integer" or "number":
                Number(schema, value, Name(pointer), Add);
                break;
        }

        void Add(string code, string detail) => errors.Add(new LocatedError(pointer, code, detail));
    }

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
        _ => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
    };

    private static void Members(SchemaNode schema, JsonElement value, string pointer, List<LocatedError> errors)
    {
        foreach (var name in schema.Required.Where(r => !value.TryGetProperty(r, out _)))
        {
            errors.Add(new LocatedError($"{pointer}/{JsonPositions.Escape(name)}", "member_missing", $"'{name}' is missing."));
        }
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{pointer}/{JsonPositions.Escape(member.Name)}";
            if (schema.Properties.TryGetValue(member.Name, out var property))
            {
                Validate(property, member.Value, at, errors);
            }
            else if (!schema.AdditionalProperties)
            {
                errors.Add(new LocatedError(at, "member_unknown", $"'{member.Name}' is not known here."));
            }
        }
    }

    private static void Items(SchemaNode schema, JsonElement value, string pointer, List<LocatedError> errors)
    {
        var count = value.GetArrayLength();
        if (count < schema.MinItems || count > schema.MaxItems)
        {
            errors.Add(new LocatedError(pointer, "out_of_range", $"{Name(pointer)} has {count} items, and must have {Bounds(schema.MinItems, schema.MaxItems)}."));
        }
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            Validate(schema.Items ?? SchemaNode.Any, item, $"{pointer}/{i++}", errors);
        }
    }

    private static void Text(SchemaNode schema, string text, string name, Action<string, string> add)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (length < schema.MinLength || length > schema.MaxLength)
        {
            add("out_of_range", $"{name} has {length} characters, and must have {Bounds(schema.MinLength, schema.MaxLength)}.");
        }
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            add("wrong_shape", $"{name} does not match {pattern}.");
        }
        if (schema.Format is { } format && !HasFormat(format, text))
        {
            add("wrong_shape", $"{name} is not of the format {format}.");
        }
    }

    private static bool HasFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.IndexOf('@') is > 0 and var at && at < text.Length - 1 && !text.Any(char.IsWhiteSpace),
        _ => Uri.CheckHostName(text) == UriHostNameType.Dns,
    };

    private static void Number(SchemaNode schema, JsonElement value, string name, Action<string, string> add)
    {
        var number = value.GetDecimal();
        if (number < schema.Minimum || number > schema.Maximum)
        {
            add("out_of_range", $"{name} is {number.ToString(CultureInfo.InvariantCulture)}, and must be {Bounds(schema.Minimum, schema.Maximum)}.");
        }
    }

    /// <summary>For people who read the detail alone: the pointer stands beside it.</summary>
    private static string Name(string pointer) => pointer.Length == 0 ? "The configuration" : $"'{pointer[1..]}'";

    /// <summary>Both ends are included; one of them is there.</summary>
    private static string Bounds<T>(T? min, T? max) where T : struct, IFormattable => (min, max) switch
    {
        ({ } least, null) => $"at least {Written(least)}",
        (null, { } most) => $"at most {Written(most)}",
        _ => $"{Written(min!.Value)} to {Written(max!.Value)}",
    };

    private static string Written(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
