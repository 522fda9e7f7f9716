using Spm.Compensation.Payouts;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.PayoutBatches;
using Spm.Platform.Periods;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Payouts;

/// <summary>Which payouts are asked for; null does not narrow.</summary>
public sealed record PayoutFilter(string? Period, string? Rep, string? Status);

/// <summary>Reads payouts after everything acknowledged before has been settled into them.</summary>
public sealed class PayoutQueries(TenantDirectory tenants, Settlements settlements, LeaseCommands leases, SpmStore store)
{
    /// <summary>By month and rep, after the payout of that month and rep. Up to <paramref name="count"/> of them.</summary>
    public async Task<Result<IReadOnlyList<PayoutRow>>> ListAsync(Caller caller, PayoutFilter filter, (int Month, int Rep) after, int count)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var sight = Sight.Of(caller, tenant.Company);
        var (months, rep, status) = (PeriodFilter.Months(tenant.Company, filter.Period), RepFilter.Find(tenant.Company, sight, filter.Rep), Status(filter.Status));
        if ((months.Error ?? rep.Error ?? status.Error) is { } refusal)
        {
            return refusal;
        }
        await UpToDateAsync(tenant);
        List<PayoutRow> Page((int Month, int Rep) from, int rows) => store.Read(s =>
            PayoutTable.Page(s, tenant.No, months.Value, sight.Only ?? rep.Value, (int?)status.Value, from.Month, from.Rep, rows));
        return sight.SeesEveryone ? Page(after, count) : SeenRows.Take(after, count, Page, r => (r.Month, r.Rep), r => Sees(sight, tenant.Company, r.Rep, r.Month));
    }

    public async Task<Result<PayoutRow>> GetAsync(Caller caller, string id)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await UpToDateAsync(tenant);
        return store.Read(s => PayoutTable.ById(s, tenant.No, id)) is { } row && Sees(Sight.Of(caller, tenant.Company), tenant.Company, row.Rep, row.Month) ? row : new Error(ErrorCodes.NotFound, $"There is no payout '{id}'.");
    }

    /// <summary>A payout is seen by whoever sees the rep in its month.</summary>
    internal static bool Sees(Sight sight, Company company, int rep, int month) => sight.Sees(rep, company.Calendar.MonthByNo(month)!.Period);

    private async Task UpToDateAsync(TenantRuntime tenant)
    {
        await settlements.SettleAsync(tenant);
        await leases.ExpireAsync(tenant);
    }

    private static Result<PayoutStatus?> Status(string? name) =>
        name is null ? (PayoutStatus?)null
        : EnumNames.TryParse<PayoutStatus>(name, out var status) ? status
        : Error.Of("status", ErrorCodes.ParameterInvalid, $"`status` is one of {EnumNames.List<PayoutStatus>()}.");
}
