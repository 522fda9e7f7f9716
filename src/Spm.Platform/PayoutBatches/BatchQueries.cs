using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>Reads batches after leases that have run out are taken back.</summary>
public sealed class BatchQueries(TenantDirectory tenants, LeaseCommands leases, SpmStore store, TimeProvider clock)
{
    /// <summary>In the order they were made.</summary>
    public async Task<Result<IReadOnlyList<BatchRow>>> ListAsync(Caller caller, string? status, long after, int count)
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
        List<BatchRow> Page(long from, int rows) => store.Read(s => BatchTable.Page(s, tenant.No, status, from, rows));
        IReadOnlyList<BatchRow> seen = caller.Reach == Reach.Everyone ? Page(after, count) : SeenRows.Take(after, count, Page, b => b.No, b => Sees(caller, b));
        await NoteAsync(caller, "payout_batch.list", "", seen.Select(b => b.Id));
        return Result<IReadOnlyList<BatchRow>>.Of(seen);
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

    public async Task<Result<IReadOnlyList<LineRow>>> LinesAsync(Caller caller, string id, long after, int count)
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
        var lines = store.Read(s => BatchTable.LinesOf(s, caller.Tenant, id, after, count));
        await NoteAsync(caller, "payout_batch.read_lines", id, lines.Select(l => l.Id));
        return lines;
    }

    /// <summary>Payroll sees approved batches and what became of them; those in review and rejected ones are not there for it.</summary>
    internal static bool Sees(Caller caller, BatchRow batch) => caller.Reach == Reach.Everyone || batch.Status is BatchStatus.Approved or BatchStatus.Claimed or BatchStatus.Paid;

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
