using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;
using Spm.GraphQL.Types.Introspection;
using Spm.GraphQL.Types.Scalars;
using Spm.GraphQL.Validation;

namespace Spm.GraphQL.Types.Building;

/// <summary>Reads configs from definitions in the schema definition language, extensions merged into what they extend.</summary>
public static class SdlReader
{
    /// <summary>Reads a schema. Resolvers can be added to the result with <c>with</c> before a schema is created of it.</summary>
    /// <exception cref="GraphQLException">It breaks rules for definitions, such as names given twice; all of them are named.</exception>
    public static SchemaConfig Read(DocumentNode document)
    {
        var errors = DocumentValidator.ValidateSdl(document);
        return errors.IsEmpty ? ReadUnchecked(document) : throw new GraphQLException(errors);
    }

    private static SchemaConfig ReadUnchecked(DocumentNode document)
    {
        var extensions = document.Definitions.OfType<TypeExtensionNode>().ToLookup(e => e.Name.Value);
        var types = document.Definitions.OfType<TypeDefinitionNode>().Where(t => !IsBuiltIn(t.Name.Value))
            .Select(t => Type(t, [.. extensions[t.Name.Value]])).ToArray();
        var schema = document.Definitions.OfType<SchemaDefinitionNode>().LastOrDefault();
        ImmutableArray<SchemaExtensionNode> schemaExtensions = [.. document.Definitions.OfType<SchemaExtensionNode>()];
        var roots = (schema?.OperationTypes ?? []).Concat(schemaExtensions.SelectMany(e => e.OperationTypes)).ToArray();
        return new SchemaConfig
        {
            Description = schema?.Description?.Value,
            Query = Root(OperationType.Query, "Query"),
            Mutation = Root(OperationType.Mutation, "Mutation"),
            Subscription = Root(OperationType.Subscription, "Subscription"),
            Types = types,
            Directives = [.. document.Definitions.OfType<DirectiveDefinitionNode>().Select(Directive)],
            Node = schema,
            Extensions = schemaExtensions,
        };

        // Without a schema definition, types of the usual names are the roots.
        string? Root(OperationType operation, string usual) =>
            schema is null && types.Any(t => t.Name == usual) ? usual : roots.LastOrDefault(r => r.Operation == operation)?.Type.Name.Value;
    }

    /// <summary>Types that every schema has are not read again.</summary>
    private static bool IsBuiltIn(string name) => BuiltInScalars.Names.Contains(name) || IntrospectionSchema.TypeNames.Contains(name);

    internal static TypeConfig Type(TypeDefinitionNode node) => Type(node, []);

    private static TypeConfig Type(TypeDefinitionNode node, ImmutableArray<TypeExtensionNode> extensions)
    {
        TypeConfig config = node switch
        {
            ScalarTypeDefinitionNode => new ScalarTypeConfig
            {
                Name = node.Name.Value,
                SpecifiedByUrl = extensions.Select(e => SpecifiedBy(e.Directives)).Prepend(SpecifiedBy(node.Directives))
                    .LastOrDefault(url => url is not null),
            },
            ObjectTypeDefinitionNode type => new ObjectTypeConfig
            {
                Name = node.Name.Value,
                Interfaces = Names(type.Interfaces, extensions.OfType<ObjectTypeExtensionNode>().SelectMany(e => e.Interfaces)),
                Fields = Fields(type.Fields, extensions.OfType<ObjectTypeExtensionNode>().SelectMany(e => e.Fields)),
            },
            InterfaceTypeDefinitionNode type => new InterfaceTypeConfig
            {
                Name = node.Name.Value,
                Interfaces = Names(type.Interfaces, extensions.OfType<InterfaceTypeExtensionNode>().SelectMany(e => e.Interfaces)),
                Fields = Fields(type.Fields, extensions.OfType<InterfaceTypeExtensionNode>().SelectMany(e => e.Fields)),
            },
            UnionTypeDefinitionNode union => new UnionTypeConfig
            {
                Name = node.Name.Value,
                Types = Names(union.Types, extensions.OfType<UnionTypeExtensionNode>().SelectMany(e => e.Types)),
            },
            EnumTypeDefinitionNode type => new EnumTypeConfig
            {
                Name = node.Name.Value,
                Values = [.. type.Values.Concat(extensions.OfType<EnumTypeExtensionNode>().SelectMany(e => e.Values)).Select(EnumValue)],
            },
            InputObjectTypeDefinitionNode input => new InputObjectTypeConfig
            {
                Name = node.Name.Value,
                Fields = [.. input.Fields.Concat(extensions.OfType<InputObjectTypeExtensionNode>().SelectMany(e => e.Fields)).Select(InputValue)],
                IsOneOf = Find(node.Directives, BuiltInDirectives.OneOf) is not null,
            },
            _ => throw new InvalidOperationException($"{node.Kind} is no definition of a type."),
        };
        return config with { Description = node.Description?.Value, Node = node, Extensions = extensions };
    }

    private static IReadOnlyList<string> Names(IEnumerable<NamedTypeNode> types, IEnumerable<NamedTypeNode> added) =>
        [.. types.Concat(added).Select(t => t.Name.Value)];

    private static IReadOnlyList<FieldConfig> Fields(IEnumerable<FieldDefinitionNode> fields, IEnumerable<FieldDefinitionNode> added) =>
        [.. fields.Concat(added).Select(Field)];

    private static FieldConfig Field(FieldDefinitionNode node) => new()
    {
        Name = node.Name.Value,
        Description = node.Description?.Value,
        Type = node.Type,
        Arguments = [.. node.Arguments.Select(InputValue)],
        DeprecationReason = Deprecation(node.Directives),
        Node = node,
    };

    private static InputValueConfig InputValue(InputValueDefinitionNode node) => new()
    {
        Name = node.Name.Value,
        Description = node.Description?.Value,
        Type = node.Type,
        DefaultValue = node.DefaultValue,
        DeprecationReason = Deprecation(node.Directives),
        Node = node,
    };

    private static EnumValueConfig EnumValue(EnumValueDefinitionNode node) => new()
    {
        Name = node.Name.Value,
        Description = node.Description?.Value,
        DeprecationReason = Deprecation(node.Directives),
        Node = node,
    };

    private static DirectiveConfig Directive(DirectiveDefinitionNode node) => new()
    {
        Name = node.Name.Value,
        Description = node.Description?.Value,
        Locations = [.. node.Locations.Select(l => DirectiveLocations.TryParse(l.Value, out var location) ? location : default)],
        Arguments = [.. node.Arguments.Select(InputValue)],
        IsRepeatable = node.Repeatable,
        Node = node,
    };

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name) => directives.FirstOrDefault(d => d.Name.Value == name);

    private static string? Deprecation(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, BuiltInDirectives.Deprecated) is not { } deprecated ? null
        : Text(deprecated, "reason") ?? BuiltInDirectives.DefaultDeprecationReason;

    private static string? SpecifiedBy(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, BuiltInDirectives.SpecifiedBy) is not { } specifiedBy ? null
        : Text(specifiedBy, "url")
            ?? throw new GraphQLException(GraphQLError.At("Argument \"url\" of required type \"String!\" was not provided.", specifiedBy));

    private static string? Text(DirectiveNode directive, string argument) =>
        directive.Arguments.FirstOrDefault(a => a.Name.Value == argument)?.Value switch
        {
            null => null,
            StringValueNode text => text.Value,
            NullValueNode nothing => throw new GraphQLException(
                GraphQLError.At($"Argument \"{argument}\" of non-null type \"String!\" must not be null.", nothing)),
            var other => throw new GraphQLException(GraphQLError.At($"Argument \"{argument}\" has invalid value {other}.", other)),
        };
}
