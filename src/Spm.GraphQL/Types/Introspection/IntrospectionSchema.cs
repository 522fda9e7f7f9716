using System.Collections.Frozen;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Building;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Introspection;

/// <summary>
/// Computes a field of introspection. The source is a <see cref="Schema"/>, <see cref="GraphQLType"/>, <see cref="FieldDefinition"/>,
/// <see cref="InputValue"/>, <see cref="EnumValue"/> or <see cref="DirectiveType"/>; results are these, or strings, booleans, enum values,
/// null and lists of them.
/// </summary>
/// <param name="arguments">Coerced, defaults filled in.</param>
public delegate object? IntrospectionResolver(object source, Schema schema, IReadOnlyDictionary<string, object?> arguments);

/// <summary>The types with which a schema describes itself: section 4 of the specification.</summary>
public static class IntrospectionSchema
{
    private const string Sdl = """
        "What a service can do: its types, its directives, and where operations begin."
        type __Schema {
          description: String
          "Every type of the service."
          types: [__Type!]!
          "Where queries begin."
          queryType: __Type!
          "Where mutations begin; null when the service has none."
          mutationType: __Type
          "Where subscriptions begin; null when the service has none."
          subscriptionType: __Type
          "Every directive of the service."
          directives: [__Directive!]!
        }

        "A type. Which fields are not null depends on its kind."
        type __Type {
          kind: __TypeKind!
          "Null of lists and non-nulls."
          name: String
          description: String
          "Where a custom scalar is specified."
          specifiedByURL: String
          "Of objects and interfaces."
          fields(includeDeprecated: Boolean! = false): [__Field!]
          "Of objects and interfaces."
          interfaces: [__Type!]
          "Of interfaces and unions."
          possibleTypes: [__Type!]
          "Of enums."
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
          "Of input objects."
          inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          "Of lists and non-nulls: the type inside."
          ofType: __Type
          "Of input objects: whether exactly one field must be given."
          isOneOf: Boolean
        }

        "What kind of type a type is."
        enum __TypeKind {
          SCALAR
          OBJECT
          INTERFACE
          UNION
          ENUM
          INPUT_OBJECT
          LIST
          NON_NULL
        }

        "A field of an object or interface."
        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "An argument of a field or directive, or a field of an input object."
        type __InputValue {
          name: String!
          description: String
          type: __Type!
          "What counts when nothing is given, as GraphQL writes it."
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "A value of an enum."
        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "A directive: it changes how a document is executed or a schema is understood."
        type __Directive {
          name: String!
          description: String
          "Whether it may stand more than once in one place."
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }

        "Where a directive may stand."
        enum __DirectiveLocation {
        LOCATIONS
        }

        "The fields that roots and composite types have without defining them."
        type Meta {
          "What the service can do."
          __schema: __Schema!
          "One type; null when the service has none of that name."
          __type(name: String!): __Type
          "The name of the object at hand."
          __typename: String!
        }
        """;

    private static readonly ImmutableArray<TypeConfig> Read = Configs();

    /// <summary>The types.</summary>
    public static ImmutableArray<TypeConfig> Types { get; } = [.. Read.Where(t => t.Name != "Meta")];

    /// <summary><c>__schema</c>, <c>__type</c> and <c>__typename</c>. The last has no resolver: whoever executes knows the object.</summary>
    public static ImmutableArray<FieldConfig> MetaFields { get; } = [.. Read.OfType<ObjectTypeConfig>().Single(t => t.Name == "Meta").Fields];

    internal static FrozenSet<string> TypeNames { get; } = Types.Select(t => t.Name).ToFrozenSet(StringComparer.Ordinal);

    private static ImmutableArray<TypeConfig> Configs()
    {
        var locations = string.Join("\n", Enum.GetValues<DirectiveLocation>().Select(l => l.Name()));
        var document = Parser.Parse(Sdl.Replace("LOCATIONS", locations, StringComparison.Ordinal));
        return [.. document.Definitions.OfType<TypeDefinitionNode>().Select(SdlReader.Type).Select(Resolved)];
    }

    /// <summary>The configs as if a program had made them, so that no error ever points into this text.</summary>
    private static TypeConfig Resolved(TypeConfig config) => config switch
    {
        ObjectTypeConfig type => type with { Node = null, Fields = [.. type.Fields.Select(f => Resolved(type.Name, f))] },
        EnumTypeConfig { Name: "__TypeKind" } type => type with { Node = null, Values = Values(type, Enum.GetValues<TypeKind>().Cast<object>()) },
        EnumTypeConfig type => type with { Node = null, Values = Values(type, Enum.GetValues<DirectiveLocation>().Cast<object>()) },
        _ => throw new InvalidOperationException($"{config.Name} is no introspection type."),
    };

    private static FieldConfig Resolved(string type, FieldConfig field) => field with
    {
        Node = null,
        Resolver = IntrospectionResolvers.All.GetValueOrDefault($"{type}.{field.Name}"),
        Arguments = [.. field.Arguments.Select(a => a with { Node = null })],
    };

    private static IReadOnlyList<EnumValueConfig> Values(EnumTypeConfig type, IEnumerable<object> values) =>
        [.. type.Values.Zip(values, (name, value) => name with { Node = null, Value = value })];
}
