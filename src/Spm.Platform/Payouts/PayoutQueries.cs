using System.Globalization;
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

internal sealed record AskedPayouts(MonthSpan? Months, int? Rep, PayoutStatus? Status);

/// <summary>Reads payouts after everything acknowledged before has been settled into them.</summary>
public sealed class PayoutQueries(TenantDirectory tenants, Settlements settlements, LeaseCommands leases, SpmStore store)
{
    /// <summary>By month and rep.</summary>
    public static readonly Keyset<PayoutRow, (int Month, int Rep)> Keys = new(
        "payouts", 2, (-1, -1), (int.MaxValue, int.MaxValue), r => (r.Month, r.Rep), k => [k.Month, k.Rep],
        p => int.TryParse(p[0], CultureInfo.InvariantCulture, out var month) && int.TryParse(p[1], CultureInfo.InvariantCulture, out var rep) ? (month, rep) : null);

    /// <summary>By when they changed last, month and rep.</summary>
    public static readonly Keyset<PayoutRow, (long At, int Month, int Rep)> UpdatedKeys = new(
        "payouts-updated", 3, (0, -1, -1), (long.MaxValue, int.MaxValue, int.MaxValue), r => (r.UpdatedAt, r.Month, r.Rep), k => [k.At, k.Month, k.Rep], NumberMonthRep);

    /// <summary>By what is due, month and rep.</summary>
    public static readonly Keyset<PayoutRow, (long Due, int Month, int Rep)> DueKeys = new(
        "payouts-due", 3, (long.MinValue, -1, -1), (long.MaxValue, int.MaxValue, int.MaxValue), r => (r.Due, r.Month, r.Rep), k => [k.Due, k.Month, k.Rep], NumberMonthRep);

    /// <summary>By what is due, the least first.</summary>
    public async Task<Result<IReadOnlyList<PayoutRow>>> ByDueAsync(Caller caller, PayoutFilter filter, Seek<(long Due, int Month, int Rep)> seek)
    {
        var asked = await UpToDateAsync(caller, filter);
        return asked.IsOk ? Seen(caller, seek, DueKeys, from => store.Read(s => PayoutTable.ByDue(s, caller.Tenant, asked.Value, from))) : asked.Error!;
    }

    /// <summary>Those that changed at an instant or later, in that order.</summary>
    public async Task<Result<IReadOnlyList<PayoutRow>>> UpdatedAsync(Caller caller, PayoutFilter filter, long since, Seek<(long At, int Month, int Rep)> seek)
    {
        var asked = await UpToDateAsync(caller, filter);
        return asked.IsOk ? Seen(caller, seek, UpdatedKeys, from => store.Read(s => PayoutTable.Updated(s, caller.Tenant, asked.Value, since, from))) : asked.Error!;
    }

    public async Task<Result<IReadOnlyList<PayoutRow>>> ListAsync(Caller caller, PayoutFilter filter, Seek<(int Month, int Rep)> seek)
    {
        var asked = await UpToDateAsync(caller, filter);
        return asked.IsOk ? Read(caller, asked.Value, seek) : asked.Error!;
    }

    public async Task<Result<long>> CountAsync(Caller caller, PayoutFilter filter) => (await UpToDateAsync(caller, filter)).Then(asked => caller.Reach == Reach.Everyone
        ? store.Read(s => PayoutTable.Count(s, caller.Tenant, asked))
        : Read(caller, asked, new Seek<(int Month, int Rep)>(Keys.First, int.MaxValue)).Count);

    /// <summary>Those of these ids that the caller sees: one reading for all of them.</summary>
    public async Task<Result<IReadOnlyList<PayoutRow>>> FindAsync(Caller caller, IReadOnlyList<string> ids)
    {
        if (caller.Lacks(Scopes.PayoutsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await UpToDateAsync(tenant);
        var (company, sight) = (tenant.Company, Sight.Of(caller, tenant.Company));
        (int Rep, int Month)[] keys = [.. ids.Select(id => Ids.Payout(tenant.No, id)).OfType<(int Rep, int Month)>()];
        return store.Read(s => PayoutTable.Find(s, tenant.No, keys)).FindAll(p => Sees(sight, company, p.Rep, p.Month));
    }

    /// <summary>Of several reps that the caller sees, by rep and month: one reading for all of them.</summary>
    public async Task<Result<ILookup<int, PayoutRow>>> OfRepsAsync(Caller caller, string? period, IReadOnlyCollection<int> reps)
    {
        var asked = await UpToDateAsync(caller, new PayoutFilter(period, null, null));
        if (!asked.IsOk)
        {
            return asked.Error!;
        }
        var company = tenants.Get(caller.Tenant).Company;
        var (sight, wanted) = (Sight.Of(caller, company), reps.ToHashSet());
        return Result<ILookup<int, PayoutRow>>.Of(store.Read(s => PayoutTable.OfReps(s, caller.Tenant, asked.Value.Months, wanted.Min(), wanted.Max()))
            .Where(p => wanted.Contains(p.Rep) && Sees(sight, company, p.Rep, p.Month)).ToLookup(p => p.Rep));
    }

    /// <summary>As it was settled last: changes with the payout. Empty where there is none.</summary>
    internal string TagOf(Caller caller, string id) => store.Read(s => PayoutTable.ById(s, caller.Tenant, id))?.ETag ?? "";

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

    /// <summary>A payout is seen by whoever sees the rep in its month; where the calendar has that month no longer, by whoever sees the rep today.</summary>
    internal static bool Sees(Sight sight, Company company, int rep, int month) => sight.SeesIn(rep, company.Calendar.MonthByNo(month)?.Period);

    private async Task<Result<AskedPayouts>> UpToDateAsync(Caller caller, PayoutFilter filter)
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
        return new AskedPayouts(months.Value, sight.Only ?? rep.Value, status.Value);
    }

    private List<PayoutRow> Read(Caller caller, AskedPayouts asked, Seek<(int Month, int Rep)> seek) =>
        Seen(caller, seek, Keys, from => store.Read(s => PayoutTable.Page(s, caller.Tenant, asked, from)));

    private List<PayoutRow> Seen<TKey>(Caller caller, Seek<TKey> seek, Keyset<PayoutRow, TKey> keys, Func<Seek<TKey>, List<PayoutRow>> page)
        where TKey : struct
    {
        var company = tenants.Get(caller.Tenant).Company;
        var sight = Sight.Of(caller, company);
        return sight.SeesEveryone ? page(seek) : SeenRows.Take(seek, page, keys.Of, r => Sees(sight, company, r.Rep, r.Month));
    }

    private static (long, int, int)? NumberMonthRep(string[] parts) =>
        long.TryParse(parts[0], CultureInfo.InvariantCulture, out var amount) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var month) && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var rep)
            ? (amount, month, rep)
            : null;

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
