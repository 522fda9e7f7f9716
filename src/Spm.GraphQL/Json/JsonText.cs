using System.Globalization;
using System.Text.Unicode;

namespace Spm.GraphQL.Json;

/// <summary>
/// Whether the texts in JSON are texts. The reader of JSON lets bytes that are not UTF-8 pass, and halves of surrogate pairs behind a backslash, and
/// fails later, where somebody wants to have the text.
/// </summary>
internal static class JsonText
{
    private const int Digits = 4;

    public static bool IsUnicode(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && HasWholePairs(json);

    private static bool HasWholePairs(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[at..];
            if (Escaped(json) is not { } unit || !char.IsSurrogate(unit))
            {
                json = json[Math.Min(2, json.Length)..];
                continue;
            }
            json = json[(2 + Digits)..];
            if (!char.IsHighSurrogate(unit) || Escaped(json) is not { } low || !char.IsLowSurrogate(low))
            {
                return false;
            }
            json = json[(2 + Digits)..];
        }
        return true;
    }

    /// <summary>The code unit that begins the text as `\u` and four digits.</summary>
    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.StartsWith("\\u"u8) && json.Length >= 2 + Digits
        && ushort.TryParse(json.Slice(2, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
