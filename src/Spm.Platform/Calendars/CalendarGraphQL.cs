using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Calendars;

[QueryType]
internal static class CalendarRoots
{
    /// <summary>The fiscal years with their quarters and months.</summary>
    public static CalendarView GetCalendar(CalendarQueries queries, Call call) => queries.Get(call.Caller).OrRefuse();
}
