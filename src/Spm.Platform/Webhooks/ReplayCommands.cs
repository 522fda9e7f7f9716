using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>Sends events again, or a first one to see whether it arrives. An event keeps its id, by which a receiver knows it.</summary>
public sealed class ReplayCommands(SpmStore store, RecordClock clock)
{
    private const int AtOnce = 1000;

    public Task<Result<DeliveryRow>> TestAsync(Caller caller, string id) => WithAsync<DeliveryRow>(caller, id, (session, webhook, now) =>
    {
        var row = EventLog.Of(session, caller.Tenant, now).Test(webhook);
        AuditTable.Append(session, caller, "webhook.test", id, null, new { Event = row.Id }, now);
        return DeliveryTable.Find(session, webhook.No, caller.Tenant, row.Id)!;
    });

    /// <returns>How many events are on their way again.</returns>
    public async Task<Result<int>> ReplayAsync(Caller caller, string id, ReplayInput input)
    {
        if (caller.Lacks(Scopes.WebhooksWrite) is { } lacking)
        {
            return lacking;
        }
        if ((input.Event is null) == (input.Since is null))
        {
            return Error.Of("event", ErrorCodes.FieldRequired, "Name one `event`, or an instant `since` when events are sent again: one of the two.");
        }
        return await WithAsync<int>(caller, id, (session, webhook, now) =>
        {
            var queued = input.Event is { } one ? QueueOne(session, webhook, one, now) : QueueSince(session, webhook, input.Since!.Value.ToUnixTimeMilliseconds(), input.FailedOnly, now);
            if (queued.IsOk)
            {
                AuditTable.Append(session, caller, "webhook.replay", id, null, new { input.Event, input.Since, input.FailedOnly, Events = queued.Value }, now);
            }
            return queued;
        });
    }

    private static Result<int> QueueOne(SqlSession session, WebhookRow webhook, string id, long now)
    {
        if (EventTable.Find(session, webhook.Tenant, id) is not { } row)
        {
            return Error.Of("event", ErrorCodes.EventUnknown, $"There is no event '{id}', or it is more than {Limits.EventDays} days old.");
        }
        DeliveryTable.Queue(session, webhook.No, row.Seq, row.Subject, now);
        return 1;
    }

    private static Result<int> QueueSince(SqlSession session, WebhookRow webhook, long since, bool failedOnly, long now)
    {
        var (queued, after) = (0, 0L);
        while (EventTable.Since(session, webhook.Tenant, since, after, AtOnce) is { Count: > 0 } page)
        {
            after = page[^1].Seq;
            foreach (var row in page.Where(e => webhook.Wants(e.Type) && (!failedOnly || DeliveryTable.Find(session, webhook.No, webhook.Tenant, e.Id)?.Status == DeliveryStatus.Failed)))
            {
                if (++queued > Limits.ReplayedEvents)
                {
                    // Thrown, so that nothing of it stays.
                    throw new TooManyException();
                }
                DeliveryTable.Queue(session, webhook.No, row.Seq, row.Subject, now);
            }
        }
        return queued;
    }

    private async Task<Result<T>> WithAsync<T>(Caller caller, string id, Func<SqlSession, WebhookRow, long, Result<T>> act)
    {
        if (caller.Lacks(Scopes.WebhooksWrite) is { } lacking)
        {
            return lacking;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            return await store.Writer.WriteAsync(session => WebhookTable.Find(session, caller.Tenant, id) switch
            {
                null => WebhookQueries.Unknown(id),
                { Status: WebhookStatus.Disabled } => new Error(ErrorCodes.WebhookDisabled, "The webhook is disabled: enable it first."),
                var webhook => act(session, webhook, now),
            });
        }
        catch (TooManyException)
        {
            return Error.Of("since", ErrorCodes.LimitExceeded, $"At most {Limits.ReplayedEvents} events are sent again at a time: choose a later instant.");
        }
    }

    private sealed class TooManyException : Exception;
}
