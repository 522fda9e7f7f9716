using Spm.Storage;

namespace Spm.Host.Grains;

/// <summary>Before the silo: without the tables of its membership it would only say that a relation does not exist.</summary>
internal sealed class ClusterTables(SpmStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        store.Read(s => s.Long("select count(*) where to_regclass('orleansmembershiptable') is not null and to_regclass('orleansquery') is not null")) == 1
            ? Task.CompletedTask
            : throw new StoreException("The store lacks the tables of the cluster's membership: apply PostgreSQL-Main.sql and PostgreSQL-Clustering.sql of the Orleans version that this host is built with (docs/cluster.md).");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
