using Spm.Compensation.Payouts;
using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Periods;
using Spm.Platform.Tenants;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>
/// Gathers payouts into batches and decides on them. Each command is one durable write that checks and then moves: writes follow one
/// another, so what was checked still holds.
/// </summary>
public sealed class BatchCommands(TenantDirectory tenants, Settlements settlements, FourEyes fourEyes, SpmStore store, RecordClock clock)
{
    /// <summary>Takes every final payout of the month that is above zero and in no batch yet.</summary>
    /// <param name="key">The request's Idempotency-Key. It names the batch, so that the same request finds the one it made.</param>
    public async Task<Result<BatchRow>> CreateAsync(Caller caller, string? period, string? key = null)
    {
        if (caller.Lacks(Scopes.PayoutsReview) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await settlements.SettleAsync(tenant);
        return await WriteAsync(tenant, (session, events, now) =>
        {
            var month = PeriodFilter.Month(tenant.Company, period);
            if (!month.IsOk)
            {
                return month.Error!;
            }
            var id = key is null ? Ids.Random("bat") : Ids.ForRequest("bat", tenant.No, caller.Credential, key, month.Value.Id);
            if (key is not null && BatchTable.Find(session, tenant.No, id) is { } earlier)
            {
                return earlier;
            }
            var payouts = PayoutTable.WaitingForBatch(session, tenant.No, month.Value.No);
            if (payouts.Count == 0)
            {
                return new Error(ErrorCodes.BatchEmpty, tenant.Company.StatusOf(month.Value) == PeriodStatus.Open
                    ? $"{period} is open: its payouts are final, and may go into a batch, once it is closed."
                    : $"{period} has no final payout above zero that is in no batch yet.");
            }
            BatchTable.Insert(session, tenant.No, id, month.Value.No, payouts, now);
            foreach (var payout in payouts)
            {
                PayoutMoves.Enter(session, tenant.Company, events, payout, id, now);
            }
            FourEyes.Submitted(session, caller, id, now);
            var made = BatchTable.Find(session, tenant.No, id)!;
            AuditTable.Append(session, caller, "payout_batch.create", id, null, BatchView.Of(made, tenant.Company), now);
            BatchView.Tell(events, EventTypes.BatchCreated, made, tenant.Company);
            return made;
        });
    }

    /// <summary>Approves the payouts still in review, each with its posting. From here on payroll may claim the batch.</summary>
    public Task<Result<BatchRow>> ApproveAsync(Caller caller, string id, string ifMatch) => DecideAsync(caller, id, ifMatch, BatchStatus.Approved, (session, tenant, events, payout, now) =>
    {
        if (payout.Status == PayoutStatus.InReview)
        {
            PayoutMoves.Apply(session, tenant.Company, events, payout, PayoutMove.Approve, payout.Batch, now);
        }
    });

    /// <summary>Takes the batch apart: payouts not yet approved are calculated again, approved ones wait for another batch.</summary>
    public Task<Result<BatchRow>> RejectAsync(Caller caller, string id, string ifMatch) => DecideAsync(caller, id, ifMatch, BatchStatus.Rejected, (session, tenant, events, payout, now) =>
    {
        if (payout.Status == PayoutStatus.InReview)
        {
            PayoutMoves.Apply(session, tenant.Company, events, payout, PayoutMove.Reject, batch: null, now);
        }
        else
        {
            PayoutMoves.Leave(session, tenant.Company, payout, now);
        }
    });

    private async Task<Result<BatchRow>> DecideAsync(
        Caller caller, string id, string ifMatch, BatchStatus to, Action<SqlSession, TenantRuntime, EventLog, PayoutRow, long> decide)
    {
        if (caller.Lacks(Scopes.PayoutsApprove) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        return await WriteAsync(tenant, (session, events, now) =>
        {
            if (BatchTable.Find(session, tenant.No, id) is not { } batch)
            {
                return new Error(ErrorCodes.NotFound, $"There is no payout batch '{id}'.");
            }
            if (!EntityTags.Match(ifMatch, batch.ETag))
            {
                return EntityTags.Changed("batch");
            }
            if (batch.Status != BatchStatus.InReview)
            {
                return new Error(ErrorCodes.BatchMoveIllegal, $"The batch is {EnumNames.Of(batch.Status)}: only one in review is decided on.");
            }
            var payouts = PayoutTable.InBatch(session, tenant.No, batch.Month, batch.Id);
            if (to == BatchStatus.Approved && fourEyes.Refuses(session, caller, tenant.Company, payouts, [batch.Id]) is { } refusal)
            {
                return refusal;
            }
            BatchTable.Move(session, tenant.No, batch, to, now);
            foreach (var payout in payouts)
            {
                decide(session, tenant, events, payout, now);
            }
            var after = BatchTable.Find(session, tenant.No, id)!;
            AuditTable.Append(
                session, caller, to == BatchStatus.Approved ? "payout_batch.approve" : "payout_batch.reject", id, BatchView.Of(batch, tenant.Company), BatchView.Of(after, tenant.Company), now);
            BatchView.Tell(events, EventTypes.Of(to), after, tenant.Company);
            return after;
        });
    }

    /// <summary>With the gate held, no month is closed or reopened while its payouts move.</summary>
    private async Task<Result<BatchRow>> WriteAsync(TenantRuntime tenant, Func<SqlSession, EventLog, long, Result<BatchRow>> write)
    {
        using var entry = await tenant.Gate.ReadAsync();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync(session => write(session, EventLog.Of(session, tenant.No, now), now));
    }
}
