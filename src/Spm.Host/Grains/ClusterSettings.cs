using System.Net;

namespace Spm.Host.Grains;

/// <summary>How this host takes part in a cluster of silos. Only a host that is built with -p:Cluster=true does.</summary>
/// <param name="Id">Silos of one id are one cluster.</param>
/// <param name="Address">Where the other silos reach this one. Whoever reaches it may call grains: nobody is asked for a credential there.</param>
/// <param name="Port">0: any that is free.</param>
/// <param name="FirstGiven">A setting that somebody made; null where all were left out.</param>
public sealed record ClusterSettings(string Id, string ServiceId, IPAddress Address, int Port, string? FirstGiven)
{
    public static readonly ClusterSettings Default = new("spm", "spm", IPAddress.Loopback, 11111, FirstGiven: null);

    /// <summary>Below `Spm:Cluster`.</summary>
    public static readonly string[] Keys = ["Id", "ServiceId", "SiloAddress", "SiloPort"];
}
