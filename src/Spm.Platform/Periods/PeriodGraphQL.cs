using Spm.Compensation.Periods;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Calendars;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Periods;

/// <summary>Which fiscal periods are asked for; null does not narrow.</summary>
/// <param name="Kind">Only months, quarters, half-years or years.</param>
[GraphQLName("PeriodFilter")]
public sealed record PeriodFilterBy(PeriodKind? Kind = null);

[QueryType]
internal static class PeriodRoots
{
    /// <summary>One fiscal period by its name: 2025-03, 2025-Q1, 2025. Null where the calendar has none.</summary>
    public static PeriodView? GetPeriod([ID] string id, PeriodQueries queries, Call call) => queries.Get(call.Caller, id).OrNull();

    /// <summary>Fiscal periods in order of time, the shortest of one first day first.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<PeriodView>> GetPeriodsAsync(PageArguments page, PeriodQueries queries, Call call, PeriodFilterBy? filter = null)
    {
        var company = call.CompanyFor(Scopes.CalendarRead);
        return Pages.Of(
            PeriodQueries.Keys, page, seek => queries.List(call.Caller, filter?.Kind, seek), p => PeriodView.Of(company, p),
            () => queries.All(call.Caller, filter?.Kind).Then(all => all.LongCount()));
    }
}
