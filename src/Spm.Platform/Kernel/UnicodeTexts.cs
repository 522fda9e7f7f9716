using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Spm.Platform.Kernel;

/// <summary>
/// JSON can write what no text can hold: bytes that are not UTF-8, and half of a surrogate pair. The reader finds out only when the text is asked for,
/// so bodies are looked through before anybody asks. NUL is text, and PostgreSQL does not take it: it is refused whatever the store.
/// </summary>
internal static class UnicodeTexts
{
    /// <summary>Null when every name and text of the body is Unicode text.</summary>
    public static Error? Check(JsonElement body)
    {
        var raw = JsonMarshal.GetRawUtf8Value(body);
        if (!Utf8.IsValid(raw))
        {
            return new Error(ErrorCodes.BodyMalformed, "The body is not UTF-8.");
        }
        // Half of a pair and NUL can be written as escapes only.
        return raw.IndexOf("\\u"u8) < 0 ? null : Broken(body, new Stack<(string? Name, int Index)>());
    }

    /// <summary>Whether JSON has the escape of NUL. After an odd number of backslashes it is one; after an even number they are themselves escaped.</summary>
    public static bool HasNul(ReadOnlySpan<byte> json)
    {
        for (var rest = json; rest.IndexOf("\\u0000"u8) is >= 0 and var at; rest = rest[(at + 2)..])
        {
            if ((at - rest[..at].LastIndexOfAnyExcept((byte)'\\') - 1) % 2 == 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="value">What is looked through.</param>
    /// <param name="way">Names and positions down to it. They become a place when something is broken: a text for each value would be longer than the body.</param>
    private static Error? Broken(JsonElement value, Stack<(string? Name, int Index)> way)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (Name(property) is not { } name)
                    {
                        return new Error(ErrorCodes.BodyMalformed, "A field's name is not Unicode text, or has a NUL character.");
                    }
                    if (BrokenBelow(property.Value, way, (name, 0)) is { } found)
                    {
                        return found;
                    }
                }
                return null;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (BrokenBelow(item, way, (null, index++)) is { } found)
                    {
                        return found;
                    }
                }
                return null;
            case JsonValueKind.String:
                return Text(value.GetString) is not { } text ? At(way, "The body is not Unicode text.", "has half of a surrogate pair, which is no Unicode text")
                    : text.Contains('\0', StringComparison.Ordinal) ? At(way, "The body has a NUL character.", "has a NUL character, which no store keeps")
                    : null;
            default:
                return null;
        }
    }

    private static Error? BrokenBelow(JsonElement value, Stack<(string? Name, int Index)> way, (string? Name, int Index) step)
    {
        way.Push(step);
        var found = Broken(value, way);
        way.Pop();
        return found;
    }

    private static Error At(Stack<(string? Name, int Index)> way, string ofBody, string ofField)
    {
        var at = string.Join('/', way.Reverse().Select(s => s.Name ?? $"{s.Index}"));
        return at.Length == 0 ? new Error(ErrorCodes.BodyMalformed, ofBody) : Error.Of(at, ErrorCodes.FieldMalformed, $"The field '{at}' {ofField}.");
    }

    private static string? Name(JsonProperty property) => Text(() => property.Name) is { } name && !name.Contains('\0', StringComparison.Ordinal) ? name : null;

    private static string? Text(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
