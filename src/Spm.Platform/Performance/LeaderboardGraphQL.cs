using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Performance;

/// <summary>A leaderboard as it has become.</summary>
/// <param name="Cursor">Names the state: `after` of a subscription that takes this one up again.</param>
/// <param name="Rows">The best first.</param>
public sealed record LeaderboardEvent(string Cursor, IReadOnlyList<LeaderboardRowView> Rows);

[QueryType]
internal static class LeaderboardRoots
{
    /// <summary>Reps with a plan in a period, the best first: a team, or all whom the caller sees.</summary>
    /// <param name="period">A fiscal month, quarter or year.</param>
    /// <param name="manager">By id or external id: only who is beneath them today.</param>
    /// <param name="orderBy">By what reps are ranked.</param>
    /// <param name="first">Rows at most: 1 to 100.</param>
    [Cost(20, AssumedSize = 10)]
    public static Task<IReadOnlyList<LeaderboardRowView>> GetLeaderboardAsync(
        string period, LeaderboardQueries queries, Call call, string? manager = null, LeaderboardOrder orderBy = LeaderboardOrder.Attainment, int first = 10) =>
        queries.RankAsync(call.Caller, period, manager, orderBy, first).OrRefuse();
}

[SubscriptionType]
internal static class LeaderboardSubscriptions
{
    /// <summary>The same as it is, and again whenever it has changed.</summary>
    /// <param name="period">A fiscal month, quarter or year.</param>
    /// <param name="manager">By id or external id: only who is beneath them today.</param>
    /// <param name="orderBy">By what reps are ranked.</param>
    /// <param name="first">Rows at most: 1 to 100.</param>
    /// <param name="after">The cursor of the last event that was received: what has changed since is told at once.</param>
    public static IAsyncEnumerable<LeaderboardEvent> GetLeaderboard(
        string period, LeaderboardQueries queries, Watch watch, Call call, CancellationToken cancellation,
        string? manager = null, LeaderboardOrder orderBy = LeaderboardOrder.Attainment, int first = 10, string? after = null) => watch.StatesAsync(
            () => queries.RankAsync(call.Caller, period, manager, orderBy, first), (rows, cursor) => new LeaderboardEvent(cursor, rows), after,
            () => (call.Company.Version, call.Tenant.LastCommit, call.Tenant.Quiet, call.Caller.Day), cancellation: cancellation);
}
