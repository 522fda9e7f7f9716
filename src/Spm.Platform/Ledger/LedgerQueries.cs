using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Periods;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Ledger;

/// <summary>Reads the ledger after everything acknowledged before has been posted to it.</summary>
public sealed class LedgerQueries(TenantDirectory tenants, Settlements settlements, SpmStore store)
{
    /// <summary>What stands on each account, by currency and account: of the months asked for, or of all.</summary>
    /// <param name="asOf">An instant: only what had been posted by then.</param>
    public async Task<Result<IReadOnlyList<AccountSums>>> BalancesAsync(Caller caller, string? period, string? asOf)
    {
        if (caller.Lacks(Scopes.LedgerRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var (months, instant) = (PeriodFilter.Months(tenant.Company, period), InstantFilter.Read("as_of", asOf));
        if ((months.Error ?? instant.Error) is { } refusal)
        {
            return refusal;
        }
        await settlements.SettleAsync(tenant);
        return store.Read(s => LedgerTable.Balances(s, tenant.No, months.Value, instant.Value));
    }

    /// <summary>In the order they were made, after the one of that number.</summary>
    public async Task<Result<IReadOnlyList<PostingRow>>> PostingsAsync(Caller caller, string? repReference, string? period, string? asOf, long after, int count)
    {
        if (caller.Lacks(Scopes.LedgerRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var (months, instant, rep) = (PeriodFilter.Months(tenant.Company, period), InstantFilter.Read("as_of", asOf), RepFilter.Find(tenant.Company, Sight.Of(caller, tenant.Company), repReference));
        if ((months.Error ?? instant.Error ?? rep.Error) is { } refusal)
        {
            return refusal;
        }
        await settlements.SettleAsync(tenant);
        return store.Read(s => LedgerTable.Page(s, tenant.No, rep.Value, months.Value, instant.Value, after, count));
    }
}
