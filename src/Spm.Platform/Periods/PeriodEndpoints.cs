using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Spm.Compensation.Periods;
using Spm.Platform.Calendars;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Periods;

/// <summary>Fiscal periods, and the closing of months.</summary>
public sealed class PeriodEndpoints(TenantDirectory tenants, PeriodQueries queries, PeriodCommands commands, ILogger<PeriodEndpoints> log) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/periods", (Delegate)Page)
            .Operation("listPeriods", "Periods", "Fiscal periods in order of time, the shortest of one first day first.", Scopes.CalendarRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("kind", "Only months, quarters, half-years or years: month, quarter, half_year, year.")).Answers<Page<PeriodView>>();
        routes.MapGet("/v1/periods/{id}", Get)
            .Operation("getPeriod", "Periods", "One fiscal period.", Scopes.CalendarRead, ErrorCodes.NotFound).Answers<PeriodView>();
        routes.MapPost("/v1/periods/{id}/close", CloseAsync)
            .Operation("closePeriod", "Periods", "Closes a month: its payouts are final, and what comes later is paid in the first open month.", Scopes.PeriodsClose, ErrorCodes.NotFound, ErrorCodes.PeriodNotMonth, ErrorCodes.PeriodAlreadyClosed, ErrorCodes.EarlierPeriodOpen)
            .Answers<PeriodView>(200, 202).Idempotent().TakesPrefer();
        routes.MapPost("/v1/periods/{id}/reopen", ReopenAsync)
            .Operation("reopenPeriod", "Periods", "Opens the month closed last again, while none of its payouts has moved on.", Scopes.PeriodsClose, ErrorCodes.NotFound, ErrorCodes.PeriodNotMonth, ErrorCodes.PeriodNotClosed, ErrorCodes.LaterPeriodClosed, ErrorCodes.PeriodPayoutsMoved)
            .Answers<PeriodView>(200, 202).Idempotent().TakesPrefer();
    }

    private IResult Page(HttpContext http)
    {
        var seek = http.Seek(PeriodQueries.Keys);
        if (seek.Error is { } refusal)
        {
            return Answer.Problem(refusal);
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
        return http.Page(PeriodQueries.Keys, queries.List(http.Caller(), kind, seek.Value), p => PeriodView.Of(company, p));
    }

    private IResult Get(string id, HttpContext http) => Answer.Of(queries.Get(http.Caller(), id));

    private Task<IResult> CloseAsync(string id, HttpContext http) => MoveAsync(id, http, commands.CloseAsync);

    private Task<IResult> ReopenAsync(string id, HttpContext http) => MoveAsync(id, http, commands.ReopenAsync);

    /// <summary>The month itself says how far it is: open, closing, closed.</summary>
    private Task<IResult> MoveAsync(string id, HttpContext http, Func<Caller, string, Task<Result<FiscalMonth>>> move)
    {
        var caller = http.Caller();
        Company Now() => tenants.Get(caller.Tenant).Company;
        return http.AnswerAsync(
            () => move(caller, id), month => Answer.Of(month, m => PeriodView.Of(Now(), m)), () => (PeriodView.Of(Now(), Now().Calendar.Find(id)!), $"/v1/periods/{Uri.EscapeDataString(id)}"), log, Now().Calendar.Find(id) is not null);
    }
}
