using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>Which deliveries are asked for; null does not narrow.</summary>
public sealed record DeliveryFilter(string? Status, string? Type, string? Subject);

public sealed class WebhookQueries(SpmStore store, RecordClock clock)
{
    public Result<IReadOnlyList<MadeWebhook>> List(Caller caller) => caller.Lacks(Scopes.WebhooksRead) is { } lacking
        ? lacking
        : store.ReadSnapshot(s => WebhookTable.All(s, caller.Tenant).ConvertAll(w => new MadeWebhook(w, WebhookTable.Secrets(s, w.No, Now))));

    /// <summary>Those of these ids. A tenant has few webhooks.</summary>
    public Result<IReadOnlyList<MadeWebhook>> Find(Caller caller, IReadOnlyList<string> ids) => List(caller).Then<IReadOnlyList<MadeWebhook>>(all => [.. all.Where(w => ids.Contains(w.Row.Id))]);

    public Result<MadeWebhook> Get(Caller caller, string id) =>
        caller.Lacks(Scopes.WebhooksRead) is { } lacking ? lacking
        : store.ReadSnapshot(s => WebhookTable.Find(s, caller.Tenant, id) is { } row ? new MadeWebhook(row, WebhookTable.Secrets(s, row.No, Now)) : null) is { } found ? found
        : Unknown(id);

    /// <summary>The newest event first.</summary>
    public static readonly Keyset<DeliveryRow, long> DeliveryKeys = Keyset.Newest<DeliveryRow>("deliveries", d => d.Event.Seq);

    public Result<IReadOnlyList<DeliveryRow>> Deliveries(Caller caller, string id, DeliveryFilter filter, Seek<long> seek)
    {
        if (caller.Lacks(Scopes.WebhooksRead) is { } lacking)
        {
            return lacking;
        }
        DeliveryStatus? status = null;
        if (filter.Status is { } name)
        {
            if (!EnumNames.TryParse<DeliveryStatus>(name, out var known))
            {
                return Error.Of("status", ErrorCodes.ParameterInvalid, $"`status` is one of {EnumNames.List<DeliveryStatus>()}.");
            }
            status = known;
        }
        return store.Read(s => WebhookTable.Find(s, caller.Tenant, id) is { } row ? DeliveryTable.Page(s, row.No, status, filter.Type, filter.Subject, seek) : null) is { } rows
            ? rows
            : Unknown(id);
    }

    public Result<DeliveryDetailView> Delivery(Caller caller, string id, string eventId)
    {
        if (caller.Lacks(Scopes.WebhooksRead) is { } lacking)
        {
            return lacking;
        }
        return store.ReadSnapshot(s => WebhookTable.Find(s, caller.Tenant, id) is { } webhook && DeliveryTable.Find(s, webhook.No, caller.Tenant, eventId) is { } row
            ? new DeliveryDetailView(
                DeliveryView.Of(row),
                JsonElement.Parse(webhook.Payload == WebhookPayload.Full && HidesPay(caller) is null ? row.Event.Data : row.Event.Brief),
                [.. DeliveryTable.Attempts(s, webhook.No, row.Event.Seq).Select(a => new AttemptView(a.No, Wire.Instant(a.At), a.Took, a.Answer, a.Detail))])
            : null) is { } found ? found : new Error(ErrorCodes.NotFound, $"There is no event '{eventId}' on its way to a webhook '{id}'.");
    }

    internal static Error Unknown(string id) => new(ErrorCodes.NotFound, $"There is no webhook '{id}'.");

    /// <summary>Null for whoever may see everybody's pay.</summary>
    internal static Error? HidesPay(Caller caller) =>
        caller.Lacks(Scopes.PayoutsRead) ?? caller.Lacks(Scopes.PayoutBatchesRead)
        ?? (caller.Reach == Reach.Everyone ? null : new Error(ErrorCodes.Forbidden, "Full payloads show everybody's pay, and the credential sees only some of it."));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
