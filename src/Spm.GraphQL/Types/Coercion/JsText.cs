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

    /// <summary>A value of JSON, cut where it is deep or long.</summary>
    public static string Inspect(JsonElement value) => Inspect(value, 0);

    private static string Inspect(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => List(value, depth + 1),
        JsonValueKind.Object => Object(value, depth + 1),
        _ => "undefined",
    };

    private static string Number(JsonElement value) =>
        value.TryGetInt64(out var integer) ? integer.ToString(CultureInfo.InvariantCulture) : Number(value.GetDouble());

    private static string List(JsonElement value, int depth)
    {
        var length = value.GetArrayLength();
        if (length == 0)
        {
            return "[]";
        }
        if (depth > MaxDepth)
        {
            return "[Array]";
        }
        var items = value.EnumerateArray().Take(MaxItems).Select(item => Inspect(item, depth)).ToList();
        if (length > MaxItems)
        {
            items.Add(length == MaxItems + 1 ? "... 1 more item" : $"... {length - MaxItems} more items");
        }
        return $"[{string.Join(", ", items)}]";
    }

    private static string Object(JsonElement value, int depth)
    {
        if (!value.EnumerateObject().MoveNext())
        {
            return "{}";
        }
        return depth > MaxDepth
            ? "[Object]"
            : $"{{ {string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}: {Inspect(p.Value, depth)}"))} }}";
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
