using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Scalars;

namespace Spm.GraphQL.Types;

/// <summary>
/// Writes a schema in the schema definition language, in the layout of graphql-js. What every schema has is left out, and so are directives
/// that the schema applies, other than those of the specification.
/// </summary>
public static class SchemaPrinter
{
    public static string Print(Schema schema)
    {
        List<Action<IndentedText>> parts = [];
        if (schema.Description is not null || !HasUsualRoots(schema))
        {
            parts.Add(output => SchemaDefinition(output, schema));
        }
        parts.AddRange(schema.Directives.Where(d => !d.IsSpecified).Select(d => (Action<IndentedText>)(output => Directive(output, d))));
        parts.AddRange(schema.Types.Where(t => !t.IsIntrospection && !BuiltInScalars.Names.Contains(t.Name.Value))
            .Select(t => (Action<IndentedText>)(output => Type(output, t))));
        return new IndentedText().Joined([.. parts], "\n\n", (output, part) => part(output)).ToString();
    }

    /// <summary>One type.</summary>
    public static string Print(NamedType type)
    {
        var output = new IndentedText();
        Type(output, type);
        return output.ToString();
    }

    private static bool HasUsualRoots(Schema schema)
    {
        return Is(OperationType.Query, "Query") && Is(OperationType.Mutation, "Mutation") && Is(OperationType.Subscription, "Subscription");

        bool Is(OperationType operation, string usual) => (schema.DeclaredRoots[(int)operation]?.Name.Value ?? usual) == usual;
    }

    private static void SchemaDefinition(IndentedText output, Schema schema)
    {
        Description(output, schema.Description);
        var roots = Enum.GetValues<OperationType>().Where(o => schema.DeclaredRoots[(int)o] is not null).ToImmutableArray();
        output.Block("schema {", roots, "}", (o, root) => o.Write($"{root.Keyword()}: {schema.DeclaredRoots[(int)root]}"));
    }

    private static void Directive(IndentedText output, DirectiveType directive)
    {
        Description(output, directive.Description);
        output.Write($"directive {directive}");
        Arguments(output, directive.Arguments);
        output.Write(directive.IsRepeatable ? " repeatable" : "").Write(" on ");
        output.Joined(directive.Locations, " | ", (o, location) => o.Write(location.Name()));
    }

    private static void Type(IndentedText output, NamedType type)
    {
        Description(output, type.Description);
        switch (type)
        {
            case ScalarType scalar:
                output.Write($"scalar {type}");
                output.Write(scalar.SpecifiedByUrl is null ? "" : $" @specifiedBy(url: {ValuePrinter.Quote(scalar.SpecifiedByUrl)})");
                break;
            case FieldsType fields:
                output.Write(fields is ObjectType ? $"type {type}" : $"interface {type}");
                output.Write(fields.DeclaredInterfaces.IsEmpty ? "" : $" implements {string.Join(" & ", fields.DeclaredInterfaces)}");
                Members(output, " {", fields.Fields, "}", f => f.Description, Field);
                break;
            case UnionType union:
                output.Write($"union {type}");
                output.Write(union.DeclaredTypes.IsEmpty ? "" : $" = {string.Join(" | ", union.DeclaredTypes)}");
                break;
            case EnumType values:
                output.Write($"enum {type}");
                Members(output, " {", values.Values, "}", v => v.Description, (o, v) => Deprecated(o.Write(v.Name.Value), v.DeprecationReason));
                break;
            case InputObjectType input:
                output.Write(input.IsOneOf ? $"input {type} @oneOf" : $"input {type}");
                Members(output, " {", input.Fields, "}", f => f.Description, InputValue);
                break;
        }
    }

    private static void Field(IndentedText output, FieldDefinition field)
    {
        output.Write(field.Name.Value);
        Arguments(output, field.Arguments);
        output.Write($": {field.Type}");
        Deprecated(output, field.DeprecationReason);
    }

    /// <summary>On one line, unless one has a description.</summary>
    private static void Arguments(IndentedText output, NameMap<InputValue> arguments)
    {
        if (arguments.Any(a => !string.IsNullOrEmpty(a.Description)))
        {
            Members(output, "(", arguments, ")", a => a.Description, InputValue);
        }
        else if (arguments.Count > 0)
        {
            output.Write("(").Joined([.. arguments], ", ", InputValue).Write(")");
        }
    }

    private static void InputValue(IndentedText output, InputValue value)
    {
        output.Write($"{value.Name}: {value.Type}");
        if (value.DefaultLiteral is not null)
        {
            output.Write(" = ");
            ValuePrinter.Write(output, value.DefaultLiteral);
        }
        Deprecated(output, value.DeprecationReason);
    }

    private static void Deprecated(IndentedText output, string? reason) => output.Write(reason switch
    {
        null => "",
        BuiltInDirectives.DefaultDeprecationReason => " @deprecated",
        _ => $" @deprecated(reason: {ValuePrinter.Quote(reason)})",
    });

    /// <summary>A description, which is a block string where it can be one.</summary>
    private static void Description(IndentedText output, string? description)
    {
        if (description is not null)
        {
            output.Write(BlockString.CanHold(description) ? BlockString.Print(description) : ValuePrinter.Quote(description)).Write("\n");
        }
    }

    /// <summary>Members on lines of their own; a blank line stands before one that is described, unless it is the first.</summary>
    private static void Members<T>(
        IndentedText output, string open, NameMap<T> members, string close, Func<T, string?> descriptionOf, Action<IndentedText, T> write)
        where T : class
    {
        if (members.Count == 0)
        {
            return;
        }
        output.Indented(open, Body, close);

        void Body()
        {
            for (var i = 0; i < members.Count; i++)
            {
                var description = descriptionOf(members[i]);
                if (i > 0 && description is not null)
                {
                    output.EndLine();
                }
                output.Write("\n");
                Description(output, description);
                write(output, members[i]);
            }
        }
    }
}
