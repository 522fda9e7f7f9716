using System.Globalization;
using System.Text;

namespace Spm.GraphQL.Language;

/// <summary>What errors say about places and characters of a source in UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The place of a byte, found by counting lines up to it. Lines end with LF, CR or CR LF.</summary>
    public static SourceLocation LocationAt(ReadOnlySpan<byte> source, int position)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < position; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && (i + 1 >= source.Length || source[i + 1] != '\n')))
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }
        return new SourceLocation(line, 1 + Utf16Length(source[lineStart..position]));
    }

    /// <summary>Code units of UTF-16. A stretch that is not UTF-8 counts as it would be shown.</summary>
    public static int Utf16Length(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8);

    /// <summary>The first code units of UTF-16 from a position on, fewer at the end of the source.</summary>
    public static string Utf16Prefix(ReadOnlySpan<byte> source, int position, int length)
    {
        // Three bytes hold at most one code unit, four at most two.
        var text = Encoding.UTF8.GetString(source.Slice(position, Math.Min(length * 3, source.Length - position)));
        return text.Length > length ? text[..length] : text;
    }

    /// <summary>The length in bytes of the character at a position: 0 when it is not well-formed UTF-8.</summary>
    public static int LengthAt(ReadOnlySpan<byte> source, int position) =>
        source[position] < 0x80 ? 1
        : Rune.DecodeFromUtf8(source[position..], out _, out var length) == System.Buffers.OperationStatus.Done ? length
        : 0;

    /// <summary>The character at a position as errors show it: printable ASCII in quotes, others as a code point.</summary>
    public static string DescribeAt(ReadOnlySpan<byte> source, int position)
    {
        if (position >= source.Length)
        {
            return TokenKind.EndOfFile.Describe();
        }
        return source[position] switch
        {
            (byte)'"' => "'\"'",
            >= 0x20 and <= 0x7E => $"\"{(char)source[position]}\"",
            _ when LengthAt(source, position) == 0 => $"byte 0x{source[position]:X2}, which is not UTF-8",
            _ => DescribeCodePoint(source[position..]),
        };
    }

    private static string DescribeCodePoint(ReadOnlySpan<byte> source)
    {
        Rune.DecodeFromUtf8(source, out var rune, out _);
        return "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);
    }
}
