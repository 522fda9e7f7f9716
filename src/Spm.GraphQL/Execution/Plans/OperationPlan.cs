using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Plans;

/// <summary>
/// An operation of a document, resolved against a schema: fields merged, constant arguments coerced, names encoded. What
/// <c>@skip</c> and <c>@include</c> say is part of the plan, so that executing asks no conditions. Parts are planned when they are first
/// needed; after that nothing changes. For any number of requests at once.
/// </summary>
internal sealed class OperationPlan
{
    private readonly FieldCollector _collector;
    private readonly Lazy<SelectionPlan> _root;
    private int _argumentSlots;
    private int _fields;

    public OperationPlan(Schema schema, DocumentNode document, OperationDefinitionNode operation, Conditions conditions)
    {
        Schema = schema;
        Operation = operation;
        Root = schema.RootType(operation.Operation)
            ?? throw new GraphQLException(GraphQLError.At(
                $"Schema is not configured to execute {operation.Operation.Keyword()} operation.", operation));
        _collector = new FieldCollector(schema, document, conditions);
        _root = new Lazy<SelectionPlan>(() => Collect(Root, [operation.SelectionSet]));
    }

    public Schema Schema { get; }

    public OperationDefinitionNode Operation { get; }

    public ObjectType Root { get; }

    public SelectionPlan Selections => _root.Value;

    /// <summary>How many fields have arguments that depend on variables, as far as is planned.</summary>
    public int ArgumentSlots => Volatile.Read(ref _argumentSlots);

    /// <summary>The bytes of the last response: a good guess for the next one.</summary>
    public int LastLength { get; set; }

    public int NextArgumentSlot() => Interlocked.Increment(ref _argumentSlots) - 1;

    /// <summary>Plans what selection sets ask for of objects of a type.</summary>
    public SelectionPlan Collect(ObjectType type, IEnumerable<SelectionSetNode> selectionSets)
    {
        var collected = _collector.Collect(type, selectionSets);
        if (Interlocked.Add(ref _fields, collected.Count) > Limits.PlannedFields)
        {
            throw new GraphQLException(new GraphQLError("The operation asks for too many fields."));
        }
        return new SelectionPlan(type, [.. collected.Select(nodes => Field(type, nodes)).OfType<FieldPlan>()]);
    }

    /// <summary>Null of a field that is unknown, which validation refuses.</summary>
    private FieldPlan? Field(ObjectType type, ImmutableArray<FieldNode> nodes) =>
        Schema.FindField(type, nodes[0].Name.Value) is { } definition ? new FieldPlan(this, type, definition, nodes) : null;
}
