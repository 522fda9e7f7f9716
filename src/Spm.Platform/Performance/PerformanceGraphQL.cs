using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Performance;

/// <summary>Which attainments are asked for; null does not narrow.</summary>
/// <param name="Period">Quotas of exactly this fiscal period, also those that its parts add up to. Every quota as it was set when left out.</param>
/// <param name="Measure">Only of this measure, by id or external id.</param>
/// <param name="Rep">Only of this rep, by id or external id.</param>
/// <param name="Credits">Which credits count: direct, overlay, roll_up. Direct ones alone when left out.</param>
public sealed record AttainmentFilter(string? Period = null, string? Measure = null, string? Rep = null, IReadOnlyList<string>? Credits = null);

[QueryType]
internal static class PerformanceRoots
{
    /// <summary>Every rep with a plan in a period whom the caller sees: credited, attainment of the first component, earnings and payout.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="period">A fiscal month, quarter or year.</param>
    /// <param name="orderBy">By what reps are sorted, the best first; in the order they were created when left out. Cursors are places then: they move when figures do.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static async Task<Page<RepPerformanceView>> GetRepPerformanceAsync(
        PageArguments page, string period, PerformanceQueries queries, LeaderboardQueries leaderboard, Call call, LeaderboardOrder? orderBy = null) => orderBy is { } order
        ? Page<RepPerformanceView>.Of(await leaderboard.SortedAsync(call.Caller, period, order).OrRefuse(), page)
        : await Pages.OfAsync(PerformanceQueries.Keys, page, seek => queries.RepsAsync(call.Caller, period, seek), r => r.View, () => Task.FromResult(queries.Count(call.Caller, period)));

    /// <summary>Credits against every quota, as of now.</summary>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<AttainmentView>> GetAttainmentsAsync(PageArguments page, AttainmentQueries queries, Call call, AttainmentFilter? filter = null)
    {
        var asked = filter ?? new AttainmentFilter();
        var credits = asked.Credits is { } kinds ? string.Join(',', kinds) : null;
        return Pages.Of(
            AttainmentQueries.Keys, page, seek => queries.List(call.Caller, asked.Period, asked.Measure, asked.Rep, credits, seek), r => r.View,
            () => queries.Count(call.Caller, asked.Period, asked.Measure, asked.Rep));
    }
}
