using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>
/// Tells the webhooks of a tenant what a write does, in that write: events and the deliveries they make are committed with what they tell, or not
/// at all. Where nobody listens nothing is written. Events are kept where a webhook is disabled too, to be replayed.
/// </summary>
internal sealed class EventLog
{
    private readonly SqlSession _session;
    private readonly int _tenant;
    private readonly long _now;
    private readonly List<WebhookRow> _webhooks;
    private long? _last;

    private EventLog(SqlSession session, int tenant, long now, List<WebhookRow> webhooks) => (_session, _tenant, _now, _webhooks) = (session, tenant, now, webhooks);

    /// <summary>For the write that goes on in this session, and for no other one.</summary>
    public static EventLog Of(SqlSession session, int tenant, long now) => new(session, tenant, now, WebhookTable.All(session, tenant));

    /// <param name="subject">The id of what it is about: events of one subject arrive in the order they were told.</param>
    /// <param name="brief">What a thin payload says: ids, and nothing that only some may see.</param>
    /// <param name="data">What a full payload says; asked for only where somebody listens.</param>
    public void Tell(string type, string subject, object brief, Func<object> data)
    {
        if (_webhooks.Exists(w => w.Wants(type)))
        {
            var row = Append(type, subject, brief, data());
            foreach (var webhook in _webhooks.Where(w => w.Wants(type) && w.Status == WebhookStatus.Enabled))
            {
                DeliveryTable.Queue(_session, webhook.No, row.Seq, subject, _now);
            }
        }
    }

    /// <summary>To one webhook alone, whatever it listens to.</summary>
    public EventRow Test(WebhookRow webhook)
    {
        var row = Append(EventTypes.Test, webhook.Id, new { webhook.Id }, new { webhook.Id });
        DeliveryTable.Queue(_session, webhook.No, row.Seq, webhook.Id, _now);
        return row;
    }

    private EventRow Append(string type, string subject, object brief, object data)
    {
        _last ??= EventTable.LastSeq(_session);
        _last++;
        var row = new EventRow(_last.Value, _tenant, Ids.Random("evt"), type, subject, _now, JsonSerializer.Serialize(brief, Json.Options), JsonSerializer.Serialize(data, Json.Options));
        EventTable.Append(_session, row);
        return row;
    }
}
