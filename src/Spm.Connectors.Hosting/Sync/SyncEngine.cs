namespace Spm.Connectors.Hosting.Sync;

/// <summary>
/// Reads the streams of a connection, one after the other, into a store. Records and the checkpoint that covers them are committed
/// together, so a kill anywhere costs at most what came since the last commit and doubles nothing. A stream that fails leaves the others
/// running; only refused credentials end the whole run.
/// </summary>
public sealed class SyncEngine(IConnection connection, ISyncStore store, TimeProvider clock, IConnectorLog log, SyncOptions? options = null)
{
    private readonly SyncOptions _options = options ?? new SyncOptions();

    /// <exception cref="OperationCanceledException">The host asked to stop. What was committed stays.</exception>
    public async Task<RunOutcome> RunAsync(IReadOnlyList<StreamPlan> plans, CancellationToken cancellationToken)
    {
        if (connection is not ISource source)
        {
            throw new InvalidOperationException("The connection is not a source.");
        }
        List<StreamOutcome> outcomes = [];
        var (fields, broken) = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        foreach (var plan in plans)
        {
            if (broken is not null)
            {
                outcomes.Add(Ended(plan, StreamStatus.Skipped, broken));
                continue;
            }
            var outcome = await ReadAsync(source, plan, fields.GetValueOrDefault(plan.Stream.Name), cancellationToken).ConfigureAwait(false);
            outcomes.Add(outcome);
            log.Write(
                outcome.Status == StreamStatus.Complete ? LogLevel.Info : LogLevel.Warning,
                $"{plan.Stream.Name}: {outcome.Status}, {outcome.Records} records, {outcome.Quarantined} in quarantine. {outcome.Error?.Message}");
            broken = outcome.Error is { Kind: ErrorKind.Auth } ? outcome.Error : null;
        }
        return new RunOutcome(outcomes);
    }

    private async Task<StreamOutcome> ReadAsync(ISource source, StreamPlan plan, IReadOnlyList<DiscoveredField>? fields, CancellationToken token)
    {
        if (fields is null)
        {
            return Ended(plan, StreamStatus.Failed, new ConnectorException(ErrorKind.Config, $"This account has no stream '{plan.Stream.Name}'."));
        }
        var difference = plan.State.Fields is { } agreed ? SchemaDifference.Between(agreed, fields) : null;
        if (difference is { Pauses: true })
        {
            var error = new ConnectorException(ErrorKind.SchemaChanged, $"The fields of '{plan.Stream.Name}' have changed: {difference}.");
            return Ended(plan, StreamStatus.Paused, error) with { Difference = difference };
        }
        var state = plan.State with { Fields = fields };
        if (plan.Mode == SyncMode.Full || (state.Checkpoint is null && state.FullRead is null))
        {
            state = FromTheBeginning(state);
        }
        StreamScope(plan.Stream.Name);
        try
        {
            var run = new StreamRun(source, plan.Stream, state, store, clock, log, _options);
            return await run.ReadAsync(token).ConfigureAwait(false) with { Difference = difference is { Exists: true } ? difference : null };
        }
        finally
        {
            StreamScope(null);
        }
    }

    internal static StreamState FromTheBeginning(StreamState state) => state with { Checkpoint = null, FullRead = Guid.NewGuid().ToString("N") };

    private static void StreamScope(string? name) => Http.StreamScope.Current = name;

    private async Task<(Dictionary<string, IReadOnlyList<DiscoveredField>> Fields, ConnectorException? Broken)> DiscoverAsync(CancellationToken token)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var streams = await connection.DiscoverAsync(token).ConfigureAwait(false);
                return (streams.ToDictionary(s => s.Name, s => s.Fields), null);
            }
            catch (Exception e) when (!(e is OperationCanceledException && token.IsCancellationRequested))
            {
                var error = HttpFailure.Of(e);
                var wait = error.RetryAfter ?? _options.FirstDelay * Math.Pow(2, attempt);
                if (error.Kind is not (ErrorKind.Transient or ErrorKind.RateLimited) || attempt >= _options.TransientRetries || wait > _options.LongestWait)
                {
                    return ([], error);
                }
                await Task.Delay(wait, clock, token).ConfigureAwait(false);
            }
        }
    }

    private static StreamOutcome Ended(StreamPlan plan, StreamStatus status, ConnectorException error) =>
        new(plan.Stream.Name, status, plan.State, 0, 0, [], error);
}
