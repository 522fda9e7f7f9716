using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Spm.Connectors;
using Spm.Connectors.Hosting.Plugins;
using Spm.Connectors.Hosting.Sync;
using Spm.Platform.Companies;
using Spm.Platform.Connections.Mapping;
using Spm.Platform.Connections.Sinks;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;
using LogLevel = Spm.Connectors.LogLevel;

namespace Spm.Platform.Connections.Runs;

/// <summary>One run of a connection, from the vendor into the platform, and what is kept of it.</summary>
public sealed partial class ConnectionRuns(
    ConnectionOpener opener, ConnectorCatalog catalog, SpmStore store, TenantDirectory tenants, TransactionCommands transactions, CompanyCommands companies, RepSlice reps, SinkRuns sinks,
    RecordClock clock, ILogger<ConnectionRuns> logger)
{
    /// <summary>A run that failed on our side is tried again so much later, where the connection runs by itself less often.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(1);

    /// <summary>By tenant and source: see <see cref="TransactionSink"/>.</summary>
    private readonly ConcurrentDictionary<(int Tenant, string Source), ReadWriteGate> _bills = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Notes a run before anything of it is done.</summary>
    /// <param name="again">It could not begin the time before, or so it was said: a store that ends in a commit does not say that it is there.</param>
    /// <returns>Null where it is not due any more.</returns>
    internal Task<BegunRun?> BeginAsync(ConnectionRow connection, bool again) => store.Writer.WriteAsync(session =>
    {
        if (again)
        {
            if (RunTable.Interrupt(session, connection.No, Now))
            {
                ConnectionTable.ScheduleBy(session, connection.No, Now, RunCause.Restart);
            }
            if (ConnectionTable.ByNo(session, connection.No) is not { Status: ConnectionStatus.Active } now || !(now.NextRunAt <= Now))
            {
                return null;
            }
            connection = now;
        }
        var begun = RunTable.Insert(session, connection.No, Ids.Random("run"), connection.NextCause ?? RunCause.Schedule, Now);
        var standing = StreamTable.Of(session, connection.No).ToDictionary(s => s.Stream, StringComparer.Ordinal);
        StreamTable.TakeHints(session, connection.No);
        ConnectionTable.Schedule(session, connection.No, null, null);
        return new BegunRun(connection, begun, standing);
    });

    internal async Task RunAsync(TenantRuntime tenant, BegunRun begun, RunTurn turn, CancellationToken stop)
    {
        var (connection, run, streams) = begun;
        try
        {
            var plugin = opener.PluginOf(connection) ?? throw new ConnectorException(ErrorKind.Config, $"The connector '{connection.Connector}' is not installed{(connection.Version is { } v ? $" in version {v}" : "")}.");
            ThrowIfTaken(connection);
            var scope = Scope(tenant, connection, run, plugin.Manifest);
            var intake = new RecordIntake(scope, Transactions(scope), Reps(scope), store, clock);
            await using var into = new PlatformSyncStore(scope, intake, store, streams, token => turn.PassAsync(Now, token));
            await into.ResumeAsync(stop);
            var outcome = await ReadAsync(scope, plugin, into, Plans(scope, streams, run.Cause), stop);
            await into.DrainAsync();
            await intake.RetryAsync(stop);
            if (plugin.Manifest.Kinds.HasFlag(ConnectorKinds.Sink) && streams.GetValueOrDefault(PayoutLines.Stream)?.Condition != StreamCondition.Paused)
            {
                outcome = new RunOutcome([.. outcome.Streams, await HandOverAsync(scope, plugin, stop)]);
            }
            await EndAsync(scope, outcome);
        }
        catch (Exception failure) when (failure is ConnectorException or PluginException or CryptographicException && !stop.IsCancellationRequested)
        {
            var error = failure as ConnectorException ?? new ConnectorException(ErrorKind.Config, failure.Message, failure);
            await UntilStoredAsync(run, () => StopAsync(tenant, connection, run, error), stop);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            await UntilStoredAsync(run, () => FailAsync(tenant, connection, run), stop);
            throw;
        }
    }

    /// <summary>What is checked as connections are made and mapped changes with another version of a connector, too.</summary>
    private void ThrowIfTaken(ConnectionRow connection)
    {
        if (store.Read(s => SharedSource.Of(s, catalog, connection.Tenant, connection.Source)).Hindrance(connection, SharedSource.Kinds(catalog, connection)) is { } taken)
        {
            throw new ConnectorException(ErrorKind.Config, taken);
        }
    }

    private Task FailAsync(TenantRuntime tenant, ConnectionRow connection, RunRow run) => store.Writer.WriteAsync(session =>
    {
        RunTable.End(session, run.No, RunState.Failed, null, Now, EnumNames.Of(ErrorKind.Internal), ConnectionProblems.FailedHere);
        ConnectionTable.ScheduleBy(session, connection.No, Now + (long)AfterFailure.TotalMilliseconds, RunCause.Restart);
        ConnectionProblems.Replace(session, ConnectionTable.ByNo(session, connection.No)!, tenant.Company, Today);
    });

    /// <summary>A connection whose run has no end never runs again. What made the run fail may be the store, so it is tried until the store takes it.</summary>
    private async Task UntilStoredAsync(RunRow run, Func<Task> end, CancellationToken stop)
    {
        for (var told = false; ;)
        {
            try
            {
                await end();
                return;
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                if (!told)
                {
                    NotEnded(logger, run.Id, failure);
                    told = true;
                }
                await Task.Delay(StoreAgain, stop);
            }
        }
    }

    /// <summary>How a connection's records would be taken, without a run.</summary>
    internal RunScope Scope(TenantRuntime tenant, ConnectionRow connection, RunRow run, ConnectorManifest manifest)
    {
        var mapping = MappingReader.Complete(manifest, connection.Mapping);
        var mappers = manifest.Streams.Where(s => mapping[s.Name].Into != MappingTarget.None).ToDictionary(s => s.Name, s => new RecordMapper(s, mapping[s.Name]), StringComparer.Ordinal);
        var scope = new RunScope(connection, run, tenant, manifest, mappers);
        foreach (var people in mappers.Values.Where(m => m.Into == MappingTarget.Directory))
        {
            store.Read(s => RecordTable.Of(s, connection.No, people.Stream.Name)).ForEach(scope.Recognise);
        }
        return scope;
    }

    /// <summary>What a run would refuse records for, one by one; nothing is written.</summary>
    internal Func<SourceRecord, Error?> Refusals(RunScope scope, RecordMapper mapper, IReadOnlyList<SourceRecord> records)
    {
        switch (mapper.Into)
        {
            case MappingTarget.Transactions:
                var sink = Transactions(scope);
                return record => sink.Preview(mapper, record).Error;
            case MappingTarget.Reps:
                var refused = Reps(scope).Preview(mapper, records);
                return record => refused.GetValueOrDefault(record.Key);
            default:
                return _ => null;
        }
    }

    private TransactionSink Transactions(RunScope scope) =>
        new(scope, catalog, transactions, tenants, _bills.GetOrAdd((scope.Tenant.No, scope.Connection.Source), _ => new ReadWriteGate()), store, clock);

    private RepSink Reps(RunScope scope) => new(scope, companies, reps, store, clock);

    private async Task<RunOutcome> ReadAsync(RunScope scope, Plugin plugin, PlatformSyncStore into, IReadOnlyList<StreamPlan> plans, CancellationToken stop)
    {
        if (plans.Count == 0)
        {
            return new RunOutcome([]);
        }
        var (connection, log) = await opener.OpenAsync(scope.Connection, plugin, stop);
        await using (connection)
        {
            var outcome = await new SyncEngine(connection, into, clock, log).RunAsync(plans, stop);
            return new RunOutcome([.. outcome.Streams.Select(s => s.Error is { } error ? s with { Error = log.Redact(error) } : s)]);
        }
    }

    /// <summary>Approved payouts go to payroll, told like a stream.</summary>
    private async Task<StreamOutcome> HandOverAsync(RunScope scope, Plugin plugin, CancellationToken stop)
    {
        var (connection, log) = await opener.OpenAsync(scope.Connection, plugin, stop);
        await using (connection)
        {
            try
            {
                var sink = connection as ISink ?? throw new ConnectorException(ErrorKind.Internal, $"{scope.Manifest.Name} says that it is a sink, and its connections are none.");
                var counts = await sinks.RunAsync(scope, sink, stop);
                return new StreamOutcome(PayoutLines.Stream, StreamStatus.Complete, StreamState.New, counts.Created, counts.Quarantined, []);
            }
            catch (ConnectorException failure)
            {
                log.Write(LogLevel.Warning, $"{PayoutLines.Stream}: {failure.Kind}. {failure.Message}");
                var status = failure.Kind == ErrorKind.RateLimited ? StreamStatus.Waiting : StreamStatus.Failed;
                return new StreamOutcome(PayoutLines.Stream, status, StreamState.New, 0, 0, [], log.Redact(failure));
            }
        }
    }

    /// <summary>Who is named comes before who names them.</summary>
    private List<StreamPlan> Plans(RunScope scope, IReadOnlyDictionary<string, StreamRow> standing, RunCause cause) =>
    [
        .. from stream in scope.Manifest.Streams.OrderBy(MappingDefaults.Rank)
           where scope.Mappers.ContainsKey(stream.Name)
           let row = standing.GetValueOrDefault(stream.Name) ?? StreamRow.New(stream.Name)
           where row.Condition != StreamCondition.Paused && IsAsked(scope.Connection, row, cause)
           select new StreamPlan(stream, SyncMode.Incremental, row.State),
    ];

    /// <summary>
    /// A hint asks for its streams, and whoever tries rows again for what is begun. What was hinted at is asked for in any case: it is not hinted at again.
    /// Hints come in the place of the schedule, so what is due by it is read with them, and what did not come to its end.
    /// </summary>
    private bool IsAsked(ConnectionRow connection, StreamRow stream, RunCause cause) => cause switch
    {
        RunCause.Webhook => stream.Hinted || stream.State.FullRead is not null || stream.Condition == StreamCondition.Failing
            || (connection.EverySeconds is { } every && !(stream.CompletedAt > Now - (every * 1000L))),
        RunCause.Retry => stream.Hinted || stream.State.FullRead is not null,
        _ => true,
    };

    private async Task EndAsync(RunScope scope, RunOutcome outcome)
    {
        var stopped = outcome.Streams.Select(s => s.Error).FirstOrDefault(e => e is { Kind: ErrorKind.Auth });
        var state = outcome.Streams.Count == 0 ? RunState.Complete : ConnectionRow.Of<RunState>(EnumNames.Of(outcome.Status));
        await store.Writer.WriteAsync(session =>
        {
            foreach (var stream in outcome.Streams)
            {
                var (kind, reason) = (stream.Error is { } e ? EnumNames.Of(e.Kind) : null, Text(stream.Error?.Message));
                RunTable.EndStream(session, scope.Run.No, stream.Stream, EnumNames.Of(stream.Status), kind, reason);
                StreamTable.SetCondition(session, scope.Connection.No, stream.Stream, ConditionOf(stream), kind, reason, stream.Status == StreamStatus.Complete ? Now : null);
            }
            RunTable.EndTried(session, scope.Run.No);
            RunTable.End(session, scope.Run.No, state, AtStake(session, scope.Connection.No), Now);
            // As it stands by now: somebody may have paused or changed it meanwhile.
            var connection = ConnectionTable.ByNo(session, scope.Connection.No)!;
            if (stopped is not null && connection.Status == ConnectionStatus.Active)
            {
                connection = connection with { Status = ConnectionStatus.Stopped, ReasonKind = EnumNames.Of(stopped.Kind), Reason = Text(stopped.Message), NextRunAt = null, NextCause = null };
                ConnectionTable.Update(session, connection);
            }
            else if (connection is { Status: ConnectionStatus.Active, EverySeconds: { } every })
            {
                var wait = outcome.Streams.Max(s => s.Status == StreamStatus.Waiting ? s.Error?.RetryAfter : null) ?? TimeSpan.FromSeconds(every);
                ConnectionTable.ScheduleBy(session, connection.No, Now + (long)wait.TotalMilliseconds, RunCause.Schedule);
            }
            ConnectionProblems.Replace(session, connection, scope.Tenant.Company, Today);
        });
    }

    private Task StopAsync(TenantRuntime tenant, ConnectionRow started, RunRow run, ConnectorException error) => store.Writer.WriteAsync(session =>
    {
        var (kind, reason) = (EnumNames.Of(error.Kind), Text(error.Message));
        RunTable.End(session, run.No, RunState.Failed, AtStake(session, started.No), Now, kind, reason);
        var connection = ConnectionTable.ByNo(session, started.No)!;
        if (connection.Status == ConnectionStatus.Active)
        {
            connection = connection with { Status = ConnectionStatus.Stopped, ReasonKind = kind, Reason = reason, NextRunAt = null, NextCause = null };
            ConnectionTable.Update(session, connection);
        }
        ConnectionProblems.Replace(session, connection, tenant.Company, Today);
    });

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static StreamCondition ConditionOf(StreamOutcome stream) =>
        stream.Status == StreamStatus.Complete ? StreamCondition.Fine
        : stream.Error is { } e && e.Kind is not ErrorKind.Auth
            && HostActions.For(e.Kind) is HostAction.StopAndNotify or HostAction.PauseAndShow or HostAction.TryAFewTimes or HostAction.Quarantine ? StreamCondition.Paused
        : StreamCondition.Failing;

    /// <summary>Money of records that were rejected or stand in quarantine, by currency.</summary>
    private static string AtStake(SqlSession session, long connection) => Json.Store(RecordTable.Sums(session, connection)
        .Where(s => s.State is RecordState.Rejected or RecordState.Quarantined && s.Currency is not null)
        .GroupBy(s => s.Currency!, StringComparer.Ordinal)
        .Select(g => new StakeView(g.Key, Wire.Amount(g.Sum(s => s.Amount)))).ToArray());

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "The end of run {Run} cannot be stored: it is tried until it can.")]
    private static partial void NotEnded(ILogger logger, string run, Exception failure);

    private static string? Text(string? message) => message is null ? null : RecordBody.Storable(message.Length <= Limits.DetailLength ? message : message[..Limits.DetailLength]);
}

/// <summary>A run that is noted, its connection, and the streams as they stood then.</summary>
internal sealed record BegunRun(ConnectionRow Connection, RunRow Run, IReadOnlyDictionary<string, StreamRow> Streams);

/// <summary>Money that came and does not count, in a currency; refunds taken off.</summary>
public sealed record StakeView(string Currency, string Amount);
