using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spm.Platform.Hosts;

namespace Spm.Host;

/// <summary>Once this host listens, it tells the other hosts over its store where they reach it.</summary>
internal sealed class HostAnnouncement(TenantHosts hosts, HostSettings settings, IServer server) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken) => hosts.IsAlone ? Task.CompletedTask : hosts.AnnounceAsync(settings.Address?.ToString() ?? Address());

    /// <summary>The first address it listens at; the machine's name where that is every address of the machine.</summary>
    private string Address()
    {
        var address = new UriBuilder(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("//+", "//0.0.0.0", StringComparison.Ordinal).Replace("//*", "//0.0.0.0", StringComparison.Ordinal));
        if (address.Host is "0.0.0.0" or "[::]")
        {
            address.Host = Dns.GetHostName();
        }
        return address.Uri.ToString();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
