namespace Spm.GraphQL.Language;

/// <content>Extensions of schemas and types: each adds something, so an empty one is refused.</content>
public ref partial struct Parser
{
    private TypeSystemExtensionNode Extension()
    {
        var keyword = LookAhead();
        return Is(keyword, "type"u8) ? ObjectTypeExtension()
            : Is(keyword, "input"u8) ? InputObjectTypeExtension()
            : Is(keyword, "enum"u8) ? EnumTypeExtension()
            : Is(keyword, "interface"u8) ? InterfaceTypeExtension()
            : Is(keyword, "union"u8) ? UnionTypeExtension()
            : Is(keyword, "scalar"u8) ? ScalarTypeExtension()
            : Is(keyword, "schema"u8) ? SchemaExtension()
            : throw Unexpected(keyword);
    }

    private NameNode ExtensionHead(string keyword)
    {
        ExpectKeyword("extend");
        ExpectKeyword(keyword);
        return Name();
    }

    private readonly void RefuseEmpty(bool empty)
    {
        if (empty)
        {
            throw Unexpected(_token);
        }
    }

    private SchemaExtensionNode SchemaExtension()
    {
        var start = _token;
        ExpectKeyword("extend");
        ExpectKeyword("schema");
        var directives = Directives(constant: true);
        var operations = OptionalMany(TokenKind.BraceL, (ref p) => p.OperationTypeDefinition(), TokenKind.BraceR);
        RefuseEmpty(directives.IsEmpty && operations.IsEmpty);
        return new SchemaExtensionNode(directives, operations, SpanFrom(start));
    }

    private ScalarTypeExtensionNode ScalarTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("scalar");
        var directives = Directives(constant: true);
        RefuseEmpty(directives.IsEmpty);
        return new ScalarTypeExtensionNode(name, directives, SpanFrom(start));
    }

    private ObjectTypeExtensionNode ObjectTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("type");
        var interfaces = Interfaces();
        var directives = Directives(constant: true);
        var fields = FieldDefinitions();
        RefuseEmpty(interfaces.IsEmpty && directives.IsEmpty && fields.IsEmpty);
        return new ObjectTypeExtensionNode(name, interfaces, directives, fields, SpanFrom(start));
    }

    private InterfaceTypeExtensionNode InterfaceTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("interface");
        var interfaces = Interfaces();
        var directives = Directives(constant: true);
        var fields = FieldDefinitions();
        RefuseEmpty(interfaces.IsEmpty && directives.IsEmpty && fields.IsEmpty);
        return new InterfaceTypeExtensionNode(name, interfaces, directives, fields, SpanFrom(start));
    }

    private UnionTypeExtensionNode UnionTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("union");
        var directives = Directives(constant: true);
        var types = UnionMembers();
        RefuseEmpty(directives.IsEmpty && types.IsEmpty);
        return new UnionTypeExtensionNode(name, directives, types, SpanFrom(start));
    }

    private EnumTypeExtensionNode EnumTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("enum");
        var directives = Directives(constant: true);
        var values = EnumValues();
        RefuseEmpty(directives.IsEmpty && values.IsEmpty);
        return new EnumTypeExtensionNode(name, directives, values, SpanFrom(start));
    }

    private InputObjectTypeExtensionNode InputObjectTypeExtension()
    {
        var start = _token;
        var name = ExtensionHead("input");
        var directives = Directives(constant: true);
        var fields = InputFields();
        RefuseEmpty(directives.IsEmpty && fields.IsEmpty);
        return new InputObjectTypeExtensionNode(name, directives, fields, SpanFrom(start));
    }
}
