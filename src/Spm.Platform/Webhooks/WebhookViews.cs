using System.Text.Json;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <param name="Url">A public https address.</param>
/// <param name="Events">The types it is sent: docs/webhooks.md lists them. All when left out or empty.</param>
/// <param name="Description">What it is for, in the words of whoever makes it.</param>
/// <param name="Payload">thin (ids alone; when left out) or full, which shows pay and needs payouts.read and payout_batches.read besides.</param>
/// <param name="Enabled">False: nothing is sent until it is true again. True when left out.</param>
public sealed record WebhookInput(string Url, IReadOnlyList<string>? Events = null, string? Description = null, WebhookPayload Payload = WebhookPayload.Thin, bool Enabled = true);

/// <param name="OverlapSeconds">How long events are signed with the old secret as well, up to a week: 86400 when left out, 0 for not at all.</param>
public sealed record RotateSecretInput(int? OverlapSeconds = null);

/// <param name="Event">One event, by its id.</param>
/// <param name="Since">Or every event from this instant on that the webhook listens to, also those it was not sent while it was disabled.</param>
/// <param name="FailedOnly">Of these only those that were given up.</param>
public sealed record ReplayInput(string? Event = null, DateTimeOffset? Since = null, bool FailedOnly = false);

/// <param name="Events">How many are on their way again.</param>
public sealed record ReplayView(int Events);

/// <param name="EndsAt">Events are signed with it until then; null for the current one.</param>
public sealed record SecretView(string CreatedAt, string? EndsAt);

/// <param name="Events">The types it is sent; all when empty.</param>
/// <param name="Status">enabled or disabled.</param>
/// <param name="Reason">Why it is disabled: by_request, gone (it answered 410) or failing (nothing got through for days).</param>
/// <param name="Secrets">When each was made; the secrets themselves are shown once.</param>
public sealed record WebhookView(
    string Id, string Url, IReadOnlyList<string> Events, string? Description, WebhookPayload Payload, WebhookStatus Status, string? Reason,
    IReadOnlyList<SecretView> Secrets, string CreatedBy, string CreatedAt, string UpdatedAt) : INode
{
    public static WebhookView Of(WebhookRow row, IReadOnlyList<WebhookSecret> secrets) => new(
        row.Id, row.Url, row.Events, row.Description, row.Payload, row.Status, row.Reason,
        [.. secrets.Select(s => new SecretView(Wire.Instant(s.CreatedAt), s.EndsAt is { } end ? Wire.Instant(end) : null))],
        row.CreatedBy, Wire.Instant(row.CreatedAt), Wire.Instant(row.UpdatedAt));
}

/// <param name="Secret">Verifies what is sent: `whsec_` and base64. It is not shown again.</param>
public sealed record MadeWebhookView(WebhookView Webhook, string Secret);

/// <param name="Event">The event's id, sent as `webhook-id`.</param>
/// <param name="Subject">The id of what it is about.</param>
/// <param name="Status">waiting, delivered or failed.</param>
/// <param name="NextAttemptAt">Not before; null unless it waits.</param>
public sealed record DeliveryView(string Event, string Type, string Subject, DeliveryStatus Status, int Attempts, string? NextAttemptAt, string OccurredAt, string UpdatedAt)
{
    public static DeliveryView Of(DeliveryRow row) => new(
        row.Event.Id, row.Event.Type, row.Event.Subject, row.Status, row.Attempts, row.Status == DeliveryStatus.Waiting ? Wire.Instant(row.NextAt) : null,
        Wire.Instant(row.Event.At), Wire.Instant(row.UpdatedAt));
}

/// <param name="Answer">The HTTP status; null where no answer came.</param>
/// <param name="Detail">Why no answer came, or how the answer begins.</param>
public sealed record AttemptView(int No, string At, long Milliseconds, int? Answer, string? Detail);

/// <param name="Data">`data` of what is sent. Of a full payload only whoever may see pay is shown more than ids.</param>
/// <param name="Log">Every attempt, also those before a replay.</param>
public sealed record DeliveryDetailView(DeliveryView Delivery, JsonElement Data, IReadOnlyList<AttemptView> Log);
