using System.Globalization;
using System.Text;

namespace Spm.Compensation.Explain;

/// <summary>Texts of documents and files for a terminal: what would move its cursor, colour it or begin a line is written out, <c>\u001B</c>.</summary>
public static class PlainText
{
    public static string Of(string text)
    {
        if (!text.Any(Acts))
        {
            return text;
        }
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = Acts(c) ? plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : plain.Append(c);
        }
        return plain.ToString();
    }

    // Separators of lines and paragraphs, and marks that turn the direction of writing, are no control characters by name.
    private static bool Acts(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
