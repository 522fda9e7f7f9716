using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Problems;

/// <summary>Something that needs a person. It vanishes by itself when what caused it is corrected.</summary>
/// <param name="Id">The same for as long as the problem is there.</param>
/// <param name="Transaction">The transaction's id; null for a problem of a rep's month, such as a missing quota.</param>
/// <param name="Rep">Whom it concerns; null for nobody.</param>
/// <param name="Amount">At stake: what is credited to nobody, or earns nothing. A refund's is negative.</param>
/// <param name="Currency">XXX, the code of ISO 4217 for none, where the amount is no money but a number that a measure counts, such as deals.</param>
/// <param name="Date">The transaction's day; the month's first day where there is none.</param>
public sealed record ProblemView(
    string Id, string Code, string? Transaction, RepRef? Rep, string Period, string Amount, string Currency, string Detail, DateOnly Date);

/// <summary>Which problems are asked for; null does not narrow.</summary>
/// <param name="Code">Only of this kind.</param>
/// <param name="Period">Only of this fiscal month, quarter or year.</param>
/// <param name="Rep">Only of this rep, by id or external id.</param>
public sealed record ProblemFilter(string? Code = null, string? Period = null, string? Rep = null);

/// <param name="AmountAtStake">Refunds taken off.</param>
/// <param name="Currency">XXX, the code of ISO 4217 for none, where measures count, as deals: a number is at stake, and no money.</param>
public sealed record ProblemSummaryView(string Code, long Count, string AmountAtStake, string Currency);

/// <summary>Everything that is credited to nobody or earns nothing, named and with the money at stake. Settles first: a missing quota is found then.</summary>
public sealed class ProblemQueries(TenantDirectory tenants, Settlements settlements, SpmStore store)
{
    public static readonly Keyset<(long No, ProblemView View), long> Keys = Keyset.Of<(long No, ProblemView View)>("problems", r => r.No);

    public async Task<Result<IReadOnlyList<(long No, ProblemView View)>>> ListAsync(Caller caller, ProblemFilter filter, Seek<long> seek)
    {
        var asked = await SettledAsync(caller, filter);
        if (!asked.IsOk)
        {
            return asked.Error!;
        }
        var rows = store.Read(s => ProblemTable.Page(s, caller.Tenant, asked.Value, seek));
        // The company as it is now: a problem may be newer than the moment the request began.
        return rows.ConvertAll(r => (r.No, View(tenants.Get(caller.Tenant), r)));
    }

    public async Task<Result<long>> CountAsync(Caller caller, ProblemFilter filter) =>
        (await SettledAsync(caller, filter)).Then(asked => store.Read(s => ProblemTable.Count(s, caller.Tenant, asked)));

    /// <summary>What is asked for, once everything acknowledged before is settled.</summary>
    private async Task<Result<AskedProblems>> SettledAsync(Caller caller, ProblemFilter filter)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        if (filter.Code is not null && !ProblemCodes.All.Contains(filter.Code))
        {
            return Error.Of("code", ErrorCodes.ParameterInvalid, $"There is no problem of that code: {string.Join(", ", ProblemCodes.All)}.");
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        var (span, only) = (Filters.Period(company, filter.Period), Filters.Reference(company.Reps, "rep", filter.Rep, ErrorCodes.RepUnknown));
        if ((span.Error ?? only.Error) is { } refused)
        {
            return refused;
        }
        await settlements.SettleAsync(tenant);
        var (first, last) = span.Value is { } within ? (within.From.DayNumber, within.To.DayNumber - 1) : (0, int.MaxValue);
        return new AskedProblems(filter.Code, first, last, only.Value);
    }

    public async Task<Result<IReadOnlyList<ProblemSummaryView>>> SummaryAsync(Caller caller)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await settlements.SettleAsync(tenant);
        return store.Read(s => Summary(s, tenant.No));
    }

    internal static List<ProblemSummaryView> Summary(SqlSession session, int tenant) =>
        ProblemTable.Summary(session, tenant).ConvertAll(p => new ProblemSummaryView(p.Code, p.Count, Wire.Amount(p.Amount), p.Currency));

    private static ProblemView View(TenantRuntime tenant, ProblemRow row)
    {
        var company = tenant.Company;
        var transaction = row.Transaction is var (source, externalId) ? Ids.ForTransaction(source, externalId) : null;
        return new ProblemView(
            Ids.ForRecord("prb", tenant.Id, row.Code, $"{transaction ?? row.Month.ToString(System.Globalization.CultureInfo.InvariantCulture)}/{row.Rep}/{row.Detail}"),
            row.Code,
            transaction,
            row.Rep < 0 ? null : TransactionViews.Rep(company, row.Rep),
            company.Calendar.MonthByNo(row.Month)?.Id ?? "",
            Wire.Amount(row.Amount),
            row.Currency,
            row.Detail is null ? ProblemCodes.Detail(row.Code) : $"{ProblemCodes.Detail(row.Code)} ({row.Detail})",
            Wire.Day(row.Day));
    }
}
