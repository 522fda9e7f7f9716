namespace Spm.GraphQL.Language;

internal static class TypeSystemPrinter
{
    public static void Write(IndentedText output, TypeSystemDefinitionNode definition)
    {
        Printer.Description(output, definition.Description);
        switch (definition)
        {
            case SchemaDefinitionNode schema:
                output.Write("schema");
                Printer.Directives(output, schema.Directives);
                Members(output, schema.OperationTypes);
                break;
            case DirectiveDefinitionNode directive:
                output.Write("directive @").Write(directive.Name.Value);
                Arguments(output, directive.Arguments);
                output.Write(directive.Repeatable ? " repeatable on " : " on ").Joined(directive.Locations, " | ", Name);
                break;
            case ScalarTypeDefinitionNode scalar:
                Head(output, "scalar ", scalar.Name, [], scalar.Directives);
                break;
            case FieldsTypeDefinitionNode type:
                Head(output, type is ObjectTypeDefinitionNode ? "type " : "interface ", type.Name, type.Interfaces, type.Directives);
                Members(output, type.Fields);
                break;
            case UnionTypeDefinitionNode union:
                Head(output, "union ", union.Name, [], union.Directives);
                Union(output, union.Types);
                break;
            case EnumTypeDefinitionNode type:
                Head(output, "enum ", type.Name, [], type.Directives);
                Members(output, type.Values);
                break;
            case InputObjectTypeDefinitionNode input:
                Head(output, "input ", input.Name, [], input.Directives);
                Members(output, input.Fields);
                break;
        }
    }

    public static void Write(IndentedText output, TypeSystemExtensionNode extension)
    {
        switch (extension)
        {
            case SchemaExtensionNode schema:
                output.Write("extend schema");
                Printer.Directives(output, schema.Directives);
                Members(output, schema.OperationTypes);
                break;
            case ScalarTypeExtensionNode scalar:
                Head(output, "extend scalar ", scalar.Name, [], scalar.Directives);
                break;
            case FieldsTypeExtensionNode type:
                var keyword = type is ObjectTypeExtensionNode ? "extend type " : "extend interface ";
                Head(output, keyword, type.Name, type.Interfaces, type.Directives);
                Members(output, type.Fields);
                break;
            case UnionTypeExtensionNode union:
                Head(output, "extend union ", union.Name, [], union.Directives);
                Union(output, union.Types);
                break;
            case EnumTypeExtensionNode type:
                Head(output, "extend enum ", type.Name, [], type.Directives);
                Members(output, type.Values);
                break;
            case InputObjectTypeExtensionNode input:
                Head(output, "extend input ", input.Name, [], input.Directives);
                Members(output, input.Fields);
                break;
        }
    }

    public static void WritePart(IndentedText output, SyntaxNode part)
    {
        switch (part)
        {
            case FieldDefinitionNode field:
                Printer.Description(output, field.Description);
                output.Write(field.Name.Value);
                Arguments(output, field.Arguments);
                output.Write(": ");
                Printer.Write(output, field.Type);
                Printer.Directives(output, field.Directives);
                break;
            case InputValueDefinitionNode input:
                InputValue(output, input);
                break;
            case EnumValueDefinitionNode value:
                Printer.Description(output, value.Description);
                output.Write(value.Name.Value);
                Printer.Directives(output, value.Directives);
                break;
            case OperationTypeDefinitionNode operation:
                output.Write(operation.Operation.Keyword()).Write(": ").Write(operation.Type.Name.Value);
                break;
        }
    }

    private static void InputValue(IndentedText output, InputValueDefinitionNode input)
    {
        Printer.Description(output, input.Description);
        output.Write(input.Name.Value).Write(": ");
        Printer.Write(output, input.Type);
        if (input.DefaultValue is not null)
        {
            output.Write(" = ");
            ValuePrinter.Write(output, input.DefaultValue);
        }
        Printer.Directives(output, input.Directives);
    }

    private static void Head(
        IndentedText output, string keyword, NameNode name, ImmutableArray<NamedTypeNode> interfaces, ImmutableArray<DirectiveNode> directives)
    {
        output.Write(keyword).Write(name.Value);
        if (!interfaces.IsEmpty)
        {
            output.Write(" implements ").Joined(interfaces, " & ", Name);
        }
        Printer.Directives(output, directives);
    }

    private static void Union(IndentedText output, ImmutableArray<NamedTypeNode> types)
    {
        if (!types.IsEmpty)
        {
            output.Write(" = ").Joined(types, " | ", Name);
        }
    }

    private static void Members<T>(IndentedText output, ImmutableArray<T> members)
        where T : SyntaxNode
    {
        if (!members.IsEmpty)
        {
            output.Block(" {", members, "}", WritePart);
        }
    }

    /// <summary>Arguments of several lines, such as those with a description, have lines of their own.</summary>
    private static void Arguments(IndentedText output, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        if (arguments.IsEmpty)
        {
            return;
        }
        var printed = arguments.Select(Printer.Print).ToImmutableArray();
        _ = printed.Any(a => a.Contains('\n'))
            ? output.Block("(", printed, ")", (o, a) => o.Write(a))
            : output.Write("(").Joined(printed, ", ", (o, a) => o.Write(a)).Write(")");
    }

    private static void Name(IndentedText output, SyntaxNode name) => Printer.Write(output, name);
}
