using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Spm.GraphQL.Types.Coercion;

/// <summary>Values as errors show them, which is as JavaScript shows them: clients compare messages with those of graphql-js.</summary>
internal static class JsText
{
    private const int MaxItems = 10;
    private const int MaxDepth = 2;

    /// <summary>A number in the shortest form that means it.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0)
        {
            return "0";
        }
        // .NET finds the same digits; JavaScript only draws the line to exponents elsewhere.
        var (digits, exponent) = Scientific(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        var sign = value < 0 ? "-" : "";
        return exponent switch
        {
            >= 21 or < -6 => $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}",
            < 0 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
            _ => $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var lone = char.IsSurrogate(c) && !(i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]));
            if (char.IsHighSurrogate(c) && !lone)
            {
                quoted.Append(c).Append(text[++i]);
                continue;
            }
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when lone || c < ' ' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A value of the program.</summary>
    public static string InspectObject(object value) => value switch
    {
        string text => Quote(text),
        bool boolean => boolean ? "true" : "false",
        double number => Number(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value of JSON, cut where it is deep or long.</summary>
    public static string Inspect(JsonElement value)
    {
        var text = new StringBuilder();
        Inspect(text, value, 0);
        return text.ToString();
    }

    private static void Inspect(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                List(text, value, depth + 1);
                break;
            case JsonValueKind.Object:
                Object(text, value, depth + 1);
                break;
            default:
                text.Append(value.ValueKind switch
                {
                    JsonValueKind.String => Quote(value.GetString()!),
                    JsonValueKind.Number when value.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
                    JsonValueKind.Number => Number(value.GetDouble()),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    JsonValueKind.Null => "null",
                    _ => "undefined",
                });
                break;
        }
    }

    private static void List(StringBuilder text, JsonElement value, int depth)
    {
        var length = value.GetArrayLength();
        if (length == 0 || depth > MaxDepth)
        {
            text.Append(length == 0 ? "[]" : "[Array]");
            return;
        }
        var separator = "[";
        foreach (var item in value.EnumerateArray().Take(MaxItems))
        {
            text.Append(separator);
            Inspect(text, item, depth);
            separator = ", ";
        }
        text.Append(length == MaxItems + 1 ? ", ... 1 more item]" : length > MaxItems ? $", ... {length - MaxItems} more items]" : "]");
    }

    private static void Object(StringBuilder text, JsonElement value, int depth)
    {
        var empty = !value.EnumerateObject().MoveNext();
        if (empty || depth > MaxDepth)
        {
            text.Append(empty ? "{}" : "[Object]");
            return;
        }
        var separator = "{ ";
        // What is longer than a message would be cut anyway.
        foreach (var property in value.EnumerateObject().TakeWhile(_ => text.Length <= Limits.Message))
        {
            text.Append(separator).Append(property.Name).Append(": ");
            Inspect(text, property.Value, depth);
            separator = ", ";
        }
        text.Append(" }");
    }

    /// <summary>The significant digits of a number as .NET writes it, and the power of ten of the first of them.</summary>
    private static (string Digits, int Exponent) Scientific(string number)
    {
        var parts = number.Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        var power = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return (digits.Trim('0'), whole - 1 - zeros + power);
    }
}
