using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Storage;

namespace Spm.Platform.Hosts;

/// <summary>
/// Asks the store twice a second whether it still knows this host, and takes over what other hosts left behind. A host that was lost, or whose
/// writes are refused, ends: what it has in memory may not be what stands in the store, and the next start reads it again.
/// </summary>
public sealed partial class HostUpkeep(TenantHosts hosts, SpmStore store, IHostApplicationLifetime lifetime, ILogger<HostUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>The process is to end with an error, so that whoever watches over it starts it again.</summary>
    public bool IsLost { get; private set; }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.Writer.Stopped += End;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (hosts.IsAlone)
        {
            return;
        }
        using var timer = new PeriodicTimer(Every);
        try
        {
            for (var beat = 1; await timer.WaitForNextTickAsync(stoppingToken); beat++)
            {
                await Task.Run(hosts.Renew, stoppingToken);
                if (beat % 4 == 0)
                {
                    await hosts.AdoptAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    /// <summary>This host answers nobody any more, and stops.</summary>
    public void End(Exception failure)
    {
        IsLost = true;
        hosts.Lose();
        Lost(log, failure);
        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Critical, "This host is lost to the others, and ends: what it has in memory may not be what is stored.")]
    private static partial void Lost(ILogger logger, Exception failure);
}
