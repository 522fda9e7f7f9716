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
internal sealed class SinglePosts(TenantDirectory tenants, SpmStore store, LiveState live, RecordClock clock)
{
    /// <summary>Durable, and in the live state of everyone it credits, when it completes. Call with the tenant's gate held.</summary>
    /// <param name="batch">The one transaction.</param>
    public async Task<WrittenTransaction> WriteAsync(TenantRuntime tenant, Caller caller, TransactionBatch batch)
    {
        using var inFlight = tenant.Begin();
        var post = new Post(tenant, caller, batch);
        try
        {
            var (written, published) = await store.Writer.WriteTogetherAsync<Post, (WrittenTransaction, Lazy<Task>)>(Write, post);
            await published.Value;
            return written;
        }
        finally
        {
            post.Arrive();
        }
    }

    private IReadOnlyList<(WrittenTransaction, Lazy<Task>)> Write(SqlSession session, IReadOnlyList<Post> posts)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var results = new (WrittenTransaction, Lazy<Task>)[posts.Count];
        // What departed with a commit that was undone has arrived.
        foreach (var post in posts)
        {
            post.Arrive();
        }
        // Whoever holds the gate of a tenant sees one company: it changes only when nobody does.
        foreach (var some in posts.Index().GroupBy(p => p.Item.Tenant))
        {
            var (tenant, batch) = (some.Key, TransactionBatch.Of([.. some.Select(p => p.Item.Batch)], now));
            var (trail, last) = (AuditTable.AskEnd(session, tenant.No), TenantCommits.AskLast(session));
            var outcomes = TransactionLog.Write(session, batch, now);
            var audit = new TransactionAudit(tenant, tenants);
            AuditTable.Append(session, tenant.No, [.. some.Select((p, i) => audit.Of(p.Item.Caller, batch, batch.Transactions[i].Row, outcomes[i])).OfType<AuditNote>()], now, trail);
            int[] reps = [.. TenantCommits.Reps(batch.Changes)];
            var commit = TenantCommits.Record(session, tenant, reps, last);
            some.First().Item.Depart(reps);
            var published = new Lazy<Task>(() => live.PublishAsync(tenant, commit, batch.Changes));
            foreach (var (i, place) in some.Select((p, i) => (i, p.Index)))
            {
                results[place] = (new WrittenTransaction(outcomes[i], AsItStands(session, batch, batch.Transactions[i], outcomes[i])), published);
            }
        }
        return results;
    }

    private static CreditedTransaction AsItStands(SqlSession session, TransactionBatch batch, in CreditedTransaction sent, TransactionOutcome outcome)
    {
        if (outcome == TransactionOutcome.Unchanged)
        {
            // Read anew: its deal may have changed in this commit.
            var known = TransactionTable.BySeq(session, batch.Company.Tenant, batch.Before![sent.Row].Seq)!;
            return sent with { Row = known, Credits = [.. known.Credits], Problems = [.. TransactionTable.Problems(session, known.Seq)] };
        }
        return batch.WithoutDeal.Contains(sent.Row) ? sent with { Problems = [.. sent.Problems, DealProblems.Problem(sent.Row)] } : sent;
    }

    private sealed class Post(TenantRuntime tenant, Caller caller, TransactionBatch batch)
    {
        private int[] _departed = [];

        public TenantRuntime Tenant => tenant;

        public Caller Caller => caller;

        public TransactionBatch Batch => batch;

        /// <summary>A change about these is about to be committed. The first post of a commit answers for all of it.</summary>
        public void Depart(int[] reps)
        {
            Array.ForEach(reps, tenant.Depart);
            _departed = reps;
        }

        /// <summary>Their grains have it, or it was not committed.</summary>
        public void Arrive()
        {
            Array.ForEach(_departed, tenant.Arrive);
            _departed = [];
        }
    }
}
