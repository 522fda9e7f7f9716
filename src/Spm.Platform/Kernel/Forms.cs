using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Spm.Platform.Kernel;

/// <summary>Says which form a field of an input has, to whoever sent it in another one.</summary>
internal static class Forms
{
    private const int QuotedLength = 40;

    /// <param name="path">The field within the input, "splits/0/percent" for example.</param>
    /// <param name="body">What was sent; null when it is not at hand.</param>
    public static string Mismatch(Type input, string path, JsonElement? body)
    {
        var form = TypeAt(input, path) is { } type ? Of(type) : null;
        var sent = body is { } whole && At(whole, path) is { } value ? Quoted(value) : null;
        return (form, sent) switch
        {
            ({ }, { }) => $"The field '{path}' is {form}, and not {sent}.",
            ({ }, null) => $"The field '{path}' is {form}.",
            _ => $"The field '{path}' has the wrong form.",
        };
    }

    private static string? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(decimal) => $"a decimal number with a point and at most {Decimals.MaxDigits} digits, such as \"12.50\"",
            _ when type == typeof(DateOnly) => "a date of the form YYYY-MM-DD",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(string) => "a text",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
            _ => Json.Options.GetTypeInfo(type).Kind switch
            {
                JsonTypeInfoKind.Enumerable => "a list",
                JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
                _ => null,
            },
        };
    }

    private static Type? TypeAt(Type type, string path)
    {
        foreach (var part in path.Split('/'))
        {
            var info = Json.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            var next = info.Kind == JsonTypeInfoKind.Object ? info.Properties.FirstOrDefault(p => p.Name == part)?.PropertyType : info.ElementType;
            if (next is null)
            {
                return null;
            }
            type = next;
        }
        return type;
    }

    /// <summary>The value at a path such as "splits/0/percent"; null where there is none.</summary>
    public static JsonElement? At(JsonElement value, string path)
    {
        foreach (var part in path.Split('/'))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return null;
            }
        }
        return value;
    }

    private static string Quoted(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            // Not decoded: half of a surrogate pair is JSON and no text.
            _ => value.GetRawText(),
        };
        return text.Length > QuotedLength ? text[..QuotedLength] + "…" : text;
    }
}
