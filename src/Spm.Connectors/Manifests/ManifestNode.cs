using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spm.Connectors;

/// <summary>An object of a manifest while it is read. Collects what is wrong; what nobody asked for by the end is wrong too.</summary>
internal sealed class ManifestNode(JsonElement element, string pointer, List<LocatedError> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Pointer => pointer;

    public JsonElement Element => element;

    public static ManifestNode? Of(JsonElement element, string pointer, List<LocatedError> errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ManifestNode(element, pointer, errors);
        }
        errors.Add(new LocatedError(pointer, "wrong_type", "This must be an object."));
        return null;
    }

    public void Error(string member, string code, string detail) =>
        errors.Add(new LocatedError(member.Length == 0 ? pointer : $"{pointer}/{member}", code, detail));

    public JsonElement? Member(string name, bool required)
    {
        _known.Add(name);
        if (element.TryGetProperty(name, out var value))
        {
            return value;
        }
        if (required)
        {
            Error("", "member_missing", $"'{name}' is missing.");
        }
        return null;
    }

    public string Text(string name, bool required = true, string? pattern = null, string? shape = null)
    {
        if (Member(name, required) is not { } value)
        {
            return "";
        }
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
        {
            Error(name, "wrong_type", "This must be a text that is not empty.");
            return "";
        }
        if (pattern is not null && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            Error(name, "wrong_shape", $"'{text}' is not {shape}.");
        }
        return text;
    }

    public string OneOf(string name, IReadOnlyCollection<string> allowed, string? otherwise = null)
    {
        var text = Text(name, required: otherwise is null);
        if (text.Length == 0)
        {
            return otherwise ?? "";
        }
        if (!allowed.Contains(text))
        {
            Error(name, "unknown_value", $"'{text}' is none of {string.Join(", ", allowed)}.");
        }
        return text;
    }

    public T OneOf<T>(string name, T? otherwise = null) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().ToDictionary(JsonNamingPolicy.SnakeCaseLower.ConvertName, Enum.Parse<T>);
        var text = OneOf(name, names.Keys, otherwise is { } value ? JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) : null);
        return names.GetValueOrDefault(text);
    }

    public bool Flag(string name)
    {
        var value = Member(name, required: true);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Error(name, "wrong_type", "This must be true or false.");
        }
        return value is { ValueKind: JsonValueKind.True };
    }

    public int Whole(string name, int min)
    {
        if (Member(name, required: true) is { } value && !(value.TryGetInt32OrFalse(out var number) && number >= min))
        {
            Error(name, "wrong_type", $"This must be a whole number of at least {min}.");
        }
        return element.TryGetProperty(name, out var e) && e.TryGetInt32OrFalse(out var n) ? n : min;
    }

    /// <summary>A duration as ISO 8601: <c>PT10S</c>. It must be above zero unless there is one to take otherwise, which may be zero.</summary>
    public TimeSpan Duration(string name, TimeSpan? otherwise = null)
    {
        var text = Text(name, required: otherwise is null);
        if (text.Length == 0)
        {
            return otherwise ?? TimeSpan.Zero;
        }
        try
        {
            var duration = System.Xml.XmlConvert.ToTimeSpan(text);
            if (duration < TimeSpan.Zero || (duration == TimeSpan.Zero && otherwise is null))
            {
                Error(name, "out_of_range", $"{text} is not above zero.");
            }
            return duration;
        }
        catch (FormatException)
        {
            Error(name, "wrong_shape", $"'{text}' is not an ISO 8601 duration such as PT10S.");
            return TimeSpan.Zero;
        }
    }

    public Version Version(string name)
    {
        var text = Text(name);
        if (System.Version.TryParse(text, out var version))
        {
            return version;
        }
        if (text.Length > 0)
        {
            Error(name, "wrong_shape", $"'{text}' is not a version such as 1.0.");
        }
        return new Version(0, 0);
    }

    public IReadOnlyList<string> Texts(string name, bool required = true)
    {
        List<string> texts = [];
        foreach (var (item, at) in Items(name, required))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
            else
            {
                Error(at, "wrong_type", "This must be a text that is not empty.");
            }
        }
        return texts;
    }

    public IEnumerable<(JsonElement Item, string At)> Items(string name, bool required = true)
    {
        if (Member(name, required) is not { } value)
        {
            return [];
        }
        if (value.ValueKind != JsonValueKind.Array)
        {
            Error(name, "wrong_type", "This must be a list.");
            return [];
        }
        return value.EnumerateArray().Select((item, i) => (item, $"{name}/{i}"));
    }

    public ManifestNode? Object(string name, bool required = true) =>
        Member(name, required) is { } value ? Of(value, $"{pointer}/{name}", errors) : null;

    public IEnumerable<ManifestNode> Objects(string name, bool required = true) =>
        Items(name, required).Select(i => Of(i.Item, $"{pointer}/{i.At}", errors)).OfType<ManifestNode>();

    /// <summary>A typing error must not be taken as something left out.</summary>
    public void RefuseOthers()
    {
        foreach (var member in element.EnumerateObject().Where(m => !_known.Contains(m.Name)))
        {
            Error(JsonPositions.Escape(member.Name), "member_unknown", $"'{member.Name}' is not known here.");
        }
    }
}

internal static class JsonElementExtensions
{
    public static bool TryGetInt32OrFalse(this JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out number);
    }
}
