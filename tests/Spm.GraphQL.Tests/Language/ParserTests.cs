using System.Text;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Tests.Language;

public sealed class ParserTests
{
    [Theory]
    [InlineData("{", "Syntax Error: Expected Name, found <EOF>.", 1, 2)]
    [InlineData("{ a }}", "Syntax Error: Unexpected \"}\".", 1, 6)]
    [InlineData("{ ... on }", "Syntax Error: Expected Name, found \"}\".", 1, 10)]
    [InlineData("{ a(b: $) }", "Syntax Error: Expected Name, found \")\".", 1, 9)]
    [InlineData("query ($a: Int = $b) { a }", "Syntax Error: Unexpected variable \"$b\" in constant value.", 1, 18)]
    [InlineData("fragment on on on { on }", "Syntax Error: Unexpected Name \"on\".", 1, 10)]
    [InlineData("\"a\" { b }", "Syntax Error: Unexpected description, descriptions are not supported on shorthand queries.", 1, 1)]
    [InlineData("{ a }\r\n\n  ?", "Syntax Error: Unexpected character: \"?\".", 3, 3)]
    [InlineData("{ a(b: 01) }", "Syntax Error: Invalid number, unexpected digit after 0: \"1\".", 1, 9)]
    [InlineData("{ a(b: \"é\\x\") }", "Syntax Error: Invalid character escape sequence: \"\\x\".", 1, 10)]
    [InlineData("# 😀é\n{ a(b: \"😀\" ?) }", "Syntax Error: Unexpected character: \"?\".", 2, 13)]
    [InlineData("enum A { true }", "Syntax Error: Name \"true\" is reserved and cannot be used for an enum value.", 1, 10)]
    [InlineData("extend type A", "Syntax Error: Unexpected <EOF>.", 1, 14)]
    public void A_syntax_error_reads_as_in_graphql_js(string source, string message, int line, int column)
    {
        var error = Assert.Throws<GraphQLException>(() => Parser.Parse(source)).Error;
        Assert.Equal(message, error.Message);
        Assert.Equal([new SourceLocation(line, column)], error.Locations);
    }

    [Fact]
    public void Columns_count_as_clients_do_in_UTF16()
    {
        var document = Parser.Parse("{ a(b: \"😀é\") c }");
        var selections = Assert.IsType<OperationDefinitionNode>(Assert.Single(document.Definitions)).SelectionSet.Selections;
        Assert.Equal(new SourceLocation(1, 15), selections[1].Span.Location);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_where_they_stand()
    {
        byte[] source = [.. "{ a(b: \""u8, 0xC3, 0x28, .. "\") }"u8];
        var (document, error) = Parser.TryParse(source);
        Assert.Null(document);
        Assert.Equal("Syntax Error: Invalid character within String: byte 0xC3, which is not UTF-8.", error!.Message);
        Assert.Equal([new SourceLocation(1, 9)], error.Locations);
    }

    [Fact]
    public void A_limit_is_named_where_it_is_passed()
    {
        var deep = string.Concat(Enumerable.Repeat("{a", 11)) + new string('}', 11);
        Assert.Equal("Syntax Error: Document is nested deeper than 10 levels. Parsing aborted.", ErrorOf(deep, new() { MaxDepth = 10 }));
        Assert.Equal("Syntax Error: Document contains more than 3 tokens. Parsing aborted.", ErrorOf("{ a b }", new() { MaxTokens = 3 }));
        Assert.Equal("Syntax Error: Document contains more than 4 bytes. Parsing aborted.", ErrorOf("{ a }", new() { MaxBytes = 4 }));
        Assert.Null(ErrorOf("{ a }", new() { MaxBytes = 5, MaxTokens = 3, MaxDepth = 1 }));
    }

    [Fact]
    public void The_same_name_is_the_same_string_throughout_a_document()
    {
        var document = Parser.Parse("{ name name }");
        var selections = ((OperationDefinitionNode)document.Definitions[0]).SelectionSet.Selections;
        Assert.Same(((FieldNode)selections[0]).Name.Value, ((FieldNode)selections[1]).Name.Value);
    }

    [Theory]
    [InlineData("User")]
    [InlineData("User.name")]
    [InlineData("Query.user(id:)")]
    [InlineData("@include")]
    [InlineData("@include(if:)")]
    public void A_schema_coordinate_is_printed_as_it_is_read(string coordinate) =>
        Assert.Equal(coordinate, Parser.ParseSchemaCoordinate(coordinate).ToString());

    [Theory]
    [InlineData("query Q($a: [Int!]! = [1, 2] @d, $b: String) @x {\n  a: b(c: {d: \"e\", f: [1.5e3, null, ENUM, true]}) @skip(if: $s)\n  ...F\n  ... on T {\n    g\n  }\n  ... @include(if: true) {\n    h\n  }\n}")]
    [InlineData("\"An operation\"\nquery (\n\"A variable\"\n$a: Int\n) {\n  a\n}\n\n\"\"\"A fragment\"\"\"\nfragment F on T {\n  b\n}")]
    [InlineData("\"\"\"\nA schema\n\"hello\"\n\"\"\"\nschema @d {\n  query: Q\n  mutation: M\n}\n\nextend schema @e\n\ntype A implements B & C @d {\n  \"x\"\n  f(\n    \"y\"\n    a: Int = 1\n    b: [String!]!\n  ): D\n}\n\ninterface B implements C\n\nunion U @d = A | B\n\nenum E {\n  X\n  Y @deprecated(reason: \"no\")\n}\n\ninput I @oneOf {\n  a: Int = 1 @d\n}\n\ndirective @d(a: Int) repeatable on FIELD | QUERY\n\nscalar S @specifiedBy(url: \"u\")\n\nextend type A {\n  g: Int\n}")]
    public void What_is_printed_is_read_again(string source) => Assert.Equal(source, Parser.Parse(source).ToString());

    private static string? ErrorOf(string source, ParserOptions options) => Parser.TryParse(Encoding.UTF8.GetBytes(source), options).Error?.Message;
}
