namespace Spm.GraphQL.Language;

/// <content>Definitions of schemas.</content>
public ref partial struct Parser
{
    /// <summary>The definition that a keyword begins; null when it begins none.</summary>
    private TypeSystemDefinitionNode? TypeSystemDefinition(ReadOnlySpan<byte> keyword) =>
        keyword.SequenceEqual("type"u8) ? ObjectType()
        : keyword.SequenceEqual("input"u8) ? InputObjectType()
        : keyword.SequenceEqual("enum"u8) ? EnumType()
        : keyword.SequenceEqual("interface"u8) ? InterfaceType()
        : keyword.SequenceEqual("union"u8) ? UnionType()
        : keyword.SequenceEqual("scalar"u8) ? ScalarType()
        : keyword.SequenceEqual("directive"u8) ? DirectiveDefinition()
        : keyword.SequenceEqual("schema"u8) ? SchemaDefinition()
        : null;

    private SchemaDefinitionNode SchemaDefinition()
    {
        var start = _token;
        var description = Description();
        ExpectKeyword("schema");
        var directives = Directives(constant: true);
        var operations = Many(TokenKind.BraceL, (ref p) => p.OperationTypeDefinition(), TokenKind.BraceR);
        return new SchemaDefinitionNode(description, directives, operations, SpanFrom(start));
    }

    private OperationTypeDefinitionNode OperationTypeDefinition()
    {
        var start = _token;
        var operation = OperationKeyword();
        Expect(TokenKind.Colon);
        var type = NamedType();
        return new OperationTypeDefinitionNode(operation, type, SpanFrom(start));
    }

    private ScalarTypeDefinitionNode ScalarType()
    {
        var start = _token;
        var (description, name) = Head("scalar");
        var directives = Directives(constant: true);
        return new ScalarTypeDefinitionNode(description, name, directives, SpanFrom(start));
    }

    private ObjectTypeDefinitionNode ObjectType()
    {
        var start = _token;
        var (description, name) = Head("type");
        var interfaces = Interfaces();
        var directives = Directives(constant: true);
        var fields = FieldDefinitions();
        return new ObjectTypeDefinitionNode(description, name, interfaces, directives, fields, SpanFrom(start));
    }

    private InterfaceTypeDefinitionNode InterfaceType()
    {
        var start = _token;
        var (description, name) = Head("interface");
        var interfaces = Interfaces();
        var directives = Directives(constant: true);
        var fields = FieldDefinitions();
        return new InterfaceTypeDefinitionNode(description, name, interfaces, directives, fields, SpanFrom(start));
    }

    private UnionTypeDefinitionNode UnionType()
    {
        var start = _token;
        var (description, name) = Head("union");
        var directives = Directives(constant: true);
        var types = UnionMembers();
        return new UnionTypeDefinitionNode(description, name, directives, types, SpanFrom(start));
    }

    private EnumTypeDefinitionNode EnumType()
    {
        var start = _token;
        var (description, name) = Head("enum");
        var directives = Directives(constant: true);
        var values = EnumValues();
        return new EnumTypeDefinitionNode(description, name, directives, values, SpanFrom(start));
    }

    private InputObjectTypeDefinitionNode InputObjectType()
    {
        var start = _token;
        var (description, name) = Head("input");
        var directives = Directives(constant: true);
        var fields = InputFields();
        return new InputObjectTypeDefinitionNode(description, name, directives, fields, SpanFrom(start));
    }

    private DirectiveDefinitionNode DirectiveDefinition()
    {
        var start = _token;
        var description = Description();
        ExpectKeyword("directive");
        Expect(TokenKind.At);
        var name = Name();
        var arguments = ArgumentDefinitions();
        var repeatable = AcceptKeyword("repeatable");
        ExpectKeyword("on");
        var locations = Delimited(TokenKind.Pipe, (ref p) => p.DirectiveLocationName());
        return new DirectiveDefinitionNode(description, name, arguments, repeatable, locations, SpanFrom(start));
    }

    private NameNode DirectiveLocationName()
    {
        var start = _token;
        var name = Name();
        return DirectiveLocations.TryParse(name.Value, out _) ? name : throw Unexpected(start);
    }

    /// <summary>What every definition of a type begins with.</summary>
    private (StringValueNode? Description, NameNode Name) Head(string keyword)
    {
        var description = Description();
        ExpectKeyword(keyword);
        return (description, Name());
    }

    private ImmutableArray<NamedTypeNode> Interfaces() =>
        AcceptKeyword("implements") ? Delimited(TokenKind.Amp, (ref p) => p.NamedType()) : [];

    private ImmutableArray<NamedTypeNode> UnionMembers() =>
        Accept(TokenKind.EqualsSign) ? Delimited(TokenKind.Pipe, (ref p) => p.NamedType()) : [];

    private ImmutableArray<FieldDefinitionNode> FieldDefinitions() =>
        OptionalMany(TokenKind.BraceL, (ref p) => p.FieldDefinition(), TokenKind.BraceR);

    private ImmutableArray<InputValueDefinitionNode> ArgumentDefinitions() =>
        OptionalMany(TokenKind.ParenL, (ref p) => p.InputValueDefinition(), TokenKind.ParenR);

    private ImmutableArray<InputValueDefinitionNode> InputFields() =>
        OptionalMany(TokenKind.BraceL, (ref p) => p.InputValueDefinition(), TokenKind.BraceR);

    private ImmutableArray<EnumValueDefinitionNode> EnumValues() =>
        OptionalMany(TokenKind.BraceL, (ref p) => p.EnumValueDefinition(), TokenKind.BraceR);

    private FieldDefinitionNode FieldDefinition()
    {
        var start = _token;
        var description = Description();
        var name = Name();
        var arguments = ArgumentDefinitions();
        Expect(TokenKind.Colon);
        var type = TypeReference();
        var directives = Directives(constant: true);
        return new FieldDefinitionNode(description, name, arguments, type, directives, SpanFrom(start));
    }

    private InputValueDefinitionNode InputValueDefinition()
    {
        var start = _token;
        var description = Description();
        var name = Name();
        Expect(TokenKind.Colon);
        var type = TypeReference();
        var defaultValue = Accept(TokenKind.EqualsSign) ? Value(constant: true) : null;
        var directives = Directives(constant: true);
        return new InputValueDefinitionNode(description, name, type, defaultValue, directives, SpanFrom(start));
    }

    private EnumValueDefinitionNode EnumValueDefinition()
    {
        var start = _token;
        var description = Description();
        // Strings are asked too: graphql-js compares what the token says, not what it is, and so refuses "true" in quotes with these words.
        if ((_token.Text ?? (Peek(TokenKind.Name) ? TextOf(_token) : null)) is "true" or "false" or "null")
        {
            throw _lexer.Error(_token.Start, $"{Describe(_token)} is reserved and cannot be used for an enum value.");
        }
        var name = Name();
        var directives = Directives(constant: true);
        return new EnumValueDefinitionNode(description, name, directives, SpanFrom(start));
    }
}
