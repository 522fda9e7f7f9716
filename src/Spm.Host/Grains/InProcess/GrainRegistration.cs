using Orleans.Hosting;
using Spm.Platform;

namespace Spm.Host.Grains;

/// <summary>Grains in this process. A build with -p:Cluster=true has the folder Cluster in place of this file.</summary>
internal static class GrainRegistration
{
    public static void AddGrains(this WebApplicationBuilder builder, HostSettings settings)
    {
        if (settings.Cluster.FirstGiven is { } key)
        {
            throw new SettingsException(key, "is of a host that is built with -p:Cluster=true: this one has its grains in one process");
        }
        builder.UseOrleans(silo => silo.ConfigureInProcess(o => o.AddGrainAssembly(typeof(PlatformAssembly).Assembly)));
    }
}
