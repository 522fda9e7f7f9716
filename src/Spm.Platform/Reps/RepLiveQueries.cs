using Orleans;
using Spm.Compensation.Amounts;
using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;
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
    public async Task<Result<RepLiveView>> LiveAsync(Caller caller, string id, string? period)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        var company = tenant.Company;
        if (company.Reps.ById(id) is not { } rep)
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        var span = Filters.Period(company, period);
        if (!Sight.Of(caller, company).SeesIn(rep.No, span.IsOk ? span.Value : null))
        {
            return new Error(ErrorCodes.NotFound, $"There is no rep '{id}'.");
        }
        if (!span.IsOk)
        {
            return span.Error!;
        }
        await settlements.SettleOthersAsync(tenant, rep.No);
        var position = await grains.GetGrain<IRepGrain>(GrainKey.Of(tenant.No, rep.No)).Live();
        return View(company, rep.No, position, span.Value);
    }

    private static RepLiveView View(Company company, int rep, RepPosition position, FiscalPeriod? span)
    {
        var (currency, months) = (company.Currency, new List<RepMonthView>(12));
        foreach (var month in position.Years.SelectMany(y => y.Months))
        {
            if (span is null || month.Month.Span(span.Kind).Id == span.Id)
            {
                months.Add(Month(company, position, month, currency));
            }
        }
        return new RepLiveView(TransactionViews.Rep(company, rep), months);
    }

    private static RepMonthView Month(Company company, RepPosition position, MonthStatement month, Currency currency)
    {
        var due = MonthDue.Of(position, month.Month.No);
        return new RepMonthView(
            month.Month.Id,
            company.StatusOf(month.Month) == PeriodStatus.Closed ? "closed" : "open",
            [.. month.Components.Select(c => Component(company, c, currency))],
            [.. month.Lines.Where(l => l.Key.Kind != PayLineKind.Incentive).Select(l => PayLineView.Of(l.Key, l.Minor, currency))],
            MoneyView.Of(due.Incentives, currency),
            MoneyView.Of(due.Adjustments, currency),
            MoneyView.Of(due.CarriedIn, currency),
            MoneyView.Of(due.CarriedOut, currency),
            MoneyView.Of(due.Due, currency));
    }

    private static ComponentLiveView Component(Company company, ComponentStatement component, Currency currency) => new(
        component.Key.Component,
        component.Key.Plan,
        component.Measure is { } measure ? company.MeasureDocs[measure.No].Id : null,
        Wire.Exact(component.Figures.Month),
        Wire.Exact(component.Figures.ToDate),
        component.Figures.Quota is { } quota ? Wire.Exact(quota) : null,
        component.Figures.Attainment is { } attainment ? Wire.Percent(Rounding.Percent(attainment)) : null,
        Wire.Exact(component.Figures.Earned),
        MoneyView.Of(component.Minor, currency),
        component.Figures.Standstill is Standstill.None ? null : WireNames.Of(component.Figures.Standstill));
}
