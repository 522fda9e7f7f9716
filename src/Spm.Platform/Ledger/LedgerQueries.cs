using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Periods;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Ledger;

/// <summary>Reads the ledger after everything acknowledged before has been posted to it.</summary>
public sealed class LedgerQueries(TenantDirectory tenants, Settlements settlements, SpmStore store)
{
    /// <summary>What stands on each account, by currency and account: of the months asked for, or of all.</summary>
    public async Task<Result<IReadOnlyList<AccountSums>>> BalancesAsync(Caller caller, string? period)
    {
        if (caller.Lacks(Scopes.LedgerRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var months = PeriodFilter.Months(tenant.Company, period);
        if (!months.IsOk)
        {
            return months.Error!;
        }
        await settlements.SettleAsync(tenant);
        return store.Read(s => LedgerTable.Balances(s, tenant.No, months.Value));
    }

    /// <summary>In the order they were made, after the one of that number.</summary>
    public async Task<Result<IReadOnlyList<PostingRow>>> PostingsAsync(Caller caller, string? repReference, string? period, long after, int count)
    {
        if (caller.Lacks(Scopes.LedgerRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var (months, rep) = (PeriodFilter.Months(tenant.Company, period), RepFilter.Find(tenant.Company, Sight.Of(caller, tenant.Company), repReference));
        if ((months.Error ?? rep.Error) is { } refusal)
        {
            return refusal;
        }
        await settlements.SettleAsync(tenant);
        return store.Read(s => LedgerTable.Page(s, tenant.No, rep.Value, months.Value, after, count));
    }
}
