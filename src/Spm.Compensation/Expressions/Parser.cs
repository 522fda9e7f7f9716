using System.Collections.Immutable;
using System.Globalization;

namespace Spm.Compensation.Expressions;

/// <summary>Reads a text into a tree. Recursion is bounded by <see cref="ExpressionLimits.Nesting"/>, size by the other limits.</summary>
internal sealed class Parser
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;
    private int _nodes;

    private Parser(string text, List<Token> tokens) => (_text, _tokens) = (text, tokens);

    private Token Next => _tokens[_at];

    /// <returns>The tree, or the first error.</returns>
    public static (Node? Tree, ExpressionError? Error) Parse(string text)
    {
        if (text.Length > ExpressionLimits.Length)
        {
            return (null, ExpressionError.At(text, 0, ExpressionCodes.TooLong, $"An expression has at most {ExpressionLimits.Length} characters."));
        }
        var lexer = new Lexer(text);
        var tokens = lexer.Read();
        if (lexer.Error is not null)
        {
            return (null, lexer.Error);
        }
        if (tokens.Count == 1)
        {
            return (null, ExpressionError.At(text, 0, ExpressionCodes.Empty, "The expression is empty."));
        }
        var parser = new Parser(text, tokens);
        try
        {
            var tree = parser.Or();
            return parser.Next.Kind == TokenKind.End ? (tree, null) : (null, parser.Unexpected("the end").Error);
        }
        catch (ExpressionException broken)
        {
            return (null, broken.Error);
        }
    }

    private Node Or() => Chain(And, ("or", BinaryOperator.Or));

    private Node And() => Chain(Not, ("and", BinaryOperator.And));

    private Node Not()
    {
        if (!Next.Is("not"))
        {
            return Comparison();
        }
        var offset = Take().Offset;
        return Deeper(() => Made(new UnaryNode(UnaryOperator.Not, Not()) { Offset = offset }));
    }

    private Node Comparison()
    {
        var left = Sum();
        var token = Next;
        if (token.Is("in") || (token.Is("not") && _tokens[_at + 1].Is("in")))
        {
            var negated = Take().Is("not");
            if (negated)
            {
                Take();
            }
            return Made(new InNode(left, List(Literal), negated) { Offset = token.Offset });
        }
        var found = token.Kind == TokenKind.Symbol ? Array.IndexOf(["=", "<>", "<", "<=", ">", ">="], token.Text) : -1;
        if (found < 0)
        {
            return left;
        }
        Take();
        return Made(new BinaryNode(BinaryOperator.Equal + (byte)found, left, Sum()) { Offset = token.Offset });
    }

    private Node Sum() => Chain(Product, ("+", BinaryOperator.Add), ("-", BinaryOperator.Subtract));

    private Node Product() => Chain(Minus, ("*", BinaryOperator.Multiply), ("/", BinaryOperator.Divide));

    private Node Minus()
    {
        if (!Next.Is("-"))
        {
            return Primary();
        }
        var offset = Take().Offset;
        return Deeper(() => Made(new UnaryNode(UnaryOperator.Negate, Minus()) { Offset = offset }));
    }

    private Node Chain(Func<Node> part, params ReadOnlySpan<(string Symbol, BinaryOperator Operator)> operators)
    {
        var left = part();
        while (true)
        {
            BinaryOperator? found = null;
            foreach (var (symbol, @operator) in operators)
            {
                found = Next.Is(symbol) ? @operator : found;
            }
            if (found is not { } known)
            {
                return left;
            }
            var offset = Take().Offset;
            left = Made(new BinaryNode(known, left, part()) { Offset = offset });
        }
    }

    private Node Primary()
    {
        var token = Next;
        if (token.Is("("))
        {
            Take();
            var inside = Deeper(Or);
            Expect(")");
            return inside;
        }
        if (token.Is("if"))
        {
            Take();
            var parts = List(() => Deeper(Or));
            return parts.Length == 3
                ? Made(new ConditionalNode(parts[0], parts[1], parts[2]) { Offset = token.Offset })
                : throw Failed(token.Offset, ExpressionCodes.Arguments, "if takes a condition, a value, and another value.");
        }
        if (token.Kind != TokenKind.Name)
        {
            return Literal();
        }
        Take();
        return Next.Is("(") ? Call(token) : Made(new NameNode(token.Text) { Offset = token.Offset });
    }

    private Node Call(Token name)
    {
        if (name.Text == "date")
        {
            return Date(name);
        }
        if (!Functions.TryParse(name.Text, out var function))
        {
            throw Failed(name.Offset, ExpressionCodes.FunctionUnknown, $"There is no function '{name.Text}': {string.Join(", ", Functions.All)}, date.");
        }
        var arguments = List(() => Deeper(Or));
        var (least, most) = Functions.Arguments(function);
        return arguments.Length >= least && arguments.Length <= most
            ? Made(new CallNode(function, arguments) { Offset = name.Offset })
            : throw Failed(name.Offset, ExpressionCodes.Arguments, $"{name.Text} takes {(least == most ? $"{least}" : $"{least} or more")} arguments, not {arguments.Length}.");
    }

    private Node Date(Token name)
    {
        Expect("(");
        var token = Next;
        if (token.Kind != TokenKind.Text || !DateOnly.TryParseExact(token.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw Failed(token.Offset, ExpressionCodes.Date, "A date is written date('2025-01-31').");
        }
        Take();
        Expect(")");
        return Made(new DateLiteral(date) { Offset = name.Offset });
    }

    private Node Literal()
    {
        var token = Next;
        if (token.Is("-"))
        {
            Take();
            return Deeper(() => Made(new UnaryNode(UnaryOperator.Negate, Literal()) { Offset = token.Offset }));
        }
        Node literal = token.Kind switch
        {
            TokenKind.Number => new NumberLiteral(token.Value) { Offset = token.Offset },
            TokenKind.Percent => new NumberLiteral(token.Value, isPercent: true) { Offset = token.Offset },
            TokenKind.Text => new TextLiteral(token.Text) { Offset = token.Offset },
            TokenKind.Word when token.Text is "true" or "false" => new TruthLiteral(token.Text == "true") { Offset = token.Offset },
            TokenKind.Word when token.Text == "null" => new NullLiteral { Offset = token.Offset },
            _ => throw Unexpected("a value"),
        };
        Take();
        return Made(literal);
    }

    private ImmutableArray<Node> List(Func<Node> item)
    {
        Expect("(");
        var items = ImmutableArray.CreateBuilder<Node>();
        items.Add(item());
        while (Next.Is(","))
        {
            Take();
            items.Add(item());
        }
        Expect(")");
        return items.ToImmutable();
    }

    private T Made<T>(T node)
        where T : Node =>
        ++_nodes <= ExpressionLimits.Nodes ? node : throw Failed(node.Offset, ExpressionCodes.TooLarge, $"An expression has at most {ExpressionLimits.Nodes} parts.");

    private Node Deeper(Func<Node> read)
    {
        if (++_depth > ExpressionLimits.Nesting)
        {
            throw Failed(Next.Offset, ExpressionCodes.TooDeep, $"An expression nests at most {ExpressionLimits.Nesting} deep.");
        }
        var node = read();
        _depth--;
        return node;
    }

    private Token Take() => _tokens[_at++];

    private void Expect(string symbol)
    {
        if (!Next.Is(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
        Take();
    }

    private ExpressionException Unexpected(string expected) => Failed(
        Next.Offset, ExpressionCodes.Syntax, Next.Kind == TokenKind.End ? $"The expression ends where {expected} is expected." : $"'{Next.Text}' stands where {expected} is expected.");

    private ExpressionException Failed(int offset, string code, string message) => new(ExpressionError.At(_text, offset, code, message));
}
