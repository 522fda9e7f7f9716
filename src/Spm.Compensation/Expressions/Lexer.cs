using System.Globalization;

namespace Spm.Compensation.Expressions;

internal enum TokenKind : byte
{
    End,
    Number,
    Percent,
    Text,
    Name,

    /// <summary>A reserved word, in lower case.</summary>
    Word,
    Symbol,
}

/// <param name="Text">The symbol, word or name; of a text its value without quotes.</param>
/// <param name="Value">Of numbers and percents: 0.2 of 20 %.</param>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text, decimal Value = 0m)
{
    public bool Is(string symbolOrWord) => Kind is TokenKind.Symbol or TokenKind.Word && Text == symbolOrWord;
}

/// <summary>Cuts a text into tokens, the last of which is the end. Stops at the first character that begins none.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Words = ["and", "false", "if", "in", "not", "null", "or", "true"];
    private static readonly string[] Symbols = ["<=", ">=", "<>", "+", "-", "*", "/", "(", ")", ",", "=", "<", ">"];

    private readonly List<Token> _tokens = [];
    private int _at;

    public ExpressionError? Error { get; private set; }

    /// <summary>Whether a scope may have such a name: segments of letters, digits and _ that begin with no digit, joined by dots.</summary>
    public static bool IsName(string name) =>
        name.Split('.').All(segment => segment.Length > 0 && IsLetter(segment[0]) && segment.All(c => IsLetter(c) || char.IsAsciiDigit(c)))
        && !IsWord(name);

    public static bool IsWord(string name) => Array.IndexOf(Words, name) >= 0;

    public List<Token> Read()
    {
        while (Error is null && SkipBlanks())
        {
            var c = text[_at];
            if (char.IsAsciiDigit(c))
            {
                Number();
            }
            else if (IsLetter(c))
            {
                Name();
            }
            else if (c == '\'')
            {
                Text();
            }
            else
            {
                Symbol();
            }
        }
        _tokens.Add(new Token(TokenKind.End, text.Length, ""));
        return _tokens;
    }

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c == '_';

    private bool SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
        return _at < text.Length;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void Number()
    {
        var from = _at;
        Digits();
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            Digits();
        }
        var digits = text[from.._at].Replace("_", "", StringComparison.Ordinal);
        if (IsLetter(Peek()) || Peek() == '.')
        {
            Fail(_at, ExpressionCodes.Number, "A number is written like 1000, 1_000 or 0.25: digits, with a point between digits and no exponent.");
            return;
        }
        var percent = Peek() == '%';
        _at += percent ? 1 : 0;
        if (!Fits(digits, percent))
        {
            Fail(from, ExpressionCodes.NumberRange, $"A number has at most {ExpressionLimits.Digits} digits and as many decimals, a percent 26.");
            return;
        }
        var value = decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        _tokens.Add(new Token(percent ? TokenKind.Percent : TokenKind.Number, from, text[from.._at], percent ? value / 100m : value));
    }

    /// <summary>Digits, and single underscores between two of them.</summary>
    private void Digits()
    {
        while (char.IsAsciiDigit(Peek()) || (Peek() == '_' && char.IsAsciiDigit(Peek(1))))
        {
            _at++;
        }
    }

    /// <summary>Whether the digits fit exactly. Zeros that say nothing do not count.</summary>
    private static bool Fits(string digits, bool percent)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : digits[(point + 1)..].TrimEnd('0').Length;
        var whole = (point < 0 ? digits : digits[..point]).TrimStart('0').Length;
        var significant = whole > 0 ? whole + decimals : digits[(point + 1)..].Trim('0').Length;
        return significant <= ExpressionLimits.Digits && decimals <= ExpressionLimits.Digits - (percent ? 2 : 0);
    }

    private void Name()
    {
        var from = _at;
        while (IsLetter(Peek()) || char.IsAsciiDigit(Peek()) || (Peek() == '.' && IsLetter(Peek(1))))
        {
            _at++;
        }
        var name = text[from.._at];
        _tokens.Add(new Token(IsWord(name) ? TokenKind.Word : TokenKind.Name, from, name));
    }

    private void Text()
    {
        var from = _at++;
        while (Peek() != '\'' || Peek(1) == '\'')
        {
            if (_at >= text.Length || text[_at] is '\r' or '\n')
            {
                Fail(from, ExpressionCodes.Unterminated, "A text ends with ' on its own line; a ' inside it is doubled.");
                return;
            }
            _at += Peek() == '\'' ? 2 : 1;
        }
        _tokens.Add(new Token(TokenKind.Text, from, text[(from + 1).._at].Replace("''", "'", StringComparison.Ordinal)));
        _at++;
    }

    private void Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _tokens.Add(new Token(TokenKind.Symbol, _at, symbol));
                _at += symbol.Length;
                return;
            }
        }
        Fail(_at, ExpressionCodes.Character, text[_at] switch
        {
            '!' => "'!' means nothing here: write <> for 'is not', or not.",
            '"' => "Texts stand between single quotes: 'AE'.",
            '%' => "% stands straight after a number: 20%. It is no operator.",
            '.' => "A number begins with a digit (0.5), a name with a letter.",
            '&' or '|' => "Write and, or.",
            var c when char.IsControl(c) || char.IsSurrogate(c) => $"The character U+{(int)c:X4} means nothing here.",
            var c => $"'{c}' means nothing here.",
        });
    }

    private void Fail(int offset, string code, string message) => Error = ExpressionError.At(text, offset, code, message);
}
