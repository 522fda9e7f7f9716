using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>The one way for transactions to enter: one by one over REST, or by the chunk from an import.</summary>
public sealed class TransactionCommands(TenantDirectory tenants, SpmStore store, LiveState live, RecordClock clock)
{
    private readonly SinglePosts _posts = new(tenants, store, live, clock);

    /// <summary>Durable, credited and in the live state of everyone it credits when it completes.</summary>
    public async Task<Result<PostedTransaction>> PostAsync(Caller caller, string source, TransactionInput input)
    {
        if (caller.Lacks(Scopes.TransactionsWrite) is { } lacking)
        {
            return lacking;
        }
        if (Keys.Check("source", source) is { } refusal)
        {
            return refusal;
        }
        var tenant = tenants.Get(caller.Tenant);
        // A refused transaction leaves no source behind: the number is given only once the row is good.
        var known = tenant.Sources.TryGetValue(source, out var sourceNo);
        using var entry = await tenant.Gate.ReadAsync();
        var row = new TransactionReader(tenant.Company, source, sourceNo).Read(input);
        if (!row.IsOk)
        {
            return row.Error!;
        }
        var stored = known ? row.Value : row.Value with { Source = await tenants.SourceAsync(tenant, source) };
        var batch = new TransactionBatch(tenant.Company);
        WrittenTransaction written;
        try
        {
            batch.Add(stored);
            written = await _posts.WriteAsync(tenant, caller, batch);
        }
        catch (OverflowException)
        {
            return Error.Of("amount", ErrorCodes.LimitExceeded, "Somebody's credits of the month would be more than can be added up.");
        }
        return written.Outcome switch
        {
            TransactionOutcome.Stale => Error.Of("version", ErrorCodes.VersionStale, $"Version {stored.Version} is older than the one that is here."),
            TransactionOutcome.Conflict => Error.Of("version", ErrorCodes.VersionConflict, $"Version {stored.Version} is here with other content: send a newer version."),
            _ => new PostedTransaction(written.Outcome, written.Transaction, batch.Company),
        };
    }

    /// <summary>
    /// Writes a batch that was credited while the tenant's gate was held, and is still held. <paramref name="also"/> runs in the same
    /// commit: an import's progress, so that neither can be without the other.
    /// </summary>
    internal async Task<TransactionOutcome[]> WriteAsync(
        TenantRuntime tenant, TransactionBatch batch, Action<SqlSession, TransactionOutcome[]>? also)
    {
        using var inFlight = tenant.Begin();
        int[] departed = [];
        try
        {
            var (outcomes, commit) = await store.Writer.WriteAsync(session =>
            {
                // Taken here: what is written later was recorded later.
                var written = TransactionLog.Write(session, batch, clock.GetUtcNow().ToUnixTimeMilliseconds());
                also?.Invoke(session, written);
                int[] reps = [.. TenantCommits.Reps(batch.Changes)];
                Array.ForEach(reps, tenant.Depart);
                departed = reps;
                return (written, TenantCommits.Record(session, tenant, reps));
            });
            await live.PublishAsync(tenant, commit, batch.Changes);
            return outcomes;
        }
        finally
        {
            // Also what was not committed after all: nobody waits for it.
            Array.ForEach(departed, tenant.Arrive);
        }
    }
}

/// <param name="Company">As it was when the transaction was credited.</param>
public sealed record PostedTransaction(TransactionOutcome Outcome, CreditedTransaction Transaction, Companies.Company Company);
