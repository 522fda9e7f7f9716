using Spm.GraphQL.Language;
using Spm.GraphQL.Tests.Oracle;
using Spm.GraphQL.Types;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Tests.Validation;

/// <summary>Every rule refuses what it is there to refuse, in the words of graphql-js.</summary>
public sealed class RuleTests
{
    /// <summary>What tools ask to learn a schema.</summary>
    private const string IntrospectionQuery = """
        query Introspection {
          __schema {
            description queryType { name } mutationType { name } subscriptionType { name }
            types { ...FullType }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...Input } type { ...Ref } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Ref }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Ref }
        }
        fragment Input on __InputValue { name description type { ...Ref } defaultValue isDeprecated deprecationReason }
        fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        """;

    private static readonly Schema Pets = Schema.Parse(OracleSchemas.Pets);

    [Theory]
    [InlineData("{ dog { name } } type T { a: Int }", "The \"T\" definition is not executable. @ 1:18")]
    [InlineData("query A { dog { id } } query A { dog { id } }", "There can be only one operation named \"A\". @ 1:7 1:30")]
    [InlineData("{ dog { id } } query A { dog { id } }", "This anonymous operation must be the only defined operation. @ 1:1")]
    [InlineData("subscription { petAdded { id } humanAdded { id } }", "Anonymous Subscription must select only one top level field. @ 1:32")]
    [InlineData("subscription S { __typename }", "Subscription \"S\" must not select an introspection top level field. @ 1:18")]
    [InlineData("subscription { petAdded @include(if: true) { id } }", "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. @ 1:25")]
    [InlineData("{ dog { meowVolume } }", "Cannot query field \"meowVolume\" on type \"Dog\". Did you mean \"barkVolume\"? @ 1:9")]
    [InlineData("{ catOrDog { nickname } }", "Cannot query field \"nickname\" on type \"CatOrDog\". Did you mean to use an inline fragment on \"Cat\" or \"Dog\"? @ 1:14")]
    [InlineData("{ dog { x: name x: nickname } }", "Fields \"x\" conflict because \"name\" and \"nickname\" are different fields. Use different aliases on the fields to fetch both if this was intentional. @ 1:9 1:17")]
    [InlineData("{ pet(id: 1) { ... on Dog { x: barkVolume } ... on Cat { x: meowVolume } } }", "Fields \"x\" conflict because they return conflicting types \"Int\" and \"Float\". Use different aliases on the fields to fetch both if this was intentional. @ 1:29 1:58")]
    [InlineData("{ dog }", "Field \"dog\" of type \"Dog\" must have a selection of subfields. Did you mean \"dog { ... }\"? @ 1:3")]
    [InlineData("{ dog { id { a } } }", "Field \"id\" must not have a selection since type \"ID!\" has no subfields. @ 1:12")]
    [InlineData("{ dog { name(surnam: true) } }", "Unknown argument \"surnam\" on field \"Dog.name\". Did you mean \"surname\"? @ 1:14")]
    [InlineData("{ dog { id @skip(if: true, iff: true) } }", "Unknown argument \"iff\" on directive \"@skip\". Did you mean \"if\"? @ 1:28")]
    [InlineData("{ dog { name(surname: true, surname: true) } }", "There can be only one argument named \"surname\". @ 1:14 1:29")]
    [InlineData("{ dog { doesKnowCommand } }", "Field \"doesKnowCommand\" argument \"command\" of type \"DogCommand!\" is required, but it was not provided. @ 1:9")]
    [InlineData("{ dog { id @skip } }", "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided. @ 1:12")]
    [InlineData("{ dog { ...F } } fragment F on Dog { id } fragment F on Dog { id }", "There can be only one fragment named \"F\". @ 1:27 1:52")]
    [InlineData("{ dog { ... on Dgo { id } } }", "Unknown type \"Dgo\". Did you mean \"Dog\"? @ 1:16")]
    [InlineData("{ dog { ...F } } fragment F on FurColor { id }", "Fragment \"F\" cannot condition on non composite type \"FurColor\". @ 1:32")]
    [InlineData("{ dog { id } } fragment F on Dog { id }", "Fragment \"F\" is never used. @ 1:16")]
    [InlineData("{ dog { ...F } }", "Unknown fragment \"F\". @ 1:12")]
    [InlineData("{ dog { ...F } } fragment F on Dog { ...G } fragment G on Dog { ...F }", "Cannot spread fragment \"F\" within itself via \"G\". @ 1:38 1:65")]
    [InlineData("{ dog { ... on Cat { id } } }", "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\". @ 1:9")]
    [InlineData("{ node(id: 1.5) { id } }", "ID cannot represent a non-string and non-integer value: 1.5 @ 1:12")]
    [InlineData("{ dog { doesKnowCommand(command: SITT) } }", "Value \"SITT\" does not exist in \"DogCommand\" enum. Did you mean the enum value \"SIT\"? @ 1:34")]
    [InlineData("{ search(filter: {colour: TAN}) { id } }", "Field \"colour\" is not defined by type \"PetFilter\". Did you mean \"color\"? @ 1:19")]
    [InlineData("{ search(filter: {color: TAN, color: TAN}) { id } }", "There can be only one input field named \"color\". @ 1:19 1:31")]
    [InlineData("{ search(filter: {name: {eq: \"a\", contains: \"b\"}}) { id } }", "OneOf Input Object \"StringFilter\" must specify exactly one key. @ 1:25")]
    [InlineData("{ search(filter: {name: {eq: null}}) { id } }", "Field \"StringFilter.eq\" must be non-null. @ 1:25")]
    [InlineData("query ($v: String) { search(filter: {name: {eq: $v}}) { id } }", "Variable \"$v\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"StringFilter\". @ 1:8 1:49")]
    [InlineData("{ dog { id @unknown } }", "Unknown directive \"@unknown\". @ 1:12")]
    [InlineData("{ dog { id @onFragment } }", "Directive \"@onFragment\" may not be used on FIELD. @ 1:12")]
    [InlineData("{ dog { id @skip(if: true) @skip(if: true) } }", "The directive \"@skip\" can only be used once at this location. @ 1:12 1:28")]
    [InlineData("query ($a: ID!, $a: ID!) { node(id: $a) { id } }", "There can be only one variable named \"$a\". @ 1:9 1:18")]
    [InlineData("query ($a: Dog) { node(id: $a) { id } }", "Variable \"$a\" cannot be non-input type \"Dog\". @ 1:12")]
    [InlineData("query Q { node(id: $a) { id } }", "Variable \"$a\" is not defined by operation \"Q\". @ 1:20 1:1")]
    [InlineData("query ($a: ID) { dog { id } }", "Variable \"$a\" is never used. @ 1:8")]
    [InlineData("query ($a: ID) { node(id: $a) { id } }", "Variable \"$a\" of type \"ID\" used in position expecting type \"ID!\". @ 1:8 1:27")]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "Maximum introspection depth exceeded @ 1:3")]
    public void A_document_that_breaks_a_rule_is_refused(string document, string error) => Assert.Contains(error, Errors(Pets, document));

    [Fact]
    public void An_operation_of_a_kind_that_the_schema_lacks_is_refused() =>
        Assert.Equal(
            ["The mutation operation is not supported by the schema. @ 1:1"],
            Errors(Schema.Parse("type Query { a: Int }"), "mutation { a }"));

    [Theory]
    [InlineData("query ($id: ID = 7, $skip: Boolean!) { node(id: $id) { ...F } } fragment F on Node { id ... on Dog @skip(if: $skip) { barks } }")]
    [InlineData("{ pet(id: 1) { ... on Dog { x: name } ... on Cat { x: nickname } } }")]
    [InlineData("query ($v: String!) { search(filter: {name: {eq: $v}, volume: 1, and: [{not: {ids: \"a\"}}]}) { __typename ... on Human { born } } }")]
    [InlineData("{ __type(name: \"Dog\") { fields(includeDeprecated: true) { name args { type { ofType { name } } } } } }")]
    [InlineData(IntrospectionQuery)]
    [InlineData("subscription S { petAdded(kind: \"a\") { id name @include(if: true) } }")]
    public void A_document_that_keeps_the_rules_is_taken(string document) => Assert.Empty(Errors(Pets, document));

    [Theory]
    [InlineData("{ dog { meowVolume } }", "Cannot query field \"meowVolume\" on type \"Dog\". @ 1:9")]
    [InlineData("{ catOrDog { nickname } }", "Cannot query field \"nickname\" on type \"CatOrDog\". @ 1:14")]
    [InlineData("{ dog { name(surnam: true) } }", "Unknown argument \"surnam\" on field \"Dog.name\". @ 1:14")]
    [InlineData("{ dog { ... on Dgo { id } } }", "Unknown type \"Dgo\". @ 1:16")]
    [InlineData("{ dog { doesKnowCommand(command: SITT) } }", "Value \"SITT\" does not exist in \"DogCommand\" enum. @ 1:34")]
    [InlineData("{ search(filter: {nam: 1}) { id } }", "Field \"nam\" is not defined by type \"PetFilter\". @ 1:19")]
    public void Without_suggestions_no_name_of_the_schema_is_given_away(string document, string error) =>
        Assert.Equal([error], Errors(Pets, document, new ValidationOptions { Suggest = false }));

    [Fact]
    public void Errors_are_bounded()
    {
        var errors = Errors(Pets, $"{{ dog {{ {string.Join(" ", Enumerable.Range(0, 500).Select(i => $"a{i}"))} }} }}");
        Assert.Equal(101, errors.Count);
        Assert.Equal("Too many validation errors, error limit reached. Validation aborted. @ ", errors[^1]);
    }

    [Theory]
    [InlineData("type Query { a: Int } type Query { b: Int }", "There can be only one type named \"Query\". @ 1:6 1:28")]
    [InlineData("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once. @ 1:14 1:21")]
    [InlineData("type Query { a(b: Int, b: Int): Int }", "Argument \"Query.a(b:)\" can only be defined once. @ 1:16 1:24")]
    [InlineData("enum E { A B } extend enum E { A }", "Enum value \"E.A\" can only be defined once. @ 1:10 1:32")]
    [InlineData("extend type Qery { a: Int } type Query { a: Int }", "Cannot extend type \"Qery\" because it is not defined. Did you mean \"Query\"? @ 1:13")]
    [InlineData("type Query { a: Int } extend input Query { b: Int }", "Cannot extend non-input object type \"Query\". @ 1:1 1:23")]
    [InlineData("type Query { a: Itn }", "Unknown type \"Itn\". Did you mean \"Int\" or \"ID\"? @ 1:17")]
    [InlineData("schema { query: Q query: Q } type Q { a: Int }", "There can be only one query type in schema. @ 1:10 1:19")]
    [InlineData("schema { query: Q } schema { mutation: Q } type Q { a: Int }", "Must provide only one schema definition. @ 1:21")]
    [InlineData("directive @a on FIELD directive @a on FIELD", "There can be only one directive named \"@a\". @ 1:12 1:34")]
    public void Definitions_that_break_a_rule_are_refused(string sdl, string error) =>
        Assert.Equal([error], DocumentValidator.ValidateSdl(Parser.Parse(sdl)).Select(Verdict.Line));

    internal static IReadOnlyList<string> Errors(Schema schema, string document, ValidationOptions? options = null) =>
        [.. DocumentValidator.Validate(schema, Parser.Parse(document), options).Select(Verdict.Line)];
}
