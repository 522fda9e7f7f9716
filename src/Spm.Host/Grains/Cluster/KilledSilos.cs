using Orleans;
using Orleans.Runtime;
using Spm.Platform.Hosts;

namespace Spm.Host.Grains;

/// <summary>
/// Before the silo: who joins a cluster waits for the answer of every silo that is in it, and where all of them were killed nobody is left to say so. It would
/// take minutes to find out; the store's locks know at once.
/// </summary>
internal sealed class KilledSilos(TenantHosts hosts, IMembershipTable membership) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await membership.InitializeMembershipTableAsync(true, cancellationToken);
        // Each change makes a version of the whole table, on which the next one stands.
        for (var table = await membership.ReadAllAsync(cancellationToken); await FirstAsync(table) is { } killed; table = await membership.ReadAllAsync(cancellationToken))
        {
            killed.Item1.Status = SiloStatus.Dead;
            await membership.UpdateRowAsync(killed.Item1, killed.Item2, table.Version.Next(), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Tuple<MembershipEntry, string>?> FirstAsync(MembershipTableData table)
    {
        foreach (var member in table.Members.Where(m => m.Item1.Status != SiloStatus.Dead))
        {
            if (SiloNames.HostOf(member.Item1.SiloName) is { } host && await hosts.EndedAsync(host))
            {
                return member;
            }
        }
        return null;
    }
}
