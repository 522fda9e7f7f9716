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
        return raw.IndexOf("\\u"u8) < 0 ? null : Broken(body, "");
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

    private static Error? Broken(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(p => Name(p) is { } name ? Broken(p.Value, at.Length == 0 ? name : $"{at}/{name}")
            : new Error(ErrorCodes.BodyMalformed, "A field's name is not Unicode text, or has a NUL character.")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((e, i) => Broken(e, at.Length == 0 ? $"{i}" : $"{at}/{i}")).FirstOrDefault(found => found is not null),
        JsonValueKind.String when Text(value.GetString)?.Contains('\0', StringComparison.Ordinal) == true => at.Length == 0 ? new Error(ErrorCodes.BodyMalformed, "The body has a NUL character.")
            : Error.Of(at, ErrorCodes.FieldMalformed, $"The field '{at}' has a NUL character, which no store keeps."),
        JsonValueKind.String when Text(value.GetString) is null => at.Length == 0 ? new Error(ErrorCodes.BodyMalformed, "The body is not Unicode text.")
            : Error.Of(at, ErrorCodes.FieldMalformed, $"The field '{at}' has half of a surrogate pair, which is no Unicode text."),
        _ => null,
    };

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
