namespace Spm.GraphQL.Language;

/// <summary>Writes a tree as GraphQL, in the layout of graphql-js. Reading it again gives an equal tree.</summary>
public static class Printer
{
    public static string Print(SyntaxNode node)
    {
        var output = new IndentedText();
        Write(output, node);
        return output.ToString();
    }

    internal static void Write(IndentedText output, SyntaxNode node)
    {
        switch (node)
        {
            case ValueNode value:
                ValuePrinter.Write(output, value);
                break;
            case DocumentNode document:
                output.Joined(document.Definitions, "\n\n", Write);
                break;
            case DefinitionNode definition:
                Definition(output, definition);
                break;
            case SelectionNode or SelectionSetNode or VariableDefinitionNode:
                ExecutablePrinter.WritePart(output, node);
                break;
            case SchemaCoordinateNode coordinate:
                Coordinate(output, coordinate);
                break;
            case FieldDefinitionNode or InputValueDefinitionNode or EnumValueDefinitionNode or OperationTypeDefinitionNode:
                TypeSystemPrinter.WritePart(output, node);
                break;
            default:
                Part(output, node);
                break;
        }
    }

    /// <summary>A description stands on lines of its own before what it describes.</summary>
    internal static void Description(IndentedText output, StringValueNode? description)
    {
        if (description is not null)
        {
            ValuePrinter.Write(output, description);
            output.Write("\n");
        }
    }

    /// <summary>Directives, each after a space.</summary>
    internal static void Directives(IndentedText output, ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            output.Write(" ");
            Part(output, directive);
        }
    }

    private static void Definition(IndentedText output, DefinitionNode definition)
    {
        switch (definition)
        {
            case OperationDefinitionNode operation:
                ExecutablePrinter.Write(output, operation);
                break;
            case FragmentDefinitionNode fragment:
                ExecutablePrinter.Write(output, fragment);
                break;
            case TypeSystemDefinitionNode typeSystem:
                TypeSystemPrinter.Write(output, typeSystem);
                break;
            case TypeSystemExtensionNode extension:
                TypeSystemPrinter.Write(output, extension);
                break;
        }
    }

    private static void Part(IndentedText output, SyntaxNode node)
    {
        switch (node)
        {
            case NameNode name:
                output.Write(name.Value);
                break;
            case NamedTypeNode type:
                output.Write(type.Name.Value);
                break;
            case ListTypeNode list:
                output.Write("[");
                Part(output, list.Type);
                output.Write("]");
                break;
            case NonNullTypeNode nonNull:
                Part(output, nonNull.Type);
                output.Write("!");
                break;
            case ArgumentNode argument:
                output.Write(argument.Name.Value).Write(": ");
                ValuePrinter.Write(output, argument.Value);
                break;
            case ObjectFieldNode field:
                output.Write(field.Name.Value).Write(": ");
                ValuePrinter.Write(output, field.Value);
                break;
            case DirectiveNode directive:
                output.Write("@").Write(directive.Name.Value);
                if (!directive.Arguments.IsEmpty)
                {
                    output.Write("(").Joined(directive.Arguments, ", ", Part).Write(")");
                }
                break;
        }
    }

    private static void Coordinate(IndentedText output, SchemaCoordinateNode coordinate) => output.Write(coordinate switch
    {
        MemberCoordinateNode member => $"{member.Name.Value}.{member.MemberName.Value}",
        ArgumentCoordinateNode argument => $"{argument.Name.Value}.{argument.FieldName.Value}({argument.ArgumentName.Value}:)",
        DirectiveCoordinateNode directive => $"@{directive.Name.Value}",
        DirectiveArgumentCoordinateNode argument => $"@{argument.Name.Value}({argument.ArgumentName.Value}:)",
        _ => coordinate.Name.Value,
    });
}
