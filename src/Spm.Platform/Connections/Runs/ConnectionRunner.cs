using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Runs connections when they are due, away from any request: of the tenants that this host has, one run of a connection at a time, and runs of
/// different connections in turns (<see cref="RunTurns"/>). What a stop or a crash cuts off goes on at the next start from its last commit.
/// </summary>
public sealed partial class ConnectionRunner(ConnectionRuns runs, SpmStore store, TenantHosts hosts, TenantDirectory tenants, RecordClock clock, ILogger<ConnectionRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly ConcurrentDictionary<long, RefusedBegin> _refused = new();
    private readonly RunTurns _turns = new();

    /// <summary>Runs of a tenant that its last host has not ended go on.</summary>
    public async Task ResumeAsync(int tenant)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.Writer.WriteAsync(session =>
        {
            foreach (var connection in RunTable.Interrupt(session, tenant, now))
            {
                ConnectionTable.ScheduleBy(session, connection, now, RunCause.Restart);
            }
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            for (var told = false; await timer.WaitForNextTickAsync(stoppingToken);)
            {
                told = TryBegin(told, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops: runs end at their last commit.
        }
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A store that cannot be read now can be read later, and whoever gives up then runs nothing any more.</summary>
    /// <param name="told">That it failed the time before: it is told once, until it succeeds.</param>
    /// <returns>Whether it failed.</returns>
    private bool TryBegin(bool told, CancellationToken stop)
    {
        try
        {
            Begin(stop);
            return false;
        }
        catch (Exception failure)
        {
            if (!told && !stop.IsCancellationRequested)
            {
                NotBegun(log, failure);
            }
            return true;
        }
    }

    private void Begin(CancellationToken stop)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // Those that could not begin are asked for by themselves: they may have begun though it was not said.
        var due = store.Read(s => ConnectionTable.Due(s, now)).Where(c => !_refused.ContainsKey(c.No)).Concat(_refused.Values.Where(r => r.IsOver).Select(r => r.Connection));
        foreach (var (connection, turn) in _turns.Give(due.Where(c => hosts.Has(c.Tenant) && !_running.ContainsKey(c.No)), now))
        {
            // Entered before it begins, so that it cannot end before it is entered.
            var begun = new TaskCompletionSource();
            _running[connection.No] = Task.Run(async () =>
            {
                await begun.Task;
                await RunAsync(connection, turn, stop);
            }, CancellationToken.None);
            begun.SetResult();
        }
    }

    private async Task RunAsync(ConnectionRow connection, RunTurn turn, CancellationToken stop)
    {
        try
        {
            if (await BegunAsync(connection, stop) is { } begun)
            {
                await runs.RunAsync(tenants.Get(connection.Tenant), begun, turn, stop);
            }
        }
        catch (Exception failure) when (stop.IsCancellationRequested)
        {
            Interrupted(log, connection.Id, failure);
        }
        catch (Exception failure)
        {
            Failed(log, connection.Id, failure);
        }
        finally
        {
            turn.Dispose();
            _running.TryRemove(connection.No, out _);
        }
    }

    /// <summary>A run that cannot begin is tried again, later each time, and told where that or its reason is new.</summary>
    private async Task<BegunRun?> BegunAsync(ConnectionRow connection, CancellationToken stop)
    {
        var before = _refused.GetValueOrDefault(connection.No);
        try
        {
            var begun = await runs.BeginAsync(connection, again: before is not null);
            if (_refused.TryRemove(connection.No, out _))
            {
                BegunAgain(log, connection.Id);
            }
            return begun;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            var refused = _refused[connection.No] = RefusedBegin.After(before, connection, failure);
            if (refused.Reason != before?.Reason)
            {
                CannotBegin(log, connection.Id, failure);
            }
            return null;
        }
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "A run of {Connection} was interrupted.")]
    private static partial void Interrupted(ILogger logger, string connection, Exception failure);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "Which connections are due cannot be found out: it is tried until it can.")]
    private static partial void NotBegun(ILogger logger, Exception failure);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "A run of {Connection} cannot begin: it is tried again, later each time, until it can.")]
    private static partial void CannotBegin(ILogger logger, string connection, Exception failure);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "Runs of {Connection} begin again.")]
    private static partial void BegunAgain(ILogger logger, string connection);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "A run of {Connection} failed.")]
    private static partial void Failed(ILogger logger, string connection, Exception failure);
}
