using Spm.GraphQL.Types.Configs;

namespace Spm.GraphQL.Types.Building;

/// <summary>
/// The types of a schema in the order of graphql-js: as declared, and each built-in one where it is first referred to. Built-in ones that
/// nothing refers to are left out.
/// </summary>
internal sealed class TypeOrder
{
    private readonly HashSet<NamedType> _known;
    private readonly List<NamedType> _types = [];

    public TypeOrder(SchemaConfig config, Dictionary<string, NamedType> types, IEnumerable<DirectiveType> directives)
    {
        var declared = config.Types.Select(t => types[t.Name]).ToArray();
        _known = [.. declared];
        foreach (var type in declared)
        {
            _types.Add(type);
            References(type);
        }
        foreach (var directive in directives)
        {
            InputValues(directive.Arguments);
        }
        Add(types["__Schema"]);
        // These are asked for beside the schema: __typename and __type take and give strings.
        Add(types["String"]);
    }

    public IReadOnlyList<NamedType> Types => _types;

    private void Add(GraphQLType type)
    {
        if (_known.Add(type.Named))
        {
            _types.Add(type.Named);
            References(type.Named);
        }
    }

    private void All(ImmutableArray<NamedType> types)
    {
        foreach (var type in types)
        {
            Add(type);
        }
    }

    private void References(NamedType type)
    {
        switch (type)
        {
            case UnionType union:
                All(union.DeclaredTypes);
                break;
            case FieldsType fields:
                All(fields.DeclaredInterfaces);
                foreach (var field in fields.Fields)
                {
                    Add(field.Type);
                    InputValues(field.Arguments);
                }
                break;
            case InputObjectType input:
                InputValues(input.Fields);
                break;
        }
    }

    private void InputValues(IEnumerable<InputValue> values)
    {
        foreach (var value in values)
        {
            Add(value.Type);
        }
    }
}
