using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>Reads batches after leases that have run out are taken back.</summary>
public sealed class BatchQueries(TenantDirectory tenants, LeaseCommands leases, SpmStore store, RecordClock clock)
{
    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<BatchRow, long> Keys = Keyset.Of<BatchRow>("payout-batches", b => b.No);

    /// <summary>In the order of their payouts.</summary>
    public static readonly Keyset<LineRow, long> LineKeys = Keyset.Of<LineRow>("payout-lines", l => l.No);

    public static readonly Keyset<BatchRow, (long At, long No)> UpdatedKeys = Keyset.Updated<BatchRow>("payout-batches", b => (b.UpdatedAt, b.No));

    public Task<Result<IReadOnlyList<BatchRow>>> ListAsync(Caller caller, string? status, Seek<long> seek) =>
        ListAsync(caller, status, seek, Keys, from => store.Read(s => BatchTable.Page(s, caller.Tenant, status, from)));

    /// <summary>Those that changed at an instant or later, in that order.</summary>
    public Task<Result<IReadOnlyList<BatchRow>>> UpdatedAsync(Caller caller, string? status, long since, Seek<(long At, long No)> seek) =>
        ListAsync(caller, status, seek, UpdatedKeys, from => store.Read(s => BatchTable.Updated(s, caller.Tenant, status, since, from)));

    private async Task<Result<IReadOnlyList<BatchRow>>> ListAsync<TKey>(Caller caller, string? status, Seek<TKey> seek, Keyset<BatchRow, TKey> keys, Func<Seek<TKey>, List<BatchRow>> page)
        where TKey : struct
    {
        if (caller.Lacks(Scopes.PayoutBatchesRead) is { } lacking)
        {
            return lacking;
        }
        if (status is not null && !EnumNames.TryParse<BatchStatus>(status, out _))
        {
            return Error.Of("status", ErrorCodes.ParameterInvalid, $"`status` is one of {EnumNames.List<BatchStatus>()}.");
        }
        var tenant = tenants.Get(caller.Tenant);
        await leases.ExpireAsync(tenant);
        IReadOnlyList<BatchRow> seen = caller.Reach == Reach.Everyone ? page(seek) : SeenRows.Take(seek, page, keys.Of, b => Sees(caller, b));
        await NoteAsync(caller, "payout_batch.list", "", seen.Select(b => b.Id));
        return Result<IReadOnlyList<BatchRow>>.Of(seen);
    }

    public async Task<Result<long>> CountAsync(Caller caller, string? status)
    {
        if (caller.Lacks(Scopes.PayoutBatchesRead) is { } lacking)
        {
            return lacking;
        }
        await leases.ExpireAsync(tenants.Get(caller.Tenant));
        return store.Read(s => BatchTable.Statuses(s, caller.Tenant, status)).Where(b => Sees(caller, b.Status)).Sum(b => b.Count);
    }

    public async Task<Result<BatchRow>> GetAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PayoutBatchesRead) is { } lacking)
        {
            return lacking;
        }
        var found = await FindAsync(caller, id);
        if (found.IsOk)
        {
            await NoteAsync(caller, "payout_batch.read", id);
        }
        return found;
    }

    /// <summary>Those of these ids that the caller sees: one reading for all of them.</summary>
    public async Task<Result<IReadOnlyList<BatchRow>>> FindAsync(Caller caller, IReadOnlyList<string> ids)
    {
        if (caller.Lacks(Scopes.PayoutBatchesRead) is { } lacking)
        {
            return lacking;
        }
        await leases.ExpireAsync(tenants.Get(caller.Tenant));
        IReadOnlyList<BatchRow> seen = [.. store.Read(s => BatchTable.Find(s, caller.Tenant, ids)).Where(b => Sees(caller, b))];
        await NoteAsync(caller, "payout_batch.list", "", seen.Select(b => b.Id));
        return Result<IReadOnlyList<BatchRow>>.Of(seen);
    }

    public async Task<Result<IReadOnlyList<LineRow>>> LinesAsync(Caller caller, string id, Seek<long> seek)
    {
        if (caller.Lacks(Scopes.PayoutBatchesRead) is { } lacking)
        {
            return lacking;
        }
        var batch = await FindAsync(caller, id);
        if (!batch.IsOk)
        {
            return batch.Error!;
        }
        var lines = store.Read(s => BatchTable.LinesOf(s, caller.Tenant, id, seek));
        await NoteAsync(caller, "payout_batch.read_lines", id, lines.Select(l => l.Id));
        return lines;
    }

    /// <summary>Payroll sees approved batches and what became of them; those in review and rejected ones are not there for it.</summary>
    internal static bool Sees(Caller caller, BatchRow batch) => Sees(caller, batch.Status);

    private static bool Sees(Caller caller, BatchStatus status) => caller.Reach == Reach.Everyone || status is BatchStatus.Approved or BatchStatus.Claimed or BatchStatus.Paid;

    private async Task<Result<BatchRow>> FindAsync(Caller caller, string id)
    {
        var tenant = tenants.Get(caller.Tenant);
        await leases.ExpireAsync(tenant);
        return store.Read(s => BatchTable.Find(s, tenant.No, id)) is { } batch && Sees(caller, batch) ? batch : new Error(ErrorCodes.NotFound, $"There is no payout batch '{id}'.");
    }

    /// <summary>What payroll has read is in the audit trail before it is answered.</summary>
    private async Task NoteAsync(Caller caller, string action, string subject, IEnumerable<string>? read = null)
    {
        if (caller.Has(Scopes.PayrollPull))
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var after = read is null ? null : new { Read = read };
            await store.Writer.WriteAsync(session => AuditTable.Append(session, caller, action, subject, null, after, now));
        }
    }
}
