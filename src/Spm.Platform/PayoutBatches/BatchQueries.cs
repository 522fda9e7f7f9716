using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>Reads batches after leases that have run out are taken back.</summary>
public sealed class BatchQueries(TenantDirectory tenants, LeaseCommands leases, SpmStore store)
{
    /// <summary>In the order they were made.</summary>
    public async Task<Result<IReadOnlyList<BatchRow>>> ListAsync(Caller caller, string? status, long after, int count)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        if (status is not null && !EnumNames.TryParse<BatchStatus>(status, out _))
        {
            return Error.Of("status", ErrorCodes.ParameterInvalid, $"`status` is one of {EnumNames.List<BatchStatus>()}.");
        }
        var tenant = tenants.Get(caller.Tenant);
        await leases.ExpireAsync(tenant);
        return store.Read(s => BatchTable.Page(s, tenant.No, status, after, count));
    }

    public async Task<Result<BatchRow>> GetAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await leases.ExpireAsync(tenant);
        return store.Read(s => BatchTable.Find(s, tenant.No, id)) is { } batch ? batch : new Error(ErrorCodes.NotFound, $"There is no payout batch '{id}'.");
    }

    public async Task<Result<IReadOnlyList<LineRow>>> LinesAsync(Caller caller, string id, long after, int count)
    {
        var batch = await GetAsync(caller, id);
        return batch.IsOk ? store.Read(s => BatchTable.LinesOf(s, caller.Tenant, id, after, count)) : batch.Error!;
    }
}
