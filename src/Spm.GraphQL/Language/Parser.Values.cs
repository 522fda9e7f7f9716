namespace Spm.GraphQL.Language;

/// <content>Values, references to types, and schema coordinates.</content>
public ref partial struct Parser
{
    private ValueNode Value(bool constant)
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.BracketL:
                return List(constant);
            case TokenKind.BraceL:
                return Object(constant);
            case TokenKind.Int:
                Advance();
                return new IntValueNode(TextOf(token), SpanFrom(token));
            case TokenKind.Float:
                Advance();
                return new FloatValueNode(TextOf(token), SpanFrom(token));
            case TokenKind.String or TokenKind.BlockString:
                return Text();
            case TokenKind.Name:
                Advance();
                return Word(token);
            case TokenKind.Dollar when constant:
                throw VariableInConstant();
            case TokenKind.Dollar:
                return Variable();
            default:
                throw Unexpected(token);
        }
    }

    private readonly ValueNode Word(in Token token) =>
        Is(token, "true"u8) ? new BooleanValueNode(true, SpanFrom(token))
        : Is(token, "false"u8) ? new BooleanValueNode(false, SpanFrom(token))
        : Is(token, "null"u8) ? new NullValueNode(SpanFrom(token))
        : new EnumValueNode(TextOf(token), SpanFrom(token));

    private GraphQLException VariableInConstant()
    {
        var dollar = Expect(TokenKind.Dollar);
        return Peek(TokenKind.Name)
            ? _lexer.Error(dollar.Start, $"Unexpected variable \"${TextOf(_token)}\" in constant value.")
            : Unexpected(dollar);
    }

    private StringValueNode Text()
    {
        var token = _token;
        Advance();
        return new StringValueNode(token.Text!, token.Kind == TokenKind.BlockString, SpanFrom(token));
    }

    private ListValueNode List(bool constant)
    {
        var start = _token;
        Deeper();
        var values = constant
            ? Any(TokenKind.BracketL, (ref p) => p.Value(constant: true), TokenKind.BracketR)
            : Any(TokenKind.BracketL, (ref p) => p.Value(constant: false), TokenKind.BracketR);
        Shallower();
        return new ListValueNode(values, SpanFrom(start));
    }

    private ObjectValueNode Object(bool constant)
    {
        var start = _token;
        Deeper();
        var fields = constant
            ? Any(TokenKind.BraceL, (ref p) => p.ObjectField(constant: true), TokenKind.BraceR)
            : Any(TokenKind.BraceL, (ref p) => p.ObjectField(constant: false), TokenKind.BraceR);
        Shallower();
        return new ObjectValueNode(fields, SpanFrom(start));
    }

    private ObjectFieldNode ObjectField(bool constant)
    {
        var start = _token;
        var name = Name();
        Expect(TokenKind.Colon);
        var value = Value(constant);
        return new ObjectFieldNode(name, value, SpanFrom(start));
    }

    private TypeNode TypeReference()
    {
        var start = _token;
        TypeNode type;
        if (Accept(TokenKind.BracketL))
        {
            Deeper();
            var inner = TypeReference();
            Expect(TokenKind.BracketR);
            Shallower();
            type = new ListTypeNode(inner, SpanFrom(start));
        }
        else
        {
            type = NamedType();
        }
        return Accept(TokenKind.Bang) ? new NonNullTypeNode(type, SpanFrom(start)) : type;
    }

    private NamedTypeNode NamedType()
    {
        var start = _token;
        var name = Name();
        return new NamedTypeNode(name, SpanFrom(start));
    }

    private SchemaCoordinateNode SchemaCoordinate()
    {
        var start = _token;
        var ofDirective = Accept(TokenKind.At);
        var name = Name();
        var member = !ofDirective && Accept(TokenKind.Dot) ? Name() : null;
        NameNode? argument = null;
        if ((ofDirective || member is not null) && Accept(TokenKind.ParenL))
        {
            argument = Name();
            Expect(TokenKind.Colon);
            Expect(TokenKind.ParenR);
        }
        var span = SpanFrom(start);
        return (ofDirective, member, argument) switch
        {
            (true, _, null) => new DirectiveCoordinateNode(name, span),
            (true, _, not null) => new DirectiveArgumentCoordinateNode(name, argument, span),
            (false, null, _) => new TypeCoordinateNode(name, span),
            (false, not null, null) => new MemberCoordinateNode(name, member, span),
            (false, not null, not null) => new ArgumentCoordinateNode(name, member, argument, span),
        };
    }
}
