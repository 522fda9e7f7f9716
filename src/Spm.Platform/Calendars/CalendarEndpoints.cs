using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Calendars;

public sealed class CalendarEndpoints(CalendarQueries queries, CalendarCommands commands) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/calendar/years/{year}", PutAsync)
            .Operation("putFiscalYear", "Calendar", "Sets a fiscal year: twelve months from a start day, or months given one by one.", Scopes.ConfigurationWrite, ErrorCodes.CalendarInvalid, ErrorCodes.CalendarOverlaps, ErrorCodes.CalendarGap, ErrorCodes.CalendarInUse)
            .Reads<YearInput>().Answers<CalendarView>();
        routes.MapGet("/v1/calendar", (HttpContext http) => Answer.Of(queries.Get(http.Caller())))
            .Operation("getCalendar", "Calendar", "The fiscal years with their quarters and months.", Scopes.CalendarRead).Answers<CalendarView>();
    }

    private async Task<IResult> PutAsync(string year, HttpContext http)
    {
        var input = await http.ReadAsync<YearInput>();
        return input.IsOk ? Answer.Of(await commands.PutYearAsync(http.Caller(), year, input.Value), CalendarView.Of) : Answer.Problem(input.Error!);
    }
}
