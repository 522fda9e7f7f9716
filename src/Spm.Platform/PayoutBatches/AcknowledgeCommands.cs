using Spm.Compensation.Payouts;
using Spm.Platform.AuditTrail;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts;
using Spm.Platform.Tenants;
using Spm.Platform.Webhooks;
using Spm.Storage;

namespace Spm.Platform.PayoutBatches;

/// <summary>What payroll did with one line, as it says.</summary>
/// <param name="Reference">Payroll's own name for the payment.</param>
/// <param name="Reason">Why a line could not be paid.</param>
public sealed record Acknowledgement(string Line, LineOutcome Outcome, string? Reference, string? Reason);

/// <summary>
/// Takes in what payroll did. All lines of a request or none: a request with one mistake changes nothing. A line is acknowledged once;
/// the same again is answered as the first time, so that payroll may repeat a request whose answer it lost.
/// </summary>
public sealed class AcknowledgeCommands(TenantDirectory tenants, SpmStore store, RecordClock clock)
{
    public async Task<Result<BatchRow>> AcknowledgeAsync(Caller caller, string id, string claim, IReadOnlyList<Acknowledgement> said)
    {
        if (caller.Lacks(Scopes.PayrollPull) is { } lacking)
        {
            return lacking;
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
            var lines = BatchTable.LinesOf(session, tenant.No, id).ToDictionary(l => l.Id, StringComparer.Ordinal);
            if (batch.Claim != claim)
            {
                // Another run may have followed since: what was said under the claim before is in, and stays said.
                return said.All(a => IsKnown(a, lines)) ? batch : LeaseCommands.Holds(batch, claim, now)!;
            }
            if (Mistakes(said, lines) is { Count: > 0 } mistakes)
            {
                return Error.Of(mistakes);
            }
            var news = said.Where(a => lines[a.Line].Outcome is null).DistinctBy(a => a.Line, StringComparer.Ordinal).ToList();
            if (news.Count > 0 && LeaseCommands.Holds(batch, claim, now) is { } refusal)
            {
                return refusal;
            }
            // Nothing below may fail.
            var events = EventLog.Of(session, tenant.No, now);
            foreach (var one in news)
            {
                Record(session, tenant.Company, events, batch, lines[one.Line], one, now);
            }
            if (news.Count > 0)
            {
                var open = lines.Values.Count(l => l.Outcome is null) - news.Count;
                BatchTable.Move(session, tenant.No, batch, open == 0 ? BatchStatus.Paid : BatchStatus.Claimed, now);
                AuditTable.Append(session, caller, "payout_batch.acknowledge", id, BatchView.Of(batch, tenant.Company), news, now);
                return Told(BatchTable.Find(session, tenant.No, id)!, tenant.Company, events);
            }
            return BatchTable.Find(session, tenant.No, id)!;
        });
    }

    private static BatchRow Told(BatchRow after, Company company, EventLog events)
    {
        BatchView.Tell(events, EventTypes.BatchAcknowledged, after, company);
        if (after.Status == BatchStatus.Paid)
        {
            BatchView.Tell(events, EventTypes.Of(after.Status), after, company);
        }
        return after;
    }

    private static bool IsKnown(Acknowledgement said, Dictionary<string, LineRow> lines) =>
        lines.TryGetValue(said.Line, out var line) && line.Outcome is { } outcome && IsSame(new Acknowledgement(line.Id, outcome, line.Reference, line.Reason), said);

    private static List<FieldError> Mistakes(IReadOnlyList<Acknowledgement> said, Dictionary<string, LineRow> lines)
    {
        List<FieldError> mistakes = [];
        var seen = new Dictionary<string, Acknowledgement>(StringComparer.Ordinal);
        for (var i = 0; i < said.Count; i++)
        {
            var one = said[i];
            if (!lines.TryGetValue(one.Line, out var line))
            {
                mistakes.Add(new FieldError($"lines/{i}/line", ErrorCodes.LineUnknown, $"The batch has no line '{one.Line}'."));
                continue;
            }
            var known = line.Outcome is { } outcome ? new Acknowledgement(line.Id, outcome, line.Reference, line.Reason) : seen.GetValueOrDefault(one.Line);
            if (known is not null && !IsSame(known, one))
            {
                mistakes.Add(new FieldError(
                    $"lines/{i}", ErrorCodes.LineAlreadyAcknowledged, $"The line is {EnumNames.Of(known.Outcome)}{(known.Reference is null ? "" : $" under reference {known.Reference}")}."));
            }
            seen.TryAdd(one.Line, one);
        }
        return mistakes;
    }

    /// <summary>Paid under another reference is another payment, not the same said again. Why a line failed may be put into other words.</summary>
    private static bool IsSame(Acknowledgement one, Acknowledgement other) =>
        one.Outcome == other.Outcome && (one.Outcome == LineOutcome.Failed || one.Reference == other.Reference);

    /// <summary>A line that failed leaves its payout approved and free for a later batch, as a line of that one.</summary>
    private static void Record(SqlSession session, Company company, EventLog events, BatchRow batch, LineRow line, Acknowledgement said, long now)
    {
        BatchTable.InsertResult(session, company.Tenant, line.Id, said.Outcome, said.Reference, said.Reason, now);
        var payout = PayoutMoves.Of(session, company.Tenant, batch.Id, line);
        if (said.Outcome == LineOutcome.Paid)
        {
            PayoutMoves.Apply(session, company, events, payout, PayoutMove.Pay, batch.Id, now);
        }
        else
        {
            PayoutMoves.Apply(session, company, events, payout, PayoutMove.Release, batch: null, now);
        }
    }
}
