using System.Collections;
using System.Globalization;
using System.Text.Json;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Json;

/// <summary>Writes plain values: what scalars serialise to, and extensions.</summary>
internal static class JsonValue
{
    /// <summary>Nesting that is written; deeper values are an error.</summary>
    private const int MaxDepth = 64;

    /// <exception cref="GraphQLException">The value, or one inside, is none that JSON has.</exception>
    public static void Write(JsonBuffer output, object? value, int depth = 0)
    {
        switch (value)
        {
            case null:
                output.Null();
                break;
            case string text:
                output.String(text);
                break;
            case bool boolean:
                output.Boolean(boolean);
                break;
            case int number:
                output.Number(number);
                break;
            case double number when double.IsFinite(number):
                output.Number(number);
                break;
            // A float is widened by its digits: 0.1 stays 0.1.
            case float number when float.IsFinite(number):
                output.Number(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                break;
            case decimal number:
                output.Number(number);
                break;
            case ulong number:
                output.Number((decimal)number);
                break;
            case sbyte or byte or short or ushort or uint or long:
                output.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case JsonName name:
                output.Raw(name.Json.Span);
                break;
            case JsonElement element:
                Element(output, element);
                break;
            case IReadOnlyDictionary<string, object?> members when depth < MaxDepth:
                Members(output, members, depth);
                break;
            case IEnumerable items when depth < MaxDepth:
                Items(output, items, depth);
                break;
            default:
                throw new GraphQLException(new GraphQLError($"A value of {value.GetType().Name} cannot be written as JSON."));
        }
    }

    private static void Element(JsonBuffer output, JsonElement element)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        element.WriteTo(writer);
    }

    private static void Members(JsonBuffer output, IReadOnlyDictionary<string, object?> members, int depth)
    {
        output.Byte((byte)'{');
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first)
            {
                output.Byte((byte)',');
            }
            first = false;
            output.Property(name);
            Write(output, value, depth + 1);
        }
        output.Byte((byte)'}');
    }

    private static void Items(JsonBuffer output, IEnumerable items, int depth)
    {
        output.Byte((byte)'[');
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                output.Byte((byte)',');
            }
            first = false;
            Write(output, item, depth + 1);
        }
        output.Byte((byte)']');
    }
}
