using Spm.Compensation.Payouts;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Tenants;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>What payroll holds: the claim that its acknowledgements name, until when, and the lines still open.</summary>
/// <param name="Known">The same request was given it before.</param>
public sealed record Lease(string Claim, long Until, IReadOnlyList<LineRow> Open, bool Known = false);

/// <summary>
/// Lends approved batches to payroll for a while: one run at a time. A lease that has run out is as if it had been given back; every
/// reader and every command of batches sees to that first.
/// </summary>
public sealed class LeaseCommands(TenantDirectory tenants, SpmStore store, RecordClock clock)
{
    public const int DefaultSeconds = 900;

    /// <param name="key">
    /// The request's Idempotency-Key. It names the claim, so that the same request finds the lease it was given, even where the platform ended before
    /// it could answer: for as long as the claim holds the batch, and with the lines that are open by then. What was answered before is never answered
    /// again as it was: lines that somebody has paid meanwhile must not be handed out twice.
    /// </param>
    public async Task<Result<Lease>> ClaimAsync(Caller caller, string id, int seconds, string? key = null)
    {
        if (caller.Lacks(Scopes.PayrollPull) is { } lacking)
        {
            return lacking;
        }
        if (seconds is < 1 or > Limits.MaxLeaseSeconds)
        {
            return Error.Of("lease_seconds", ErrorCodes.FieldMalformed, $"A lease lasts 1 to {Limits.MaxLeaseSeconds} seconds.");
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.ReadAsync();
        return await store.Writer.WriteAsync<Result<Lease>>(session =>
        {
            // The clock is read inside the write: a claim that has waited for its turn lasts from now on.
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var events = EventLog.Of(session, tenant.No, now);
            Expire(session, tenant.Company, events, now);
            if (BatchTable.Find(session, tenant.No, id) is not { } batch || !BatchQueries.Sees(caller, batch))
            {
                return new Error(ErrorCodes.NotFound, $"There is no payout batch '{id}'.");
            }
            var claim = key is null ? Ids.Random("clm") : Ids.ForRequest("clm", tenant.No, caller.Credential, key, id);
            if (batch.Status == BatchStatus.Claimed && batch.Claim == claim)
            {
                AuditTable.Append(session, caller, "payout_batch.replay", id, null, new { Operation = "claimPayoutBatch" }, now);
                return new Lease(claim, batch.LeaseUntil, OpenLines(session, tenant.No, id), Known: true);
            }
            if (batch.Status == BatchStatus.Claimed)
            {
                return new Error(ErrorCodes.BatchClaimed, $"Another run holds the batch until {Wire.Instant(batch.LeaseUntil)}.");
            }
            if (batch.Status != BatchStatus.Approved)
            {
                return new Error(ErrorCodes.BatchMoveIllegal, $"The batch is {EnumNames.Of(batch.Status)}: only an approved one is claimed.");
            }
            var lease = new Lease(claim, now + (seconds * 1000L), OpenLines(session, tenant.No, id));
            BatchTable.Move(session, tenant.No, batch, BatchStatus.Claimed, lease.Claim, caller.Credential, lease.Until, now);
            MoveOpen(session, tenant.Company, events, batch, lease.Open, PayoutMove.Claim, now);
            var after = BatchTable.Find(session, tenant.No, id)!;
            AuditTable.Append(session, caller, "payout_batch.claim", id, BatchView.Of(batch, tenant.Company), BatchView.Of(after, tenant.Company), now);
            BatchView.Tell(events, EventTypes.Of(after.Status), after, tenant.Company);
            return lease;
        });
    }

    /// <summary>Gives the batch back before its lease ends; open lines wait for the next claim.</summary>
    public async Task<Result<BatchRow>> ReleaseAsync(Caller caller, string id, string? claim)
    {
        if (caller.Lacks(Scopes.PayrollPull) is { } lacking)
        {
            return lacking;
        }
        if (string.IsNullOrWhiteSpace(claim))
        {
            return Error.Of("claim", ErrorCodes.FieldRequired, "The field 'claim' is required.");
        }
        var tenant = tenants.Get(caller.Tenant);
        using var entry = await tenant.Gate.ReadAsync();
        return await store.Writer.WriteAsync<Result<BatchRow>>(session =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (BatchTable.Find(session, tenant.No, id) is not { } batch || !BatchQueries.Sees(caller, batch))
            {
                return new Error(ErrorCodes.NotFound, $"There is no payout batch '{id}'.");
            }
            if (Holds(batch, claim, now) is { } refusal)
            {
                return refusal;
            }
            var events = EventLog.Of(session, tenant.No, now);
            GiveBack(session, tenant.Company, events, batch, claim: null, now);
            var after = BatchTable.Find(session, tenant.No, id)!;
            AuditTable.Append(session, caller, "payout_batch.release", id, BatchView.Of(batch, tenant.Company), BatchView.Of(after, tenant.Company), now);
            BatchView.Tell(events, EventTypes.BatchReleased, after, tenant.Company);
            return after;
        });
    }

    /// <summary>Takes back the leases that have run out. Costs a look when there are none.</summary>
    public async Task ExpireAsync(TenantRuntime tenant)
    {
        if (store.Read(s => BatchTable.AnyExpired(s, tenant.No, clock.GetUtcNow().ToUnixTimeMilliseconds())))
        {
            await store.Writer.WriteAsync(session =>
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                Expire(session, tenant.Company, EventLog.Of(session, tenant.No, now), now);
            });
        }
    }

    /// <summary>Null when this claim holds the batch at this instant.</summary>
    internal static Error? Holds(BatchRow batch, string claim, long now) =>
        batch.Claim != claim ? new Error(ErrorCodes.ClaimUnknown, "This claim does not hold the batch: it was given back, or another one followed.")
        : batch.IsHeldAt(now) ? null
        : batch.Status == BatchStatus.Paid ? new Error(ErrorCodes.BatchMoveIllegal, "Every line of the batch is acknowledged.")
        : new Error(ErrorCodes.ClaimExpired, $"The lease ended at {Wire.Instant(batch.LeaseUntil)}: claim the batch again.");

    private static void Expire(SqlSession session, Company company, EventLog events, long now)
    {
        foreach (var batch in BatchTable.Expired(session, company.Tenant, now))
        {
            // The claim stays named, so that its holder learns that it has expired and not that it never was.
            GiveBack(session, company, events, batch, batch.Claim, now);
            var after = BatchTable.Find(session, company.Tenant, batch.Id)!;
            AuditTable.Append(
                session, company.Tenant, AuditTable.Platform, "payout_batch.expire", batch.Id, "",
                AuditTable.Text(BatchView.Of(batch, company)), AuditTable.Text(BatchView.Of(after, company)), now);
            BatchView.Tell(events, EventTypes.BatchExpired, after, company);
        }
    }

    private static void GiveBack(SqlSession session, Company company, EventLog events, BatchRow batch, string? claim, long now)
    {
        BatchTable.Move(session, company.Tenant, batch, BatchStatus.Approved, claim, claimedBy: null, batch.LeaseUntil, now);
        MoveOpen(session, company, events, batch, OpenLines(session, company.Tenant, batch.Id), PayoutMove.Release, now);
    }

    private static List<LineRow> OpenLines(SqlSession session, int tenant, string batch) =>
        BatchTable.LinesOf(session, tenant, batch).FindAll(l => l.Outcome is null);

    private static void MoveOpen(SqlSession session, Company company, EventLog events, BatchRow batch, IReadOnlyList<LineRow> open, PayoutMove move, long now)
    {
        foreach (var line in open)
        {
            PayoutMoves.Apply(session, company, events, PayoutMoves.Of(session, company.Tenant, batch.Id, line), move, batch.Id, now);
        }
    }
}
