using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Spm.Platform.Kernel;

/// <summary>
/// JSON can write what no text can hold: bytes that are not UTF-8, and half of a surrogate pair. The reader finds out only when the text is asked for,
/// so bodies are looked through before anybody asks.
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
        // Half of a pair can be written as an escape only.
        return raw.IndexOf("\\u"u8) < 0 ? null : Broken(body, "");
    }

    private static Error? Broken(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(p => Name(p) is { } name ? Broken(p.Value, at.Length == 0 ? name : $"{at}/{name}")
            : new Error(ErrorCodes.BodyMalformed, "A field's name is not Unicode text.")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((e, i) => Broken(e, at.Length == 0 ? $"{i}" : $"{at}/{i}")).FirstOrDefault(found => found is not null),
        JsonValueKind.String when Text(value.GetString) is null => at.Length == 0 ? new Error(ErrorCodes.BodyMalformed, "The body is not Unicode text.")
            : Error.Of(at, ErrorCodes.FieldMalformed, $"The field '{at}' has half of a surrogate pair, which is no Unicode text."),
        _ => null,
    };

    private static string? Name(JsonProperty property) => Text(() => property.Name);

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
