using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Building;
using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types;

/// <summary>
/// The types and directives of a service. Immutable, and valid unless it was made with <see cref="CreateUnchecked"/>.
/// </summary>
public sealed class Schema
{
    internal Schema(SchemaConfig config, NameMap<NamedType> types, NameMap<DirectiveType> directives, IReadOnlyList<FieldDefinition> metaFields)
    {
        Description = config.Description;
        Node = config.Node;
        Extensions = config.Extensions;
        Types = types;
        Directives = directives;
        DeclaredRoots = [.. new[] { config.Query, config.Mutation, config.Subscription }.Select(name => name is null ? null : types[name])];
        (SchemaField, TypeField, TypeNameField) = (metaFields[0], metaFields[1], metaFields[2]);
    }

    public string? Description { get; }

    /// <summary>Where queries begin. Null only in a schema that is not valid.</summary>
    public ObjectType? QueryType => RootType(OperationType.Query);

    public ObjectType? MutationType => RootType(OperationType.Mutation);

    public ObjectType? SubscriptionType => RootType(OperationType.Subscription);

    /// <summary>Every type, in the order of its declaration; those with which the schema describes itself come last.</summary>
    public NameMap<NamedType> Types { get; }

    public NameMap<DirectiveType> Directives { get; }

    /// <summary>The definition that the schema was read from, or null.</summary>
    public SchemaDefinitionNode? Node { get; }

    public ImmutableArray<SchemaExtensionNode> Extensions { get; }

    /// <summary><c>__schema</c>, on the query root.</summary>
    public FieldDefinition SchemaField { get; }

    /// <summary><c>__type</c>, on the query root.</summary>
    public FieldDefinition TypeField { get; }

    /// <summary><c>__typename</c>, on every object, interface and union.</summary>
    public FieldDefinition TypeNameField { get; }

    /// <summary>By <see cref="OperationType"/>; in an invalid schema they may be no objects.</summary>
    internal ImmutableArray<NamedType?> DeclaredRoots { get; }

    /// <summary>Makes a schema.</summary>
    /// <exception cref="GraphQLException">It breaks rules of section 3 of the specification; all of them are named.</exception>
    public static Schema Create(SchemaConfig config)
    {
        var schema = CreateUnchecked(config);
        var errors = SchemaValidator.Validate(schema);
        return errors.IsEmpty ? schema : throw new GraphQLException(errors);
    }

    /// <summary>Makes a schema that may break rules: for tools. <see cref="SchemaValidator"/> says which.</summary>
    /// <exception cref="GraphQLException">Names are malformed, unknown or given twice, so that there is no schema to speak of.</exception>
    public static Schema CreateUnchecked(SchemaConfig config) => new SchemaBuilder(config).Build();

    /// <summary>Makes a schema of definitions in the schema definition language. Its fields have no resolvers.</summary>
    /// <exception cref="GraphQLException">It is malformed or breaks rules.</exception>
    public static Schema Parse(string sdl) => Create(SdlReader.Read(Parser.Parse(sdl, ParserOptions.ForSchemas)));

    /// <summary>Where operations of a kind begin; null when the schema has none.</summary>
    public ObjectType? RootType(OperationType operation) => DeclaredRoots[(int)operation] as ObjectType;

    /// <summary>The type that a reference means; null when its name is unknown.</summary>
    public GraphQLType? TypeOf(TypeNode node) => node switch
    {
        NamedTypeNode named => Types[named.Name.Value],
        ListTypeNode list => TypeOf(list.Type)?.List,
        _ => TypeOf(((NonNullTypeNode)node).Type)?.NonNull,
    };

    /// <summary>A field of a type, meta-fields included; null when it has none of that name.</summary>
    public FieldDefinition? FindField(NamedType parent, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            if (name == TypeNameField.Name.Value && parent.IsComposite)
            {
                return TypeNameField;
            }
            if (parent == DeclaredRoots[0] && (name == SchemaField.Name.Value || name == TypeField.Name.Value))
            {
                return name == SchemaField.Name.Value ? SchemaField : TypeField;
            }
        }
        return (parent as FieldsType)?.Fields[name];
    }

    /// <summary>Whether values of one type may stand where the other is asked for.</summary>
    public bool IsSubType(GraphQLType type, GraphQLType super) =>
        type == super || (type, super) switch
        {
            (NonNullType a, NonNullType b) => IsSubType(a.OfType, b.OfType),
            (_, NonNullType) => false,
            (NonNullType a, _) => IsSubType(a.OfType, super),
            (ListType a, ListType b) => IsSubType(a.OfType, b.OfType),
            (FieldsType a, InterfaceType b) => a.Interfaces.Contains(b),
            (ObjectType a, UnionType b) => b.IsPossible(a),
            _ => false,
        };

    /// <summary>Whether there is an object that both types may be.</summary>
    public bool Overlap(NamedType a, NamedType b) => a == b || a.Overlaps(b);

    /// <summary>The definitions of the schema, as graphql-js prints them.</summary>
    public override string ToString() => SchemaPrinter.Print(this);
}
