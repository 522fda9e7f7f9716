using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Compensation.Periods;
using Spm.Platform.Calendars;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Periods;

/// <summary>Fiscal periods, and the closing of months.</summary>
public sealed class PeriodEndpoints(TenantDirectory tenants, PeriodCommands commands) : IEndpoints
{
    private const string List = "periods";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/periods", (Delegate)Page)
            .Operation("listPeriods", "Periods", "Fiscal periods in order of time, the shortest of one first day first.", Scopes.CalendarRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("kind", "Only months, quarters, half-years or years: month, quarter, half_year, year.")).Answers<Page<PeriodView>>();
        routes.MapGet("/v1/periods/{id}", Get)
            .Operation("getPeriod", "Periods", "One fiscal period.", Scopes.CalendarRead, ErrorCodes.NotFound).Answers<PeriodView>();
        routes.MapPost("/v1/periods/{id}/close", CloseAsync)
            .Operation("closePeriod", "Periods", "Closes a month: its payouts are final, and what comes later is paid in the first open month.", Scopes.PeriodsClose, ErrorCodes.NotFound, ErrorCodes.PeriodNotMonth, ErrorCodes.PeriodAlreadyClosed, ErrorCodes.EarlierPeriodOpen)
            .Answers<PeriodView>().Idempotent();
        routes.MapPost("/v1/periods/{id}/reopen", ReopenAsync)
            .Operation("reopenPeriod", "Periods", "Opens the month closed last again, while none of its payouts has moved on.", Scopes.PeriodsClose, ErrorCodes.NotFound, ErrorCodes.PeriodNotMonth, ErrorCodes.PeriodNotClosed, ErrorCodes.LaterPeriodClosed, ErrorCodes.PeriodPayoutsMoved)
            .Answers<PeriodView>().Idempotent();
    }

    private IResult Page(HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.CalendarRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var (limit, after) = (http.Limit(), http.AfterNumbers(List, 2));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var kind = (PeriodKind?)null;
        if (http.Parameter("kind") is { } name)
        {
            if (!EnumNames.TryParse<PeriodKind>(name, out var known))
            {
                return Answer.Problem(Error.Of("kind", ErrorCodes.ParameterInvalid, $"`kind` is one of {EnumNames.List<PeriodKind>()}."));
            }
            kind = known;
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        var rows = company.Calendar.Periods
            .Where(p => kind is null || p.Kind == kind)
            .Where(p => after.Value is not [var no, var last] || (p.No, (long)p.Kind).CompareTo(((int)no, last)) > 0)
            .OrderBy(p => p.No).ThenBy(p => p.Kind)
            .Take(limit.Value + 1)
            .ToList();
        return http.Page(List, limit.Value, rows, p => CalendarEndpoints.View(company, p), p => [p.No, (int)p.Kind]);
    }

    private IResult Get(string id, HttpContext http)
    {
        if (http.Caller().Lacks(Scopes.CalendarRead) is { } lacking)
        {
            return Answer.Problem(lacking);
        }
        var company = tenants.Get(http.Caller().Tenant).Company;
        return company.Calendar.Find(id) is { } period ? Answer.Ok(CalendarEndpoints.View(company, period)) : Answer.NotFound("period", id);
    }

    private async Task<IResult> CloseAsync(string id, HttpContext http) => Answered(http, await commands.CloseAsync(http.Caller(), id));

    private async Task<IResult> ReopenAsync(string id, HttpContext http) => Answered(http, await commands.ReopenAsync(http.Caller(), id));

    private IResult Answered(HttpContext http, Result<FiscalMonth> month) =>
        Answer.Of(month, m => CalendarEndpoints.View(tenants.Get(http.Caller().Tenant).Company, m));
}
