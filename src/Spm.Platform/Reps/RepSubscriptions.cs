using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Reps;

/// <summary>A rep's figures as they have become.</summary>
/// <param name="Cursor">Names the state: `after` of a subscription that takes this one up again.</param>
/// <param name="Live">Attainment, incentives and payouts as of now.</param>
public sealed record RepLiveEvent(string Cursor, RepLiveView Live);

[SubscriptionType]
internal static class RepSubscriptions
{
    /// <summary>A rep's attainment, incentives and payouts: as they are, and again whenever they have changed.</summary>
    /// <param name="rep">Id of the rep.</param>
    /// <param name="period">A fiscal month, quarter or year; all months when left out.</param>
    /// <param name="after">The cursor of the last event that was received: what has changed since is told at once.</param>
    public static IAsyncEnumerable<RepLiveEvent> GetRepLive([ID] string rep, RepLiveQueries queries, Watch watch, Call call, CancellationToken cancellation, string? period = null, string? after = null) =>
        watch.StatesAsync(() => queries.LiveAsync(call.Caller, rep, period), (live, cursor) => new RepLiveEvent(cursor, live), after, () => Mark(call, rep), cancellation: cancellation);

    /// <summary>What a rep's figures are made of: their own transactions, the company, and everybody's where the plan looks at others.</summary>
    private static object Mark(Call call, string id)
    {
        var (tenant, company) = (call.Tenant, call.Company);
        return company.Reps.ById(id) is not { } rep ? company.Version
            : company.SharedPlansOf(rep.No).Any() ? (company.Version, tenant.LastCommit, tenant.Quiet)
            : (object)(company.Version, tenant.MarksOf(rep.No), tenant.HasArrived(rep.No));
    }
}
