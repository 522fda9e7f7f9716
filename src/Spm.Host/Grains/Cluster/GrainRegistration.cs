using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Spm.Platform;
using Spm.Platform.Hosts;
using Spm.Storage;

namespace Spm.Host.Grains;

/// <summary>
/// Grains in a cluster of silos over one PostgreSQL: this host is one of them. A build without -p:Cluster=true has the folder InProcess in place of this one.
/// </summary>
internal static class GrainRegistration
{
    public static void AddGrains(this WebApplicationBuilder builder, HostSettings settings)
    {
        var cluster = settings.Cluster;
        var connection = SpmStore.SharedConnection(settings.Store)
            ?? throw new SettingsException("Spm:Store", "is PostgreSQL in a cluster: the embedded store has one process");
        // A silo warns of the collector that this host chose, its watchdog at every start of having hung since the machine was started; Polly tells each placement.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error).AddFilter("Polly", LogLevel.Warning);
        builder.Services.AddHostedService<ClusterTables>();
        builder.Services.AddHostedService<KilledSilos>();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Id, cluster.ServiceId));
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
            // Nobody but silos calls grains: there is no gateway.
            silo.ConfigureEndpoints(cluster.Address, cluster.Port == 0 ? FreePort(cluster.Address) : cluster.Port, gatewayPort: 0);
            silo.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Spm"));
            silo.AddIncomingGrainCallFilter<TravellingFailures>();
            // A tenant is in the memory of one host (decision 0017), and its grains are where it is.
            silo.Services.AddSingleton<PlacementStrategy, PreferLocalPlacement>();
            silo.Services.AddSingleton<IConfigureOptions<SiloOptions>>(s => new ConfigureOptions<SiloOptions>(o => o.SiloName = SiloNames.Of(s.GetRequiredService<TenantHosts>().Enlist())));
            silo.Services.AddHostedService<EndedSilos>();
            silo.Services.AddSingleton<IFatalErrorHandler, SiloFailure>();
        });
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
