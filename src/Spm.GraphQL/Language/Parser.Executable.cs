namespace Spm.GraphQL.Language;

/// <content>Operations and fragments.</content>
public ref partial struct Parser
{
    private DocumentNode Document()
    {
        var start = _token;
        var definitions = Many(TokenKind.StartOfFile, (ref p) => p.Definition(), TokenKind.EndOfFile);
        return new DocumentNode(definitions, _tokenCount, SpanFrom(start));
    }

    private DefinitionNode Definition()
    {
        if (Peek(TokenKind.BraceL))
        {
            return Operation();
        }
        var described = PeekDescription();
        var keyword = described ? LookAhead() : _token;
        if (described && keyword.Kind == TokenKind.BraceL)
        {
            throw _lexer.Error(_token.Start, "Unexpected description, descriptions are not supported on shorthand queries.");
        }
        if (keyword.Kind != TokenKind.Name)
        {
            throw Unexpected(keyword);
        }
        var name = _lexer.Source[keyword.Start..keyword.End];
        if (name.SequenceEqual("query"u8) || name.SequenceEqual("mutation"u8) || name.SequenceEqual("subscription"u8))
        {
            return Operation();
        }
        if (name.SequenceEqual("fragment"u8))
        {
            return Fragment();
        }
        if (TypeSystemDefinition(name) is { } definition)
        {
            return definition;
        }
        if (described)
        {
            throw _lexer.Error(_token.Start, "Unexpected description, only GraphQL definitions support descriptions.");
        }
        return name.SequenceEqual("extend"u8) ? Extension() : throw Unexpected(keyword);
    }

    private OperationDefinitionNode Operation()
    {
        var start = _token;
        if (Peek(TokenKind.BraceL))
        {
            var selections = SelectionSet();
            return new OperationDefinitionNode(OperationType.Query, null, [], [], selections, null, SpanFrom(start));
        }
        var description = Description();
        var operation = OperationKeyword();
        var name = Peek(TokenKind.Name) ? Name() : null;
        var variables = OptionalMany(TokenKind.ParenL, (ref p) => p.VariableDefinition(), TokenKind.ParenR);
        var directives = Directives(constant: false);
        var selectionSet = SelectionSet();
        return new OperationDefinitionNode(operation, name, variables, directives, selectionSet, description, SpanFrom(start));
    }

    private OperationType OperationKeyword()
    {
        var token = Expect(TokenKind.Name);
        return Is(token, "query"u8) ? OperationType.Query
            : Is(token, "mutation"u8) ? OperationType.Mutation
            : Is(token, "subscription"u8) ? OperationType.Subscription
            : throw Unexpected(token);
    }

    private VariableDefinitionNode VariableDefinition()
    {
        var start = _token;
        var description = Description();
        var variable = Variable();
        Expect(TokenKind.Colon);
        var type = TypeReference();
        var defaultValue = Accept(TokenKind.EqualsSign) ? Value(constant: true) : null;
        var directives = Directives(constant: true);
        return new VariableDefinitionNode(variable, type, defaultValue, directives, description, SpanFrom(start));
    }

    private VariableNode Variable()
    {
        var start = Expect(TokenKind.Dollar);
        var name = Name();
        return new VariableNode(name, SpanFrom(start));
    }

    private SelectionSetNode SelectionSet()
    {
        var start = _token;
        Deeper();
        var selections = Many(TokenKind.BraceL, (ref p) => p.Selection(), TokenKind.BraceR);
        Shallower();
        return new SelectionSetNode(selections, SpanFrom(start));
    }

    private SelectionNode Selection() => Peek(TokenKind.Spread) ? FragmentSelection() : Field();

    private FieldNode Field()
    {
        var start = _token;
        var name = Name();
        NameNode? alias = null;
        if (Accept(TokenKind.Colon))
        {
            alias = name;
            name = Name();
        }
        var arguments = Arguments(constant: false);
        var directives = Directives(constant: false);
        var selections = Peek(TokenKind.BraceL) ? SelectionSet() : null;
        return new FieldNode(alias, name, arguments, directives, selections, SpanFrom(start));
    }

    private ImmutableArray<ArgumentNode> Arguments(bool constant) =>
        constant
            ? OptionalMany(TokenKind.ParenL, (ref p) => p.Argument(constant: true), TokenKind.ParenR)
            : OptionalMany(TokenKind.ParenL, (ref p) => p.Argument(constant: false), TokenKind.ParenR);

    private ArgumentNode Argument(bool constant)
    {
        var start = _token;
        var name = Name();
        Expect(TokenKind.Colon);
        var value = Value(constant);
        return new ArgumentNode(name, value, SpanFrom(start));
    }

    private ImmutableArray<DirectiveNode> Directives(bool constant)
    {
        if (!Peek(TokenKind.At))
        {
            return [];
        }
        var directives = ImmutableArray.CreateBuilder<DirectiveNode>(1);
        do
        {
            var start = Expect(TokenKind.At);
            var name = Name();
            var arguments = Arguments(constant);
            directives.Add(new DirectiveNode(name, arguments, SpanFrom(start)));
        }
        while (Peek(TokenKind.At));
        return directives.DrainToImmutable();
    }

    /// <summary>A spread or an inline fragment. A fragment cannot be named "on", so that word begins a type condition.</summary>
    private SelectionNode FragmentSelection()
    {
        var start = Expect(TokenKind.Spread);
        var conditional = AcceptKeyword("on");
        if (!conditional && Peek(TokenKind.Name))
        {
            var name = FragmentName();
            var spreadDirectives = Directives(constant: false);
            return new FragmentSpreadNode(name, spreadDirectives, SpanFrom(start));
        }
        var condition = conditional ? NamedType() : null;
        var directives = Directives(constant: false);
        var selections = SelectionSet();
        return new InlineFragmentNode(condition, directives, selections, SpanFrom(start));
    }

    private FragmentDefinitionNode Fragment()
    {
        var start = _token;
        var description = Description();
        ExpectKeyword("fragment");
        var name = FragmentName();
        ExpectKeyword("on");
        var condition = NamedType();
        var directives = Directives(constant: false);
        var selections = SelectionSet();
        return new FragmentDefinitionNode(name, condition, directives, selections, description, SpanFrom(start));
    }

    private NameNode FragmentName() => Is(_token, "on"u8) ? throw Unexpected(_token) : Name();

    private readonly bool PeekDescription() => Peek(TokenKind.String) || Peek(TokenKind.BlockString);

    private StringValueNode? Description() => PeekDescription() ? Text() : null;
}
