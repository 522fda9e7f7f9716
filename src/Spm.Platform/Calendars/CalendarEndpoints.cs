using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Calendars;

public sealed record CalendarView(IReadOnlyList<YearView> Years);

public sealed record YearView(string Id, DateOnly From, DateOnly To, IReadOnlyList<QuarterView> Quarters, IReadOnlyList<PeriodView> Months);

public sealed record QuarterView(string Id, DateOnly From, DateOnly To);

/// <summary>From (included) to (not included). Status and closing time belong to months.</summary>
public sealed record PeriodView(string Id, PeriodKind Kind, string? Quarter, DateOnly From, DateOnly To, string? Status, string? ClosedAt);

public sealed class CalendarEndpoints(TenantDirectory tenants, CalendarCommands commands) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/calendar/years/{year}", PutAsync)
            .Operation("putFiscalYear", "Calendar", "Sets a fiscal year: twelve months from a start day, or months given one by one.", Scopes.ConfigurationWrite, ErrorCodes.CalendarInvalid, ErrorCodes.CalendarOverlaps, ErrorCodes.CalendarGap, ErrorCodes.CalendarInUse)
            .Reads<YearInput>().Answers<CalendarView>();
        routes.MapGet("/v1/calendar", (HttpContext http) => http.Caller().Lacks(Scopes.CalendarRead) is { } lacking ? Answer.Problem(lacking) : Answer.Ok(View(tenants.Get(http.Caller().Tenant).Company)))
            .Operation("getCalendar", "Calendar", "The fiscal years with their quarters and months.", Scopes.CalendarRead).Answers<CalendarView>();
    }

    public static PeriodView View(Company company, FiscalPeriod period) => company.Calendar.MonthByNo(period.No) is { } month && month.Id == period.Id
        ? View(company, month)
        : new PeriodView(period.Id, period.Kind, null, period.From, period.To, null, null);

    public static PeriodView View(Company company, FiscalMonth month)
    {
        var status = company.StatusOf(month);
        return new PeriodView(
            month.Id,
            PeriodKind.Month,
            month.Quarter.Id,
            month.Period.From,
            month.Period.To,
            status switch { PeriodStatus.Open => "open", PeriodStatus.Closing => "closing", _ => "closed" },
            status == PeriodStatus.Closed ? Wire.Instant(company.Periods[month.Id].ChangedAt) : null);
    }

    private async Task<IResult> PutAsync(string year, HttpContext http)
    {
        var input = await http.ReadAsync<YearInput>();
        return input.IsOk ? Answer.Of(await commands.PutYearAsync(http.Caller(), year, input.Value), View) : Answer.Problem(input.Error!);
    }

    private static CalendarView View(Company company) => new(
    [
        .. company.Calendar.Years.Select(y => new YearView(
            y.Id,
            y.Period.From,
            y.Period.To,
            [.. y.Months.Select(m => m.Quarter).DistinctBy(q => q.Id).Select(q => new QuarterView(q.Id, q.From, q.To))],
            [.. y.Months.Select(m => View(company, m))])),
    ]);
}
