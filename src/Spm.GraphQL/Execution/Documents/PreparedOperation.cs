using System.Collections.Concurrent;
using Spm.GraphQL.Execution.Costs;
using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution.Documents;

/// <summary>An operation of a valid document: its size, its cost, and a plan for each way in which its conditions can turn out.</summary>
internal sealed class PreparedOperation(
    Schema schema, DocumentNode document, OperationDefinitionNode node, ImmutableArray<string> conditions, int assumedListSize)
{
    private readonly ConcurrentDictionary<Conditions, OperationPlan> _plans = new();
    private OperationPlan? _only;

    public OperationDefinitionNode Node { get; } = node;

    public OperationShape Shape { get; } = OperationShape.Of(document, node);

    public OperationCost Cost { get; } = new(schema, document, node, assumedListSize);

    /// <summary>The plan for what the variables say.</summary>
    public OperationPlan PlanFor(IReadOnlyDictionary<string, object?> variables)
    {
        if (conditions.IsEmpty)
        {
            return Volatile.Read(ref _only) ?? Interlocked.CompareExchange(ref _only, Plan(Conditions.None), null) ?? _only;
        }
        var values = Conditions.Of(conditions, variables);
        if (_plans.TryGetValue(values, out var known))
        {
            return known;
        }
        var plan = Plan(values);
        // Conditions can turn out in more ways than are worth keeping.
        return _plans.Count < Limits.PlansOfOperation ? _plans.GetOrAdd(values, plan) : plan;
    }

    private OperationPlan Plan(Conditions values) => new(schema, document, Node, values);
}
