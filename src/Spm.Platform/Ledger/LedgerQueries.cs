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

    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<PostingRow, long> Keys = Keyset.Of<PostingRow>("postings", p => p.No);

    public async Task<Result<IReadOnlyList<PostingRow>>> PostingsAsync(Caller caller, PostingFilter filter, Seek<long> seek)
    {
        var asked = await SettledAsync(caller, filter);
        return asked.IsOk ? store.Read(s => LedgerTable.Page(s, caller.Tenant, asked.Value, seek)) : asked.Error!;
    }

    public async Task<Result<long>> CountAsync(Caller caller, PostingFilter filter) =>
        (await SettledAsync(caller, filter)).Then(asked => store.Read(s => LedgerTable.Count(s, caller.Tenant, asked)));

    private async Task<Result<AskedPostings>> SettledAsync(Caller caller, PostingFilter filter)
    {
        if (caller.Lacks(Scopes.LedgerRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var (months, instant) = (PeriodFilter.Months(tenant.Company, filter.Period), InstantFilter.Read("as_of", filter.AsOf));
        var rep = RepFilter.Find(tenant.Company, Sight.Of(caller, tenant.Company), filter.Rep);
        if ((months.Error ?? instant.Error ?? rep.Error) is { } refusal)
        {
            return refusal;
        }
        await settlements.SettleAsync(tenant);
        return new AskedPostings(rep.Value, months.Value, instant.Value);
    }
}

/// <summary>Which postings are asked for; null does not narrow.</summary>
/// <param name="Rep">Only of this rep, by id or external id.</param>
/// <param name="Period">Only those paid in this fiscal month, quarter or year.</param>
/// <param name="AsOf">Only those made by this instant: 2025-03-01T00:00:00Z.</param>
public sealed record PostingFilter(string? Rep = null, string? Period = null, string? AsOf = null);

/// <param name="AsOf">In Unix milliseconds, included.</param>
internal sealed record AskedPostings(int? Rep, MonthSpan? Months, long? AsOf);
