using System.Text;

namespace Spm.GraphQL.Language;

/// <summary>
/// Reads GraphQL: documents with operations, fragments and definitions of schemas, and their parts. Sources are UTF-8; whatever their bytes,
/// the result is a tree or one located error, within the bounds of <see cref="ParserOptions"/>.
/// </summary>
public ref partial struct Parser
{
    private readonly ParserOptions _options;
    private readonly bool _coordinate;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;
    private Lexer _lexer;
    private Token _token = new(TokenKind.StartOfFile, 0, 0, 1, 1);
    private Token? _ahead;
    private int _lastEnd;
    private int _tokenCount;
    private int _depth;

    private Parser(ReadOnlySpan<byte> source, ParserOptions options, bool coordinate = false)
    {
        _options = options;
        _coordinate = coordinate;
        _lexer = new Lexer(source);
        _names = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        if (source.Length > options.MaxBytes)
        {
            throw _lexer.Error(options.MaxBytes, $"Document contains more than {options.MaxBytes} bytes. Parsing aborted.");
        }
    }

    private delegate T Part<out T>(ref Parser parser);

    /// <exception cref="GraphQLException">The source is no document. There is one error, with one location.</exception>
    public static DocumentNode Parse(ReadOnlySpan<byte> source, ParserOptions? options = null)
    {
        var parser = new Parser(source, options ?? ParserOptions.Default);
        return parser.Document();
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, ParserOptions?)"/>
    public static DocumentNode Parse(string source, ParserOptions? options = null) => Parse(Encoding.UTF8.GetBytes(source), options);

    /// <summary>Reads a document without throwing.</summary>
    /// <returns>Either the document, or the one error that it has.</returns>
    public static (DocumentNode? Document, GraphQLError? Error) TryParse(ReadOnlySpan<byte> source, ParserOptions? options = null)
    {
        try
        {
            return (Parse(source, options), null);
        }
        catch (GraphQLException refused)
        {
            return (null, refused.Error);
        }
    }

    /// <summary>Reads a value, in which variables may stand.</summary>
    /// <exception cref="GraphQLException">It is none.</exception>
    public static ValueNode ParseValue(string source, ParserOptions? options = null) =>
        Whole(source, options, (ref p) => p.Value(constant: false));

    /// <summary>Reads a value without variables.</summary>
    /// <exception cref="GraphQLException">It is none.</exception>
    public static ValueNode ParseConstValue(string source, ParserOptions? options = null) =>
        Whole(source, options, (ref p) => p.Value(constant: true));

    /// <summary>Reads a reference to a type, such as <c>[User!]!</c>.</summary>
    /// <exception cref="GraphQLException">It is none.</exception>
    public static TypeNode ParseType(string source, ParserOptions? options = null) => Whole(source, options, (ref p) => p.TypeReference());

    /// <summary>Reads the address of an element of a schema, such as <c>Query.user(id:)</c>.</summary>
    /// <exception cref="GraphQLException">It is none.</exception>
    public static SchemaCoordinateNode ParseSchemaCoordinate(string source) =>
        Whole(source, null, (ref p) => p.SchemaCoordinate(), coordinate: true);

    private static T Whole<T>(string source, ParserOptions? options, Part<T> part, bool coordinate = false)
    {
        var parser = new Parser(Encoding.UTF8.GetBytes(source), options ?? ParserOptions.Default, coordinate);
        parser.Expect(TokenKind.StartOfFile);
        var result = part(ref parser);
        parser.Expect(TokenKind.EndOfFile);
        return result;
    }

    /// <summary>The text of a name or number. The same name is the same string throughout a document.</summary>
    private readonly string TextOf(in Token token)
    {
        var utf8 = _lexer.Source[token.Start..token.End];
        Span<char> chars = stackalloc char[64];
        if (utf8.Length > chars.Length)
        {
            return Encoding.UTF8.GetString(utf8);
        }
        var name = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        if (!_names.TryGetValue(name, out var known))
        {
            known = name.ToString();
            _names.Set.Add(known);
        }
        return known;
    }

    /// <summary>Whether a token is this name. It is not remembered, so that keywords cost nothing.</summary>
    private readonly bool Is(in Token token, ReadOnlySpan<byte> name) =>
        token.Kind == TokenKind.Name && _lexer.Source[token.Start..token.End].SequenceEqual(name);

    private readonly bool Peek(TokenKind kind) => _token.Kind == kind;

    private Token Next(int position) => _coordinate ? _lexer.NextOfCoordinate(position) : _lexer.Next(position);

    private void Advance()
    {
        _lastEnd = _token.End;
        _token = _ahead ?? Next(_token.End);
        _ahead = null;
        if (_token.Kind != TokenKind.EndOfFile && ++_tokenCount > _options.MaxTokens)
        {
            throw _lexer.Error(_token.Start, $"Document contains more than {_options.MaxTokens} tokens. Parsing aborted.");
        }
    }

    /// <summary>The token after the current one, which stays the current one.</summary>
    private Token LookAhead()
    {
        if (Peek(TokenKind.EndOfFile))
        {
            return _token;
        }
        _ahead ??= Next(_token.End);
        return _ahead.Value;
    }

    private Token Expect(TokenKind kind)
    {
        var token = _token;
        if (token.Kind != kind)
        {
            throw _lexer.Error(token.Start, $"Expected {kind.Describe()}, found {Describe(token)}.");
        }
        Advance();
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }
        Advance();
        return true;
    }

    private void ExpectKeyword(string keyword)
    {
        if (!AcceptKeyword(keyword))
        {
            throw _lexer.Error(_token.Start, $"Expected \"{keyword}\", found {Describe(_token)}.");
        }
    }

    private bool AcceptKeyword(string keyword)
    {
        if (_token.Kind != TokenKind.Name || !Ascii.Equals(_lexer.Source[_token.Start.._token.End], keyword))
        {
            return false;
        }
        Advance();
        return true;
    }

    private readonly GraphQLException Unexpected(in Token token) => _lexer.Error(token.Start, $"Unexpected {Describe(token)}.");

    private readonly string Describe(in Token token) => token.Kind switch
    {
        TokenKind.String or TokenKind.BlockString => $"{token.Kind.Describe()} \"{token.Text}\"",
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{token.Kind.Describe()} \"{TextOf(token)}\"",
        _ => token.Kind.Describe(),
    };

    /// <summary>From a token up to where the last one ended.</summary>
    private readonly SourceSpan SpanFrom(in Token start) => new(start.Start, _lastEnd, start.Line, start.Column);

    private void Deeper()
    {
        if (++_depth > _options.MaxDepth)
        {
            throw _lexer.Error(_token.Start, $"Document is nested deeper than {_options.MaxDepth} levels. Parsing aborted.");
        }
    }

    private void Shallower() => _depth--;

    /// <summary>Parts between two tokens, possibly none.</summary>
    private ImmutableArray<T> Any<T>(TokenKind open, Part<T> part, TokenKind close)
    {
        Expect(open);
        if (Accept(close))
        {
            return [];
        }
        return Rest(part, close);
    }

    /// <summary>Parts between two tokens, at least one.</summary>
    private ImmutableArray<T> Many<T>(TokenKind open, Part<T> part, TokenKind close)
    {
        Expect(open);
        return Rest(part, close);
    }

    /// <summary>Nothing, or parts between two tokens, at least one.</summary>
    private ImmutableArray<T> OptionalMany<T>(TokenKind open, Part<T> part, TokenKind close) => Accept(open) ? Rest(part, close) : [];

    private ImmutableArray<T> Rest<T>(Part<T> part, TokenKind close)
    {
        var first = part(ref this);
        if (Accept(close))
        {
            return [first];
        }
        var parts = ImmutableArray.CreateBuilder<T>();
        parts.Add(first);
        do
        {
            parts.Add(part(ref this));
        }
        while (!Accept(close));
        return parts.DrainToImmutable();
    }

    /// <summary>Parts with a token between them, which may also stand before the first.</summary>
    private ImmutableArray<T> Delimited<T>(TokenKind delimiter, Part<T> part)
    {
        Accept(delimiter);
        var parts = ImmutableArray.CreateBuilder<T>();
        do
        {
            parts.Add(part(ref this));
        }
        while (Accept(delimiter));
        return parts.DrainToImmutable();
    }

    private NameNode Name()
    {
        var token = Expect(TokenKind.Name);
        return new NameNode(TextOf(token), SpanFrom(token));
    }
}
