namespace Spm.GraphQL.Language;

/// <summary>
/// Reads the tokens of a source in UTF-8, one after the other; nothing is read ahead. Columns are counted in UTF-16 code units, as clients
/// count them.
/// </summary>
internal ref struct Lexer(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _line = 1;
    private int _lineStart;

    /// <summary>By how many the bytes of the line exceed its UTF-16 code units, up to where the lexer stands.</summary>
    private int _excess;

    public readonly ReadOnlySpan<byte> Source => _source;

    /// <summary>The token at or after a position, which is where the token before it ended.</summary>
    /// <exception cref="GraphQLException">What stands there is no token.</exception>
    public Token Next(int position)
    {
        position = SkipIgnored(position);
        if (position >= _source.Length)
        {
            return Token(TokenKind.EndOfFile, _source.Length, _source.Length);
        }
        var c = _source[position];
        var punctuator = Punctuator(c);
        if (punctuator != TokenKind.EndOfFile)
        {
            return Token(punctuator, position, position + 1);
        }
        if (Chars.IsNameStart(c))
        {
            return Token(TokenKind.Name, position, EndOfName(position));
        }
        return c switch
        {
            (byte)'"' => Text(position),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(position),
            (byte)'.' when At(position + 1) == '.' && At(position + 2) == '.' => Token(TokenKind.Spread, position, position + 3),
            (byte)'\'' => throw Error(position, "Unexpected single quote character ('), did you mean to use a double quote (\")?"),
            _ => throw Error(position, UnexpectedCharacter(position)),
        };
    }

    /// <summary>A token of a schema coordinate, in which nothing is ignored.</summary>
    public readonly Token NextOfCoordinate(int position)
    {
        if (position >= _source.Length)
        {
            return Token(TokenKind.EndOfFile, position, position);
        }
        var kind = _source[position] switch
        {
            (byte)'.' => TokenKind.Dot,
            (byte)'(' => TokenKind.ParenL,
            (byte)')' => TokenKind.ParenR,
            (byte)':' => TokenKind.Colon,
            (byte)'@' => TokenKind.At,
            _ when Chars.IsNameStart(_source[position]) => TokenKind.Name,
            _ => throw Error(position, $"Invalid character: {Utf8Text.DescribeAt(_source, position)}."),
        };
        return Token(kind, position, kind == TokenKind.Name ? EndOfName(position) : position + 1);
    }

    public readonly GraphQLException Error(int position, string description) =>
        new(new GraphQLError("Syntax Error: " + description) { Locations = [Utf8Text.LocationAt(_source, position)] }.Bounded());

    private readonly Token Token(TokenKind kind, int start, int end) => new(kind, start, end, _line, 1 + start - _lineStart - _excess);

    private readonly int At(int position) => position < _source.Length ? _source[position] : -1;

    private static TokenKind Punctuator(byte c) => c switch
    {
        (byte)'!' => TokenKind.Bang,
        (byte)'$' => TokenKind.Dollar,
        (byte)'&' => TokenKind.Amp,
        (byte)'(' => TokenKind.ParenL,
        (byte)')' => TokenKind.ParenR,
        (byte)':' => TokenKind.Colon,
        (byte)'=' => TokenKind.EqualsSign,
        (byte)'@' => TokenKind.At,
        (byte)'[' => TokenKind.BracketL,
        (byte)']' => TokenKind.BracketR,
        (byte)'{' => TokenKind.BraceL,
        (byte)'|' => TokenKind.Pipe,
        (byte)'}' => TokenKind.BraceR,
        _ => TokenKind.EndOfFile,
    };

    /// <summary>Past white space, commas, byte order marks and comments.</summary>
    private int SkipIgnored(int position)
    {
        while (position < _source.Length)
        {
            switch (_source[position])
            {
                case (byte)' ' or (byte)'\t' or (byte)',':
                    position++;
                    break;
                case (byte)'\n' or (byte)'\r':
                    position = NewLine(position);
                    break;
                case (byte)'#':
                    position = SkipComment(position + 1);
                    break;
                case 0xEF when At(position + 1) == 0xBB && At(position + 2) == 0xBF:
                    position += 3;
                    _excess += 2;
                    break;
                default:
                    return position;
            }
        }
        return position;
    }

    /// <summary>The start of the next line, which the lexer stands on from now.</summary>
    private int NewLine(int position)
    {
        position += _source[position] == '\r' && At(position + 1) == '\n' ? 2 : 1;
        _line++;
        _lineStart = position;
        _excess = 0;
        return position;
    }

    /// <summary>To the end of the line, or to what is not UTF-8.</summary>
    private int SkipComment(int position)
    {
        while (position < _source.Length && _source[position] is not ((byte)'\n' or (byte)'\r'))
        {
            var length = Advance(position);
            if (length == 0)
            {
                break;
            }
            position += length;
        }
        return position;
    }

    /// <summary>The length of a character that the lexer passes, and counts. 0 when it is not well-formed UTF-8.</summary>
    private int Advance(int position)
    {
        var length = Utf8Text.LengthAt(_source, position);
        _excess += length switch { 2 => 1, 3 or 4 => 2, _ => 0 };
        return length;
    }

    private readonly int EndOfName(int position)
    {
        do
        {
            position++;
        }
        while (position < _source.Length && Chars.IsNameContinue(_source[position]));
        return position;
    }

    private readonly Token Number(int start)
    {
        var position = start;
        var isFloat = false;
        if (At(position) == '-')
        {
            position++;
        }
        if (At(position) == '0')
        {
            position++;
            if (Chars.IsDigit(At(position)))
            {
                throw Error(position, $"Invalid number, unexpected digit after 0: {Utf8Text.DescribeAt(_source, position)}.");
            }
        }
        else
        {
            position = Digits(position);
        }
        if (At(position) == '.')
        {
            isFloat = true;
            position = Digits(position + 1);
        }
        if (At(position) is 'e' or 'E')
        {
            isFloat = true;
            position = Digits(At(position + 1) is '+' or '-' ? position + 2 : position + 1);
        }
        // 1.2.3 and 12px are mistakes, not two tokens.
        if (At(position) == '.' || Chars.IsNameStart(At(position)))
        {
            throw Error(position, $"Invalid number, expected digit but got: {Utf8Text.DescribeAt(_source, position)}.");
        }
        return Token(isFloat ? TokenKind.Float : TokenKind.Int, start, position);
    }

    private readonly int Digits(int position)
    {
        if (!Chars.IsDigit(At(position)))
        {
            throw Error(position, $"Invalid number, expected digit but got: {Utf8Text.DescribeAt(_source, position)}.");
        }
        do
        {
            position++;
        }
        while (Chars.IsDigit(At(position)));
        return position;
    }

    private Token Text(int start)
    {
        var block = At(start + 1) == '"' && At(start + 2) == '"';
        var token = Token(block ? TokenKind.BlockString : TokenKind.String, start, start);
        var reader = new StringReader(this);
        var text = block ? reader.ReadBlock(start + 3, out var end) : reader.Read(start + 1, out end);
        Pass(start, end);
        return token with { End = end, Text = text };
    }

    /// <summary>Counts the lines and characters of a string that has been read.</summary>
    private void Pass(int position, int end)
    {
        while (position < end)
        {
            position = _source[position] is (byte)'\n' or (byte)'\r' ? NewLine(position) : position + Advance(position);
        }
    }

    private readonly string UnexpectedCharacter(int position) =>
        $"{(Utf8Text.LengthAt(_source, position) == 0 ? "Invalid" : "Unexpected")} character: {Utf8Text.DescribeAt(_source, position)}.";
}
