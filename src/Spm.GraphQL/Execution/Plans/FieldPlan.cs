using System.Text;
using Spm.GraphQL.Language;
using Spm.GraphQL.Resolvers;
using Spm.GraphQL.Types;
using Spm.GraphQL.Types.Introspection;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>A field as an operation asks for it of objects of one type: all nodes of one response name, merged.</summary>
internal sealed class FieldPlan
{
    private readonly byte[] _property;

    public FieldPlan(OperationPlan operation, ObjectType parent, FieldDefinition definition, ImmutableArray<FieldNode> nodes)
    {
        Parent = parent;
        Definition = definition;
        Nodes = nodes;
        ResponseName = nodes[0].ResponseName;
        _property = Encoding.UTF8.GetBytes($",\"{ResponseName}\":");
        Value = ValuePlan.Of(operation, definition.Type, nodes);
        Arguments = new ArgumentPlan(operation, definition.Arguments, nodes[0]);
        TypeName = definition == operation.Schema.TypeNameField ? parent.Name : null;
        Resolver = definition.Resolver switch
        {
            FieldResolver resolver => resolver,
            IntrospectionResolver resolver => FieldResolver.Of(resolver),
            _ => FieldResolver.Default,
        };
        Leaf = Value.WriteLeaf is null ? null : Resolver.Leaf;
        Items = Value.Item is null ? null : Resolver.Items;
    }

    public ObjectType Parent { get; }

    public FieldDefinition Definition { get; }

    public ImmutableArray<FieldNode> Nodes { get; }

    public string ResponseName { get; }

    public ValuePlan Value { get; }

    public ArgumentPlan Arguments { get; }

    public FieldResolver Resolver { get; }

    /// <summary>Null unless the field is <c>__typename</c>.</summary>
    public JsonName? TypeName { get; }

    /// <summary>Null unless the resolver writes the field itself.</summary>
    public WriteLeaf? Leaf { get; }

    /// <summary>Null unless the field is a list that is not boxed.</summary>
    public ResolveItems? Items { get; }

    /// <summary><c>"name":</c></summary>
    public ReadOnlySpan<byte> FirstProperty => _property.AsSpan(1);

    /// <summary><c>,"name":</c></summary>
    public ReadOnlySpan<byte> NextProperty => _property;
}

/// <summary>The fields that an operation asks for of objects of one type, in the order of the response.</summary>
internal sealed class SelectionPlan(ObjectType type, FieldPlan[] fields)
{
    public ObjectType Type { get; } = type;

    public FieldPlan[] Fields { get; } = fields;
}
