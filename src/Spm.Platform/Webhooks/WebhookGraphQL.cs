using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <summary>Which deliveries are asked for; null does not narrow.</summary>
/// <param name="Status">Only in this status.</param>
/// <param name="Type">Only events of this type.</param>
/// <param name="Subject">Only events about this id.</param>
public sealed record WebhookDeliveryFilter(DeliveryStatus? Status = null, string? Type = null, string? Subject = null)
{
    internal DeliveryFilter Filter => new(Status is { } status ? EnumNames.Of(status) : null, Type, Subject);
}

[QueryType]
internal static class WebhookRoots
{
    /// <summary>All webhooks in the order they were made.</summary>
    [Cost(AssumedSize = 10)]
    public static IReadOnlyList<WebhookView> GetWebhooks(WebhookQueries queries, Call call) => [.. queries.List(call.Caller).OrRefuse().Select(View)];

    /// <summary>One webhook, without its secrets; null where none has the id.</summary>
    public static WebhookView? GetWebhook([ID] string id, WebhookQueries queries, Call call) => queries.Get(call.Caller, id).Then(View).OrNull();

    /// <summary>What was and is to be sent to a webhook, the newest event first.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="webhook">Id of the webhook.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<DeliveryView>> GetWebhookDeliveriesAsync(PageArguments page, [ID] string webhook, WebhookQueries queries, Call call, WebhookDeliveryFilter? filter = null) => Pages.Of(
        WebhookQueries.DeliveryKeys, page, seek => queries.Deliveries(call.Caller, webhook, (filter ?? new WebhookDeliveryFilter()).Filter, seek), DeliveryView.Of);

    /// <summary>One event on its way to a webhook: what is sent, and every attempt with what was answered. Null where there is none.</summary>
    /// <param name="webhook">Id of the webhook.</param>
    /// <param name="event">Id of the event.</param>
    public static DeliveryDetailView? GetWebhookDelivery([ID] string webhook, [ID] string @event, WebhookQueries queries, Call call) => queries.Delivery(call.Caller, webhook, @event).OrNull();

    internal static WebhookView View(MadeWebhook made) => WebhookView.Of(made.Row, made.Secrets);
}
