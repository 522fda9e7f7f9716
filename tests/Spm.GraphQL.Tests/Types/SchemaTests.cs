using Spm.GraphQL.Language;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Configs;
using Spm.GraphQL.Types.Introspection;

namespace Spm.GraphQL.Tests.Types;

public sealed class SchemaTests
{
    private const string Sdl = """"
        """Marks"""
        directive @mark(
          """How often"""
          times: Int = 1
          by: String @deprecated
        ) repeatable on FIELD | OBJECT

        """Anything with an id"""
        interface Node {
          id: ID!
        }

        interface Named implements Node {
          id: ID!
          name(upper: Boolean! = false): String
        }

        type User implements Named & Node {
          id: ID!

          """The full name"""
          name(upper: Boolean! = false): String
          role: Role @deprecated(reason: "Use `roles`")
          friends(filter: Filter = {by: NAME, ids: ["1"]}): [User!]!
        }

        type Bot implements Node {
          id: ID!
        }

        union Actor = User | Bot

        enum Role {
          ADMIN

          """Everybody else"""
          USER @deprecated
        }

        enum Order {
          NAME
          AGE
        }

        input Filter {
          by: Order = AGE
          ids: [ID!]
          nested: Filter
        }

        input Key @oneOf {
          id: ID
          name: String
        }

        scalar Money @specifiedBy(url: "https://example.com/money")

        type Query {
          actor(key: Key!): Actor
          node: Node
          pay: Money
        }
        """";

    [Fact]
    public void A_schema_is_printed_as_it_is_read() => Assert.Equal(Sdl, Schema.Parse(Sdl).ToString());

    [Fact]
    public void Two_references_to_one_type_are_the_same_object()
    {
        var schema = Schema.Parse(Sdl);
        var user = (ObjectType)schema.Types["User"]!;
        Assert.Same(user.NonNull.List.NonNull, user.Fields["friends"]!.Type);
        Assert.Same(schema.TypeOf(TypeNode.Parse("[User!]!")), user.Fields["friends"]!.Type);
    }

    [Fact]
    public void A_field_is_found_by_its_bytes()
    {
        var user = (ObjectType)Schema.Parse(Sdl).Types["User"]!;
        Assert.Same(user.Fields["friends"], user.Fields["friends"u8]);
        Assert.Null(user.Fields["friend"u8]);
        Assert.Equal("\"friends\":"u8.ToArray(), user.Fields["friends"]!.Name.Property.ToArray());
    }

    [Fact]
    public void Defaults_are_coerced_once_with_those_of_the_fields_inside()
    {
        var argument = ((ObjectType)Schema.Parse(Sdl).Types["User"]!).Fields["friends"]!.Arguments["filter"]!;
        var filter = Assert.IsType<InputObject>(argument.DefaultValue);
        Assert.Equal("NAME", filter["by"]);
        Assert.Equal(["1"], Assert.IsType<object?[]>(filter["ids"]));
        Assert.False(filter.ContainsKey("nested"));
    }

    [Fact]
    public void Abstract_types_know_what_they_can_be()
    {
        var schema = Schema.Parse(Sdl);
        Assert.Equal(["User", "Bot"], schema.Types["Node"]!.PossibleTypes.Select(t => t.ToString()));
        Assert.True(schema.Overlap(schema.Types["Actor"]!, schema.Types["Named"]!));
        Assert.False(schema.Overlap(schema.Types["Bot"]!, schema.Types["Named"]!));
        Assert.True(schema.IsSubType(schema.Types["User"]!.NonNull, schema.Types["Actor"]!));
        Assert.True(schema.IsSubType(schema.Types["Named"]!.List, schema.Types["Node"]!.List));
        Assert.False(schema.IsSubType(schema.Types["Node"]!, schema.Types["Named"]!));
    }

    [Fact]
    public void Introspection_fields_are_on_the_query_root_and_typename_everywhere()
    {
        var schema = Schema.Parse(Sdl);
        Assert.Same(schema.SchemaField, schema.FindField(schema.QueryType!, "__schema"));
        Assert.Null(schema.FindField(schema.Types["User"]!, "__schema"));
        Assert.Same(schema.TypeNameField, schema.FindField(schema.Types["Actor"]!, "__typename"));
        var resolve = Assert.IsType<IntrospectionResolver>(((ObjectType)schema.Types["__Type"]!).Fields["enumValues"]!.Resolver);
        var values = resolve(schema.Types["Role"]!, schema, new Dictionary<string, object?> { ["includeDeprecated"] = false });
        Assert.Equal(["ADMIN"], Assert.IsAssignableFrom<IEnumerable<EnumValue>>(values).Select(v => v.ToString()));
    }

    [Fact]
    public void Every_introspection_field_has_a_resolver() =>
        Assert.All(
            Schema.Parse(Sdl).Types.Where(t => t.IsIntrospection).OfType<ObjectType>().SelectMany(t => t.Fields),
            f => Assert.IsType<IntrospectionResolver>(f.Resolver));

    [Fact]
    public void A_program_makes_a_schema_of_configs()
    {
        var schema = Schema.Create(new SchemaConfig
        {
            Query = "Q",
            Types =
            [
                new ObjectTypeConfig
                {
                    Name = "Q",
                    Fields = [new FieldConfig { Name = "now", Type = TypeNode.Parse("Date!"), Resolver = "anything", ClrType = typeof(DateOnly) }],
                },
                new ScalarTypeConfig { Name = "Date", ParseLiteral = (v, _) => Coerced.To(DateOnly.Parse(((StringValueNode)v).Value)) },
            ],
        });
        Assert.Equal("schema {\n  query: Q\n}\n\ntype Q {\n  now: Date!\n}\n\nscalar Date", schema.ToString());
        Assert.Equal("anything", schema.QueryType!.Fields["now"]!.Resolver);
        var refused = ((ScalarType)schema.Types["Date"]!).ParseLiteral(new StringValueNode("tomorrow"));
        Assert.StartsWith("Expected value of type \"Date\", found \"tomorrow\"; ", refused.Error);
    }

    [Theory]
    [InlineData("type Query { a: I } input I { b: Int }", "The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a(b: Query): Int }", "The type of Query.a(b:) must be Input Type but got: Query.")]
    [InlineData("type Query implements N { a: Int } interface N { id: ID }", "Interface field N.id expected but Query does not provide it.")]
    [InlineData("type Query { a: Int __b: Int }", "Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("input I { i: I! } type Query { a(i: I): Int }", "Cannot reference Input Object \"I\" within itself through a series of non-null fields: \"i\".")]
    [InlineData("input I { i: I = {} } type Query { a(i: I): Int }", "Invalid circular reference. The default value of Input Object field I.i references itself.")]
    [InlineData("type Query { a(b: Int = \"1\"): Int }", "Query.a(b:) has invalid default value: Int cannot represent non-integer value: \"1\"")]
    [InlineData("type Query { a: Int } directive @d(b: Int @d) on ARGUMENT_DEFINITION", "Directive @d cannot reference itself within its own definition.")]
    [InlineData("type Query implements N { a: Int @deprecated } interface N { a: Int }", "Interface field N.a is not deprecated, so implementation field Query.a must not be deprecated.")]
    [InlineData("type A { a: Int }", "Query root type must be provided.")]
    public void A_schema_that_breaks_a_rule_is_refused(string sdl, string message) =>
        Assert.Equal([message], Assert.Throws<GraphQLException>(() => Schema.Parse(sdl)).Errors.Select(e => e.Message));
}
