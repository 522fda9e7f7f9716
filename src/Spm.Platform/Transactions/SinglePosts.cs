using Spm.Platform.AuditTrail;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <param name="Transaction">As it was recorded, with what the log found odd about it besides the crediting.</param>
internal readonly record struct WrittenTransaction(TransactionOutcome Outcome, CreditedTransaction Transaction);

/// <summary>
/// Transactions that come one by one, each with a request of its own. Those of a tenant that fall into one commit are one batch: they share its statements,
/// its place in the audit trail, and the calls that bring grains up to date.
/// </summary>
internal sealed class SinglePosts(TenantDirectory tenants, SpmStore store, LiveState live, TimeProvider clock)
{
    /// <summary>Durable, and in the live state of everyone it credits, when it completes. Call with the tenant's gate held.</summary>
    /// <param name="batch">The one transaction.</param>
    public async Task<WrittenTransaction> WriteAsync(TenantRuntime tenant, Caller caller, TransactionBatch batch)
    {
        using var inFlight = tenant.Begin();
        var (written, published) = await store.Writer.WriteTogetherAsync<Post, (WrittenTransaction, Lazy<Task>)>(Write, new Post(tenant, caller, batch));
        await published.Value;
        return written;
    }

    private IReadOnlyList<(WrittenTransaction, Lazy<Task>)> Write(SqlSession session, IReadOnlyList<Post> posts)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var results = new (WrittenTransaction, Lazy<Task>)[posts.Count];
        List<(TenantRuntime Tenant, int[] Reps)> changed = [];
        // Whoever holds the gate of a tenant sees one company: it changes only when nobody does.
        foreach (var some in posts.Index().GroupBy(p => p.Item.Tenant))
        {
            var (tenant, batch) = (some.Key, TransactionBatch.Of([.. some.Select(p => p.Item.Batch)], now));
            var outcomes = TransactionLog.Write(session, batch, now);
            var audit = new TransactionAudit(tenant, tenants);
            AuditTable.Append(session, tenant.No, [.. some.Select((p, i) => audit.Of(p.Item.Caller, batch, batch.Transactions[i].Row, outcomes[i])).OfType<AuditNote>()], now);
            int[] reps = [.. TenantCommits.Reps(batch.Changes)];
            var commit = TenantCommits.Record(session, tenant, reps);
            changed.Add((tenant, reps));
            var published = new Lazy<Task>(() => PublishAsync(tenant, commit, batch, reps));
            foreach (var (i, place) in some.Select((p, i) => (i, p.Index)))
            {
                results[place] = (new WrittenTransaction(outcomes[i], WithProblems(batch, batch.Transactions[i])), published);
            }
        }
        // Last of all: what is undone has nobody wait for it.
        changed.ForEach(c => Array.ForEach(c.Reps, c.Tenant.Depart));
        return results;
    }

    private async Task PublishAsync(TenantRuntime tenant, long commit, TransactionBatch batch, int[] reps)
    {
        await live.PublishAsync(tenant, commit, batch.Changes);
        Array.ForEach(reps, tenant.Arrive);
    }

    private static CreditedTransaction WithProblems(TransactionBatch batch, in CreditedTransaction written) =>
        batch.WithoutDeal.Contains(written.Row) ? written with { Problems = [.. written.Problems, DealProblems.Problem(written.Row)] } : written;

    private sealed record Post(TenantRuntime Tenant, Caller Caller, TransactionBatch Batch);
}
