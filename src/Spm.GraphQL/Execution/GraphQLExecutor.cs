using System.Runtime.CompilerServices;
using Spm.GraphQL.Language;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Execution;

/// <summary>Executes requests against a schema. For any number of threads; make one and keep it, since it keeps documents with their plans.</summary>
public sealed class GraphQLExecutor
{
    private readonly RequestPreparation _preparation;
    private readonly TimeLimits _limits;

    public GraphQLExecutor(Schema schema, ExecutorOptions? options = null)
    {
        Schema = schema;
        Options = options ?? ExecutorOptions.Default;
        _preparation = new RequestPreparation(schema, Options);
        _limits = new TimeLimits(Options.Timeout);
    }

    public Schema Schema { get; }

    public ExecutorOptions Options { get; }

    internal int CachedDocuments => _preparation.CachedDocuments;

    /// <summary>Finds out what a request asks for and whether it may: nothing is executed yet.</summary>
    public PreparedRequest Prepare(GraphQLRequest request) => _preparation.Prepare(request);

    /// <summary>Executes a query or mutation. It is done at once when all its resolvers are.</summary>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    public ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellation = default) =>
        ExecuteAsync(Prepare(request), cancellation);

    /// <inheritdoc cref="ExecuteAsync(GraphQLRequest, CancellationToken)"/>
    public ValueTask<ExecutionResult> ExecuteAsync(PreparedRequest prepared, CancellationToken cancellation = default)
    {
        if (prepared.IsRefused)
        {
            return new(ExecutionResult.Refused(prepared.Errors));
        }
        if (prepared.Operation == OperationType.Subscription)
        {
            return new(ExecutionResult.Refused(new GraphQLError("Subscriptions need a transport that sends many results.")));
        }
        return new OperationRun(prepared, Options, _limits).ExecuteAsync(prepared.Request.RootValue, cancellation);
    }

    /// <summary>Executes any operation: a subscription has a result for each event, others have one.</summary>
    public IAsyncEnumerable<ExecutionResult> StreamAsync(GraphQLRequest request, CancellationToken cancellation = default) =>
        StreamAsync(Prepare(request), cancellation);

    /// <inheritdoc cref="StreamAsync(GraphQLRequest, CancellationToken)"/>
    public async IAsyncEnumerable<ExecutionResult> StreamAsync(
        PreparedRequest prepared, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (prepared.Operation != OperationType.Subscription)
        {
            yield return await ExecuteAsync(prepared, cancellation).ConfigureAwait(false);
            yield break;
        }
        await foreach (var result in new SubscriptionRun(prepared, Options, _limits).ResultsAsync(cancellation).ConfigureAwait(false))
        {
            yield return result;
        }
    }
}
