using Spm.GraphQL.Execution.Plans;
using Spm.GraphQL.Language;

namespace Spm.GraphQL.Execution;

/// <summary>A request that is ready to be executed, or the response that refuses it.</summary>
public sealed class PreparedRequest
{
    private readonly OperationPlan? _plan;
    private readonly IReadOnlyDictionary<string, object?>? _variables;

    internal PreparedRequest(GraphQLRequest request, params IReadOnlyCollection<GraphQLError> errors)
    {
        Request = request;
        Errors = [.. errors];
    }

    internal PreparedRequest(GraphQLRequest request, OperationPlan plan, IReadOnlyDictionary<string, object?> variables, double cost)
    {
        Request = request;
        Errors = [];
        _plan = plan;
        _variables = variables;
        Cost = cost;
    }

    public GraphQLRequest Request { get; }

    /// <summary>Why the request is refused; empty when it can be executed.</summary>
    public ImmutableArray<GraphQLError> Errors { get; }

    public bool IsRefused => _plan is null;

    /// <summary>Null when the request is refused.</summary>
    public OperationType? Operation => _plan?.Operation.Operation;

    /// <summary>What the operation is taken to cost.</summary>
    public double Cost { get; }

    internal OperationPlan Plan => _plan ?? throw new InvalidOperationException("The request was refused.");

    internal IReadOnlyDictionary<string, object?> Variables => _variables!;
}
