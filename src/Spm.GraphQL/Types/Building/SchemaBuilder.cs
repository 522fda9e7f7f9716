using Spm.GraphQL.Language;
using Spm.GraphQL.Types.Configs;
using Spm.GraphQL.Types.Introspection;
using Spm.GraphQL.Types.Scalars;

namespace Spm.GraphQL.Types.Building;

/// <summary>
/// Makes the types of a schema from their configs: first each by itself, then what they refer to by name, then their order and their
/// defaults. For one schema.
/// </summary>
internal sealed class SchemaBuilder
{
    private readonly SchemaConfig _config;
    private readonly Dictionary<string, TypeConfig> _configs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);

    public SchemaBuilder(SchemaConfig config)
    {
        _config = config;
    }

    public Schema Build()
    {
        foreach (var type in _config.Types)
        {
            if (!_configs.TryAdd(NameRules.Checked(type.Name), type))
            {
                throw Refused($"Schema must contain uniquely named types but contains multiple types named \"{type.Name}\".");
            }
        }
        foreach (var type in BuiltInScalars.All.Concat(IntrospectionSchema.Types))
        {
            // A schema may bring its own scalar of a built-in name; the introspection types are not its business.
            if (!_configs.TryAdd(type.Name, type) && type is not ScalarTypeConfig)
            {
                throw Refused($"Schema must contain uniquely named types but contains multiple types named \"{type.Name}\".");
            }
        }
        foreach (var (name, config) in _configs)
        {
            _types.Add(name, Shell(config));
        }
        foreach (var (name, config) in _configs)
        {
            Complete(_types[name], config);
        }
        var directives = Directives();
        var types = new TypeOrder(_config, _types, directives).Types;
        Implementations(types);
        var map = new NameMap<NamedType>(types, t => t.Name);
        var metaFields = IntrospectionSchema.MetaFields.Select(Field).ToArray();
        DefaultValues.Coerce(types, directives, metaFields);
        return new Schema(_config, map, new NameMap<DirectiveType>(directives, d => d.Name), metaFields);
    }

    private static GraphQLException Refused(string error) => new(new GraphQLError(error));

    private static NamedType Shell(TypeConfig config) => config switch
    {
        ScalarTypeConfig scalar => new ScalarType(scalar),
        ObjectTypeConfig type => new ObjectType(type),
        InterfaceTypeConfig type => new InterfaceType(type),
        UnionTypeConfig union => new UnionType(union),
        EnumTypeConfig type => new EnumType(type with { Values = Unique(type.Name, type.Values, v => NameRules.CheckedEnumValue(v.Name)) }),
        InputObjectTypeConfig input => new InputObjectType(input),
        _ => throw new InvalidOperationException($"{config.GetType()} is no kind of type."),
    };

    private void Complete(NamedType type, TypeConfig config)
    {
        switch (type, config)
        {
            case (ObjectType target, ObjectTypeConfig source):
                target.DeclaredInterfaces = Named(source.Interfaces);
                target.Fields = Fields(source.Name, source.Fields);
                break;
            case (InterfaceType target, InterfaceTypeConfig source):
                target.DeclaredInterfaces = Named(source.Interfaces);
                target.Fields = Fields(source.Name, source.Fields);
                break;
            case (UnionType target, UnionTypeConfig source):
                target.DeclaredTypes = Named(source.Types);
                break;
            case (InputObjectType target, InputObjectTypeConfig source):
                target.Fields = InputValues(source.Name, source.Fields);
                break;
        }
    }

    private ImmutableArray<NamedType> Named(IReadOnlyList<string> names) => [.. names.Select(Named)];

    private NamedType Named(string name) => _types.GetValueOrDefault(name) ?? throw Refused($"Unknown type: \"{name}\".");

    private GraphQLType TypeOf(TypeNode node) => node switch
    {
        NamedTypeNode named => Named(named.Name.Value),
        ListTypeNode list => TypeOf(list.Type).List,
        _ => TypeOf(((NonNullTypeNode)node).Type).NonNull,
    };

    private NameMap<FieldDefinition> Fields(string owner, IReadOnlyList<FieldConfig> fields) =>
        new(Unique(owner, fields, f => NameRules.Checked(f.Name)).Select(Field), f => f.Name);

    private FieldDefinition Field(FieldConfig field) => new(field, TypeOf(field.Type), InputValues(field.Name, field.Arguments));

    private NameMap<InputValue> InputValues(string owner, IReadOnlyList<InputValueConfig> values) =>
        new(Unique(owner, values, v => NameRules.Checked(v.Name)).Select((v, i) => new InputValue(v, TypeOf(v.Type), i)), v => v.Name);

    private DirectiveType[] Directives()
    {
        var declared = Unique("schema", _config.Directives, d => NameRules.Checked(d.Name));
        return
        [
            .. declared.Concat(BuiltInDirectives.All.Where(b => declared.All(d => d.Name != b.Name)))
                .Select(d => new DirectiveType(d, InputValues(d.Name, d.Arguments))),
        ];
    }

    private static IReadOnlyList<T> Unique<T>(string owner, IReadOnlyList<T> members, Func<T, string> nameOf)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (!names.Add(nameOf(member)))
            {
                throw Refused($"\"{owner}\" has two members named \"{nameOf(member)}\".");
            }
        }
        return members;
    }

    private static void Implementations(IReadOnlyList<NamedType> types)
    {
        var implementers = types.OfType<FieldsType>()
            .SelectMany(t => t.Interfaces.Distinct(), (type, implemented) => (type, implemented))
            .ToLookup(p => p.implemented, p => p.type);
        foreach (var type in types.OfType<InterfaceType>())
        {
            type.SetImplementations([.. implementers[type].OfType<ObjectType>()], [.. implementers[type].OfType<InterfaceType>()]);
        }
        for (var i = 0; i < types.Count; i++)
        {
            types[i].Index = i;
        }
        foreach (var type in types)
        {
            type.SetPossible(types.Count);
        }
    }
}
