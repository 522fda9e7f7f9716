using System.Runtime.CompilerServices;
using Spm.GraphQL.Execution.Running;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Execution;

/// <summary>Section 6.2.3: a subscription has a source of events, and a response for each of them.</summary>
internal sealed class SubscriptionRun(PreparedRequest prepared, ExecutorOptions options, TimeLimits limits)
{
    public async IAsyncEnumerable<ExecutionResult> ResultsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (source, refusal) = await SourceAsync(cancellation).ConfigureAwait(false);
        if (source is null)
        {
            yield return refusal!;
            yield break;
        }
        var events = source.GetAsyncEnumerator(cancellation);
        await using (events.ConfigureAwait(false))
        {
            while (true)
            {
                var (more, failure) = await NextAsync(events, cancellation).ConfigureAwait(false);
                if (failure is not null)
                {
                    yield return failure;
                }
                if (!more)
                {
                    yield break;
                }
                yield return await new OperationRun(prepared, options, limits).ExecuteAsync(events.Current, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Begins the events, or says why there are none.</summary>
    private async ValueTask<(IAsyncEnumerable<object?>? Source, ExecutionResult? Refusal)> SourceAsync(CancellationToken cancellation)
    {
        using var nothing = new JsonBuffer();
        using var run = new Run(
            prepared.Plan, prepared.Variables, OperationRun.ContextOf(prepared.Request, options, cancellation), nothing);
        try
        {
            var fields = prepared.Plan.Selections.Fields;
            if (fields.Length == 0)
            {
                return (null, ExecutionResult.Refused(new GraphQLError("The subscription selects nothing.")));
            }
            var field = fields[0];
            try
            {
                var subscribe = field.Resolver.Stream
                    ?? throw new GraphQLException(new GraphQLError($"Field \"{field.Parent}.{field.Definition}\" has no events."));
                return (await subscribe(run.ContextOf(field, prepared.Request.RootValue)).ConfigureAwait(false), null);
            }
            catch (Exception thrown) when (!cancellation.IsCancellationRequested)
            {
                run.Report(thrown, field, [field.ResponseName]);
            }
        }
        catch (GraphQLException refused)
        {
            run.Report(refused.Errors);
        }
        return (null, ExecutionResult.Refused(run.Errors));
    }

    /// <summary>Waits for an event. A source that fails has one more response, which says so, and then ends.</summary>
    private async ValueTask<(bool More, ExecutionResult? Failure)> NextAsync(IAsyncEnumerator<object?> events, CancellationToken cancellation)
    {
        try
        {
            return (await events.MoveNextAsync().ConfigureAwait(false), null);
        }
        catch (Exception thrown) when (!cancellation.IsCancellationRequested)
        {
            var field = prepared.Plan.Selections.Fields[0];
            return (false, ExecutionResult.Refused([.. FieldErrors.Of(thrown, field, [field.ResponseName], options)]));
        }
    }
}
