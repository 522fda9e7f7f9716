using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Payouts;

/// <summary>A payout as it has become.</summary>
/// <param name="Cursor">Names the state: `after` of a subscription that takes this one up again.</param>
public sealed record PayoutEvent(string Cursor, PayoutView Payout);

[SubscriptionType]
internal static class PayoutSubscriptions
{
    /// <summary>A payout's figures and status: as they are, and again whenever they have changed.</summary>
    /// <param name="id">Of the payout.</param>
    /// <param name="after">The cursor of the last event that was received: what has changed since is told at once.</param>
    public static IAsyncEnumerable<PayoutEvent> GetPayout([ID] string id, PayoutQueries queries, Watch watch, Call call, CancellationToken cancellation, string? after = null) =>
        watch.StatesAsync(
            async () => (await queries.GetAsync(call.Caller, id)).Then(call.View), (payout, cursor) => new PayoutEvent(cursor, payout), after,
            () => (queries.TagOf(call.Caller, id), call.Tenant.Quiet), cancellation: cancellation);
}
