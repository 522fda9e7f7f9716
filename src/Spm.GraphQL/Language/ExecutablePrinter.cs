namespace Spm.GraphQL.Language;

internal static class ExecutablePrinter
{
    /// <summary>The longest line of a field with its arguments, its indentation not counted. Beyond it each argument has its own line.</summary>
    private const int MaxLine = 80;

    public static void Write(IndentedText output, OperationDefinitionNode operation)
    {
        Printer.Description(output, operation.Description);
        var shorthand = operation is
        {
            Operation: OperationType.Query, Description: null, Name: null, VariableDefinitions.IsEmpty: true, Directives.IsEmpty: true,
        };
        if (!shorthand)
        {
            output.Write(operation.Operation.Keyword());
            if (operation.Name is not null || !operation.VariableDefinitions.IsEmpty)
            {
                output.Write(" ").Write(operation.Name?.Value ?? "");
                Variables(output, operation.VariableDefinitions);
            }
            Printer.Directives(output, operation.Directives);
            output.Write(" ");
        }
        WritePart(output, operation.SelectionSet);
    }

    public static void Write(IndentedText output, FragmentDefinitionNode fragment)
    {
        Printer.Description(output, fragment.Description);
        output.Write("fragment ").Write(fragment.Name.Value).Write(" on ").Write(fragment.TypeCondition.Name.Value);
        Printer.Directives(output, fragment.Directives);
        output.Write(" ");
        WritePart(output, fragment.SelectionSet);
    }

    public static void WritePart(IndentedText output, SyntaxNode part)
    {
        switch (part)
        {
            case SelectionSetNode selections:
                output.Block("{", selections.Selections, "}", WritePart);
                break;
            case FieldNode field:
                Field(output, field);
                break;
            case FragmentSpreadNode spread:
                output.Write("...").Write(spread.Name.Value);
                Printer.Directives(output, spread.Directives);
                break;
            case InlineFragmentNode fragment:
                output.Write("...").Write(fragment.TypeCondition is { } type ? $" on {type.Name.Value}" : "");
                Printer.Directives(output, fragment.Directives);
                output.Write(" ");
                WritePart(output, fragment.SelectionSet);
                break;
            case VariableDefinitionNode variable:
                Variable(output, variable);
                break;
        }
    }

    private static void Field(IndentedText output, FieldNode field)
    {
        var prefix = field.Alias is null ? field.Name.Value : $"{field.Alias.Value}: {field.Name.Value}";
        output.Write(prefix);
        if (!field.Arguments.IsEmpty)
        {
            // Arguments are written once, without indentation, to see how long they are.
            var arguments = field.Arguments.Select(Printer.Print).ToImmutableArray();
            var length = prefix.Length + arguments.Sum(a => a.Length) + (2 * (arguments.Length - 1)) + 2;
            _ = length > MaxLine
                ? output.Block("(", arguments, ")", (o, a) => o.Write(a))
                : output.Write("(").Joined(arguments, ", ", (o, a) => o.Write(a)).Write(")");
        }
        Printer.Directives(output, field.Directives);
        if (field.SelectionSet is not null)
        {
            output.Write(" ");
            WritePart(output, field.SelectionSet);
        }
    }

    /// <summary>A variable of several lines, which is one with a description, puts each on its own.</summary>
    private static void Variables(IndentedText output, ImmutableArray<VariableDefinitionNode> variables)
    {
        if (variables.IsEmpty)
        {
            return;
        }
        var printed = variables.Select(Printer.Print).ToImmutableArray();
        _ = printed.Any(v => v.Contains('\n'))
            ? output.Write("(\n").Joined(printed, "\n", (o, v) => o.Write(v)).Write("\n)")
            : output.Write("(").Joined(printed, ", ", (o, v) => o.Write(v)).Write(")");
    }

    private static void Variable(IndentedText output, VariableDefinitionNode variable)
    {
        Printer.Description(output, variable.Description);
        ValuePrinter.Write(output, variable.Variable);
        output.Write(": ");
        Printer.Write(output, variable.Type);
        if (variable.DefaultValue is not null)
        {
            output.Write(" = ");
            ValuePrinter.Write(output, variable.DefaultValue);
        }
        Printer.Directives(output, variable.Directives);
    }
}
