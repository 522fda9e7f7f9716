using Spm.GraphQL.Json;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>How values of a type are completed: written as a leaf, item by item, or field by field.</summary>
internal sealed class ValuePlan
{
    private readonly OperationPlan _operation;
    private readonly ImmutableArray<FieldNode> _nodes;

    /// <summary>By the index of the object's type; filled when the type is first seen.</summary>
    private readonly SelectionPlan?[] _selections;

    private ValuePlan(OperationPlan operation, GraphQLType type, ImmutableArray<FieldNode> nodes)
    {
        _operation = operation;
        _nodes = nodes;
        Type = type;
        IsNonNull = type is NonNullType;
        Item = type.Nullable is ListType list ? new ValuePlan(operation, list.OfType, nodes) : null;
        WriteLeaf = Item is null && type.Named.IsLeaf ? LeafWriter.Of(type.Named) : null;
        Object = Item is null ? type.Named as ObjectType : null;
        _selections = Item is null && type.Named.IsComposite ? new SelectionPlan?[operation.Schema.Types.Count] : [];
    }

    public GraphQLType Type { get; }

    public bool IsNonNull { get; }

    /// <summary>Null unless it is a list.</summary>
    public ValuePlan? Item { get; }

    /// <summary>Null unless it is a leaf. Throws when the type does not have the value.</summary>
    public Action<JsonBuffer, object>? WriteLeaf { get; }

    /// <summary>Null unless it is an object type, which needs no asking.</summary>
    public ObjectType? Object { get; }

    public static ValuePlan Of(OperationPlan operation, GraphQLType type, ImmutableArray<FieldNode> nodes) => new(operation, type, nodes);

    /// <summary>What is asked for of an object of that type.</summary>
    public SelectionPlan SelectionsOf(ObjectType type) =>
        Volatile.Read(ref _selections[type.Index]) ?? Planned(type);

    private SelectionPlan Planned(ObjectType type)
    {
        var planned = _operation.Collect(type, _nodes.Select(n => n.SelectionSet!));
        return Interlocked.CompareExchange(ref _selections[type.Index], planned, null) ?? planned;
    }
}
