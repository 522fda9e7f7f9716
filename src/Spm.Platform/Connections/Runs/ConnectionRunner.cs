using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Runs connections when they are due, away from any request: of the tenants that this host has, one run of a connection at a time, a few
/// connections at once. What a stop or a crash cuts off goes on at the next start from its last commit.
/// </summary>
public sealed partial class ConnectionRunner(ConnectionRuns runs, SpmStore store, TenantHosts hosts, TenantDirectory tenants, RecordClock clock, ILogger<ConnectionRunner> log) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<long, Task> _running = new();

    public bool IsRunning(long connection) => _running.ContainsKey(connection);

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
        var due = store.Read(s => ConnectionTable.Due(s, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        foreach (var connection in due.Where(c => hosts.Has(c.Tenant) && !_running.ContainsKey(c.No)))
        {
            if (_running.Count >= AtOnce)
            {
                return;
            }
            // Entered before it begins, so that it cannot end before it is entered.
            var begun = new TaskCompletionSource();
            _running[connection.No] = Task.Run(async () =>
            {
                await begun.Task;
                await RunAsync(connection, stop);
            }, CancellationToken.None);
            begun.SetResult();
        }
    }

    private async Task RunAsync(ConnectionRow connection, CancellationToken stop)
    {
        try
        {
            await runs.RunAsync(tenants.Get(connection.Tenant), connection, stop);
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
            _running.TryRemove(connection.No, out _);
        }
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "A run of {Connection} was interrupted.")]
    private static partial void Interrupted(ILogger logger, string connection, Exception failure);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "Which connections are due cannot be found out: it is tried until it can.")]
    private static partial void NotBegun(ILogger logger, Exception failure);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "A run of {Connection} failed.")]
    private static partial void Failed(ILogger logger, string connection, Exception failure);
}
