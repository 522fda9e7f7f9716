using System.Text.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Coercion;

namespace Spm.GraphQL.Tests.Types;

public sealed class CoercionTests
{
    private static readonly Schema Schema = Schema.Parse("""
        enum Color { RED GREEN }
        input Key @oneOf { id: ID name: String }
        input Filter { color: Color! = RED max: Int items: [Filter!] key: Key }
        type Query { a(filter: Filter, number: Float): Int }
        """);

    [Theory]
    [InlineData("Int", "1.0", null)]
    [InlineData("Int", "2147483648", "Variable \"$v\" got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("Int", "1.5", "Variable \"$v\" got invalid value 1.5; Int cannot represent non-integer value: 1.5")]
    [InlineData("String", "1", "Variable \"$v\" got invalid value 1; String cannot represent a non string value: 1")]
    [InlineData("ID", "7", null)]
    [InlineData("[Int!]", "[1, null]", "Variable \"$v\" got invalid value null at \"v[1]\"; Expected non-nullable type \"Int!\" not to be null.")]
    [InlineData("Int!", "null", "Variable \"$v\" of non-null type \"Int!\" must not be null.")]
    [InlineData("Query", "1", "Variable \"$v\" expected value of type \"Query\" which cannot be used as an input type.")]
    [InlineData("Color", "\"REd\"", "Variable \"$v\" got invalid value \"REd\"; Value \"REd\" does not exist in \"Color\" enum. Did you mean the enum value \"RED\"?")]
    [InlineData("Filter", "{\"colour\": {\"a\": {\"b\": {}}}}", "Variable \"$v\" got invalid value { colour: { a: [Object] } }; Field \"colour\" is not defined by type \"Filter\". Did you mean \"color\"?")]
    [InlineData("Filter", "{\"items\": [{\"max\": \"x\"}]}", "Variable \"$v\" got invalid value \"x\" at \"v.items[0].max\"; Int cannot represent non-integer value: \"x\"")]
    [InlineData("Key", "{\"id\": \"1\", \"name\": \"2\"}", "Variable \"$v\" got invalid value { id: \"1\", name: \"2\" }; Exactly one key must be specified for OneOf type \"Key\".")]
    [InlineData("Key", "{\"id\": null}", "Variable \"$v\" got invalid value null at \"v.id\"; Field \"id\" must be non-null.")]
    public void Variables_are_refused_in_the_words_of_graphql_js(string type, string json, string? error)
    {
        using var given = JsonDocument.Parse($"{{\"v\": {json}}}");
        var (values, errors) = VariableCoercion.Coerce(Schema, Variables($"$v: {type}"), given.RootElement);
        Assert.Equal(error, errors.FirstOrDefault()?.Message);
        Assert.Equal(error is null, values is not null);
    }

    [Fact]
    public void A_variable_that_is_not_given_has_its_default_or_no_entry()
    {
        var (values, _) = VariableCoercion.Coerce(Schema, Variables("$a: Int = 3, $b: Int, $c: Int"), JsonDocument.Parse("{\"c\": null}").RootElement);
        Assert.Equal(3, values!["a"]);
        Assert.False(values.ContainsKey("b"));
        Assert.Null(values["c"]);
        var (_, errors) = VariableCoercion.Coerce(Schema, Variables("$a: Int!"), default);
        Assert.Equal("Variable \"$a\" of required type \"Int!\" was not provided.", Assert.Single(errors).Message);
    }

    [Fact]
    public void Fields_that_are_absent_have_their_default_and_a_single_item_is_a_list()
    {
        Assert.True(LiteralCoercion.TryCoerce(Parser.ParseValue("{items: {max: $m}}"), Schema.Types["Filter"]!, new Dictionary<string, object?>(), out var value));
        var filter = Assert.IsType<InputObject>(value);
        Assert.Equal("RED", filter["color"]);
        var item = Assert.IsType<InputObject>(Assert.Single(Assert.IsType<object?[]>(filter["items"])));
        Assert.False(item.ContainsKey("max"));
    }

    [Fact]
    public void Mistakes_without_end_are_told_in_brief()
    {
        var many = string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"\"unknown{i}\": 1"));
        var (_, errors) = VariableCoercion.Coerce(Schema, Variables("$v: Filter"), JsonDocument.Parse($"{{\"v\": {{{many}}}}}").RootElement);
        Assert.Equal(51, errors.Length);
        Assert.Equal("Too many errors processing variables, error limit reached. Execution aborted.", errors[^1].Message);
        Assert.All(errors, e => Assert.InRange(e.Message.Length, 1, 2003));
    }

    [Theory]
    [InlineData("{ a }", "Argument \"id\" of required type \"ID!\" was not provided.")]
    [InlineData("{ a(id: $none) }", "Argument \"id\" of required type \"ID!\" was provided the variable \"$none\" which was not provided a runtime value.")]
    [InlineData("{ a(id: $nothing) }", "Argument \"id\" of non-null type \"ID!\" must not be null.")]
    [InlineData("{ a(id: 1.5) }", "Argument \"id\" has invalid value 1.5.")]
    [InlineData("{ a(id: 7) }", null)]
    public void Arguments_are_refused_in_the_words_of_graphql_js(string document, string? error)
    {
        var field = Schema.Parse("type Query { a(id: ID!, first: Int = 10, after: ID): Int }").QueryType!.Fields["a"]!;
        var node = (FieldNode)((OperationDefinitionNode)Parser.Parse(document).Definitions[0]).SelectionSet.Selections[0];
        var variables = new Dictionary<string, object?> { ["nothing"] = null };
        if (error is null)
        {
            var values = ArgumentCoercion.Coerce(field.Arguments, node.Arguments, node, variables);
            Assert.Equal([("id", (object?)"7"), ("first", 10)], values.Select(v => (v.Key, v.Value)));
        }
        else
        {
            var refused = Assert.Throws<GraphQLException>(() => ArgumentCoercion.Coerce(field.Arguments, node.Arguments, node, variables));
            Assert.Equal(error, refused.Message);
        }
    }

    [Theory]
    [InlineData(1e21, "1e+21")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(100, "100")]
    [InlineData(1.2345e25, "1.2345e+25")]
    public void Numbers_are_shown_as_JavaScript_shows_them(double number, string shown) => Assert.Equal(shown, JsText.Number(number));

    private static System.Collections.Immutable.ImmutableArray<VariableDefinitionNode> Variables(string variables) =>
        ((OperationDefinitionNode)Parser.Parse($"query ({variables}) {{ a }}").Definitions[0]).VariableDefinitions;
}
