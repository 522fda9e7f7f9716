using Orleans;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Transactions;

namespace Spm.Platform.Reps;

/// <summary>One rep as of now, from its grain's memory: no query of the store, so it is as cheap as the grain is warm.</summary>
public sealed class RepLiveQueries(TenantDirectory tenants, Settlements settlements, IGrainFactory grains)
{
    /// <param name="period">A month, quarter or year; every month of the calendar when left out.</param>
    public async Task<Result<RepLiveView>> LiveAsync(Caller caller, string id, string? period) => (await LiveAsync(caller, [id], period))[id];

    /// <summary>The same of several reps: each of them, or why it is refused.</summary>
    public async Task<IReadOnlyDictionary<string, Result<RepLiveView>>> LiveAsync(Caller caller, IReadOnlyCollection<string> ids, string? period)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return ids.ToDictionary(id => id, _ => (Result<RepLiveView>)lacking, StringComparer.Ordinal);
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        var (span, sight) = (Filters.Period(company, period), Sight.Of(caller, company));
        var reps = ids.ToDictionary(id => id, id => Seen(company, sight, id, span), StringComparer.Ordinal);
        if (reps.Values.Any(r => r.IsOk && company.SharedPlansOf(r.Value).Any()))
        {
            await settlements.SettleAsync(tenant);
        }
        var answers = await Task.WhenAll(reps.Select(async r => (Id: r.Key, Live: r.Value.IsOk
            ? View(company, r.Value.Value, await grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, r.Value.Value)).Live(), span.Value)
            : (Result<RepLiveView>)r.Value.Error!)));
        return answers.ToDictionary(a => a.Id, a => a.Live, StringComparer.Ordinal);
    }

    /// <summary>The rep's number.</summary>
    private static Result<int> Seen(Company company, Sight sight, string id, Result<FiscalPeriod?> span) =>
        company.Reps.ById(id) is not { } rep || !sight.SeesIn(rep.No, span.IsOk ? span.Value : null) ? new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.")
        : span.Error is { } unknown ? unknown
        : rep.No;

    private static RepLiveView View(Company company, int rep, LiveRep live, FiscalPeriod? span)
    {
        var (currency, months) = (company.Currency, new List<RepMonthView>(12));
        foreach (var figures in live.Months)
        {
            if (company.Calendar.MonthByNo(figures.Month) is { } month && (span is null || month.Span(span.Kind).Id == span.Id))
            {
                months.Add(Month(company, live.DueOf(month.No), month, figures, currency));
            }
        }
        return new RepLiveView(TransactionViews.Rep(company, rep), months);
    }

    private static RepMonthView Month(Company company, MonthDue due, FiscalMonth month, LiveMonth figures, Currency currency) => new(
        month.Id,
        company.StatusOf(month) == PeriodStatus.Closed ? "closed" : "open",
        [.. figures.Components.Select(c => Component(company, c, currency))],
        [.. figures.Lines.Where(l => l.Line != PayLineKind.Incentive).Select(l => PayLineView.Of(l.Key, l.Minor, currency))],
        MoneyView.Of(due.Incentives, currency),
        MoneyView.Of(due.Adjustments, currency),
        MoneyView.Of(due.CarriedIn, currency),
        MoneyView.Of(due.CarriedOut, currency),
        MoneyView.Of(due.Due, currency));

    private static ComponentLiveView Component(Company company, LiveComponent component, Currency currency) => new(
        component.Component,
        component.Plan,
        component.Measure is { } measure ? company.MeasureDocs[measure].Id : null,
        Wire.Exact(component.Month),
        Wire.Exact(component.ToDate),
        component.Quota is { } quota ? Wire.Exact(quota) : null,
        component.Attainment is { } attainment ? Wire.Percent(Rounding.Percent(attainment)) : null,
        Wire.Exact(component.Earned),
        MoneyView.Of(component.Minor, currency),
        component.Standstill is Standstill.None ? null : WireNames.Of(component.Standstill));
}
