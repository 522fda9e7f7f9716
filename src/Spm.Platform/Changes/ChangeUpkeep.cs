using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Platform.Hosts;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Changes;

/// <summary>Forgets changes that are older than they are kept for, once an hour.</summary>
public sealed partial class ChangeUpkeep(SpmStore store, TenantHosts hosts, RecordClock clock, ILogger<ChangeUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (hosts.IsSure)
                {
                    await SweepAsync();
                }
                await Task.Delay(Every, clock, stoppingToken);
            }
            catch (StoreException failure) when (!stoppingToken.IsCancellationRequested)
            {
                Stumbled(log, failure);
                await Task.Delay(Every, clock, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Forgets them now.</summary>
    public Task SweepAsync()
    {
        var before = clock.GetUtcNow().AddDays(-Limits.ChangeDays).ToUnixTimeMilliseconds();
        return store.Writer.WriteAsync(s => ChangeTable.Sweep(s, before), Durability.Derived);
    }

    [LoggerMessage(LogLevel.Warning, "Changes could not be swept; they are tried again in an hour.")]
    private static partial void Stumbled(ILogger logger, Exception failure);
}
