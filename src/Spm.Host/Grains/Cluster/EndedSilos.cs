using Orleans.Runtime;
using Spm.Platform.Hosts;

namespace Spm.Host.Grains;

/// <summary>
/// What the store knows of an ended host the cluster is told at once: by its own probes it would take some ten seconds more to find out, in which
/// nobody could call the grains that were there.
/// </summary>
internal sealed class EndedSilos(TenantHosts hosts, IClusterMembershipService membership) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hosts.Ended = EndAsync;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EndAsync(long host)
    {
        await membership.Refresh();
        foreach (var silo in membership.CurrentSnapshot.Members.Values.Where(m => m.Name == SiloNames.Of(host) && m.Status != SiloStatus.Dead))
        {
            await membership.TryKill(silo.SiloAddress);
        }
    }
}
