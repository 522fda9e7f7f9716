using Spm.Compensation.Payouts;
using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.Payouts;

/// <summary>Moves single payouts through review. One that is in a batch moves with its batch.</summary>
public sealed class PayoutCommands(TenantDirectory tenants, Settlements settlements, FourEyes fourEyes, SpmStore store, RecordClock clock)
{
    private static readonly PayoutMove[] ByHand = [PayoutMove.Submit, PayoutMove.Approve, PayoutMove.Reject];

    public Task<Result<PayoutRow>> SubmitAsync(Caller caller, string id, string ifMatch) => MoveAsync(caller, Scopes.PayoutsReview, id, PayoutMove.Submit, ifMatch);

    public Task<Result<PayoutRow>> ApproveAsync(Caller caller, string id, string ifMatch) => MoveAsync(caller, Scopes.PayoutsApprove, id, PayoutMove.Approve, ifMatch);

    public Task<Result<PayoutRow>> RejectAsync(Caller caller, string id, string ifMatch) => MoveAsync(caller, Scopes.PayoutsApprove, id, PayoutMove.Reject, ifMatch);

    private async Task<Result<PayoutRow>> MoveAsync(Caller caller, string scope, string id, PayoutMove move, string ifMatch)
    {
        if (caller.Lacks(scope) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await settlements.SettleAsync(tenant);
        // Held so that no month is closed or reopened while one of its payouts moves.
        using var entry = await tenant.Gate.ReadAsync();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync<Result<PayoutRow>>(session =>
        {
            if (PayoutTable.ById(session, tenant.No, id) is not { } row || !PayoutQueries.Sees(Sight.Of(caller, tenant.Company), tenant.Company, row.Rep, row.Month))
            {
                return new Error(ErrorCodes.NotFound, $"There is no payout '{id}'.");
            }
            if ((Refuses(row, move, ifMatch) ?? (move == PayoutMove.Approve ? fourEyes.Refuses(session, caller, tenant.Company, [row], []) : null)) is { } refusal)
            {
                return refusal;
            }
            PayoutMoves.Apply(session, tenant.Company, EventLog.Of(session, tenant.No, now), row, move, batch: null, now);
            if (move == PayoutMove.Submit)
            {
                FourEyes.Submitted(session, caller, row.Id, now);
            }
            var after = PayoutTable.Find(session, tenant.No, row.Rep, row.Month)!;
            AuditTable.Append(session, caller, $"payout.{EnumNames.Of(move)}", row.Id, State(row), State(after), now);
            return after;
        });
    }

    private static string Illegal(PayoutStatus status, PayoutMove move)
    {
        List<string> legal = [.. ByHand.Where(m => PayoutLifecycle.TryMove(status, m, out _)).Select(m => $"'{EnumNames.Of(m)}'")];
        var instead = legal.Count > 0 ? $"it takes {string.Join(" or ", legal)}" : status == PayoutStatus.Paid ? "nothing comes after it" : "it goes on with a batch and payroll";
        return $"'{EnumNames.Of(move)}' is no move of a payout that is {EnumNames.Of(status)}: {instead}.";
    }

    private static object State(PayoutRow row) => new { row.Status, row.Version, row.Due, row.Currency };

    private static Error? Refuses(PayoutRow row, PayoutMove move, string ifMatch) =>
        !EntityTags.Match(ifMatch, row.ETag) ? EntityTags.Changed("payout")
        : !row.Final ? new Error(ErrorCodes.PayoutIsTrial, "The period is open: close it first.")
        : row.Batch is not null ? new Error(ErrorCodes.PayoutInBatch, $"The payout moves with its batch {row.Batch}.")
        : !PayoutLifecycle.TryMove(row.Status, move, out _) ? new Error(ErrorCodes.PayoutMoveIllegal, Illegal(row.Status, move))
        : null;
}
