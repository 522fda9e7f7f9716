using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Calendars;

/// <summary>A fiscal year: twelve months from a start day, or months given one by one.</summary>
/// <param name="Year">What the year is called: 2025, FY25.</param>
/// <param name="Start">Twelve months from this day (day 1 to 28 of a month). Or:</param>
/// <param name="Months">The first day and the quarter of each month, in order; a month ends where the next begins.</param>
/// <param name="End">The first day after the last of the months.</param>
public sealed record PutFiscalYearInput(string Year, DateOnly? Start = null, IReadOnlyList<YearMonthInput>? Months = null, DateOnly? End = null);

/// <summary>The calendar as it is now.</summary>
/// <param name="Calendar">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record CalendarPayload(CalendarView? Calendar, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class CalendarMutations
{
    /// <summary>Adds a fiscal year, or changes one in which no transaction lies and nothing was posted.</summary>
    public static async Task<CalendarPayload?> PutFiscalYearAsync(PutFiscalYearInput input, CalendarCommands commands, Call call) => await commands
        .PutYearAsync(call.Caller, input.Year, new YearInput(input.Start, input.Months, input.End))
        .PayloadAsync(company => new CalendarPayload(CalendarView.Of(company), []), errors => new CalendarPayload(null, errors));
}
