using System.Text;

namespace Spm.GraphQL.Language;

/// <summary>Reads what strings and block strings mean.</summary>
internal readonly ref struct StringReader(Lexer lexer)
{
    private readonly Lexer _lexer = lexer;
    private readonly ReadOnlySpan<byte> _source = lexer.Source;

    /// <param name="position">After the opening quote.</param>
    /// <param name="end">After the closing one.</param>
    public string Read(int position, out int end)
    {
        StringBuilder? text = null;
        var chunk = position;
        while (position < _source.Length && _source[position] is not ((byte)'\n' or (byte)'\r'))
        {
            var c = _source[position];
            if (c == '"')
            {
                end = position + 1;
                var last = _source[chunk..position];
                return text is null ? Encoding.UTF8.GetString(last) : Append(text, last).ToString();
            }
            if (c == '\\')
            {
                text = Append(text ?? new StringBuilder(), _source[chunk..position]);
                position = Escape(text, position);
                chunk = position;
                continue;
            }
            position += LengthAt(position);
        }
        throw _lexer.Error(position, "Unterminated string.");
    }

    /// <param name="position">After the opening quotes.</param>
    /// <param name="end">After the closing ones.</param>
    public string ReadBlock(int position, out int end)
    {
        List<string> lines = [];
        var line = new StringBuilder();
        var chunk = position;
        while (position < _source.Length)
        {
            var c = _source[position];
            if (c == '"' && QuotesAt(position))
            {
                lines.Add(Append(line, _source[chunk..position]).ToString());
                end = position + 3;
                return BlockString.Dedent(lines);
            }
            if (c == '\\' && QuotesAt(position + 1))
            {
                Append(line, _source[chunk..position]);
                // Only the backslash is left out.
                chunk = position + 1;
                position += 4;
            }
            else if (c is (byte)'\n' or (byte)'\r')
            {
                lines.Add(Append(line, _source[chunk..position]).ToString());
                line.Clear();
                position += c == '\r' && At(position + 1) == '\n' ? 2 : 1;
                chunk = position;
            }
            else
            {
                position += LengthAt(position);
            }
        }
        throw _lexer.Error(position, "Unterminated string.");
    }

    private static StringBuilder Append(StringBuilder text, ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[256];
        // A chunk ends between characters, but a piece of it may not: long ones are decoded at once.
        return utf8.Length <= chars.Length
            ? text.Append(chars[..Encoding.UTF8.GetChars(utf8, chars)])
            : text.Append(Encoding.UTF8.GetString(utf8));
    }

    private int At(int position) => position < _source.Length ? _source[position] : -1;

    private bool QuotesAt(int position) => At(position) == '"' && At(position + 1) == '"' && At(position + 2) == '"';

    private int LengthAt(int position) => Utf8Text.LengthAt(_source, position) is > 0 and var length
        ? length
        : throw _lexer.Error(position, $"Invalid character within String: {Utf8Text.DescribeAt(_source, position)}.");

    /// <summary>Appends what an escape sequence stands for.</summary>
    /// <returns>The position after it.</returns>
    private int Escape(StringBuilder text, int position)
    {
        if (At(position + 1) == 'u')
        {
            return At(position + 2) == '{' ? EscapedCodePoint(text, position) : EscapedCodeUnits(text, position);
        }
        text.Append(At(position + 1) switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw _lexer.Error(position, $"Invalid character escape sequence: \"{Utf8Text.Utf16Prefix(_source, position, 2)}\"."),
        });
        return position + 2;
    }

    /// <summary><c>\u{1F600}</c>, with up to eight digits.</summary>
    private int EscapedCodePoint(StringBuilder text, int position)
    {
        var point = 0;
        var size = 3;
        while (size < 12)
        {
            var c = At(position + size++);
            if (c == '}')
            {
                if (size >= 5 && Rune.TryCreate(point, out var rune))
                {
                    text.Append(rune.ToString());
                    return position + size;
                }
                break;
            }
            // A digit that is none makes the point negative, and so does one that is too large.
            point = (point << 4) | Chars.HexDigit(c);
            if (point < 0)
            {
                break;
            }
        }
        throw InvalidUnicode(position, size);
    }

    /// <summary><c>\u00e9</c>, or two of them that make a surrogate pair.</summary>
    private int EscapedCodeUnits(StringBuilder text, int position)
    {
        var first = CodeUnit(position + 2);
        if (Rune.IsValid(first))
        {
            text.Append((char)first);
            return position + 6;
        }
        if (first >= 0 && char.IsHighSurrogate((char)first) && At(position + 6) == '\\' && At(position + 7) == 'u')
        {
            var second = CodeUnit(position + 8);
            if (second >= 0 && char.IsLowSurrogate((char)second))
            {
                text.Append((char)first).Append((char)second);
                return position + 12;
            }
        }
        throw InvalidUnicode(position, 6);
    }

    /// <summary>Four hexadecimal digits, or a negative number.</summary>
    private int CodeUnit(int position) =>
        (Chars.HexDigit(At(position)) << 12) | (Chars.HexDigit(At(position + 1)) << 8)
        | (Chars.HexDigit(At(position + 2)) << 4) | Chars.HexDigit(At(position + 3));

    private GraphQLException InvalidUnicode(int position, int size) =>
        _lexer.Error(position, $"Invalid Unicode escape sequence: \"{Utf8Text.Utf16Prefix(_source, position, size)}\".");
}
