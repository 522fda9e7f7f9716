using Spm.Platform.Hosts;

namespace Spm.Host;

/// <summary>The last to stop: requests are answered, imports stand still, and there are no grains any more.</summary>
internal sealed class HostDeparture(TenantHosts hosts) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => hosts.LeaveAsync();
}
