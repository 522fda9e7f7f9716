using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

/// <summary>Webhooks and what was sent to them. Answers with a secret are never kept, so these operations take no Idempotency-Key.</summary>
public sealed class WebhookEndpoints(WebhookQueries queries, WebhookCommands commands, ReplayCommands replays) : IEndpoints
{
    private const string Tag = "Webhooks";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/webhooks", (Delegate)CreateAsync)
            .Operation("createWebhook", Tag, "Sends events to an address from now on. The secret that verifies them is in this answer and nowhere else.", Scopes.WebhooksWrite, ErrorCodes.FieldRequired, ErrorCodes.FieldMalformed, ErrorCodes.WebhookUrlNotPublic, ErrorCodes.EventTypeUnknown, ErrorCodes.LimitExceeded)
            .Reads<WebhookInput>().Answers<MadeWebhookView>(201);
        routes.MapGet("/v1/webhooks", (HttpContext http) => Answer.Of(queries.List(http.Caller()), rows => new Page<WebhookView>([.. rows.Select(View)], null)))
            .Operation("listWebhooks", Tag, "All webhooks in the order they were made.", Scopes.WebhooksRead).Answers<Page<WebhookView>>();
        routes.MapGet("/v1/webhooks/{id}", (string id, HttpContext http) => Answer.Of(queries.Get(http.Caller(), id), View))
            .Operation("getWebhook", Tag, "One webhook, without its secrets.", Scopes.WebhooksRead, ErrorCodes.NotFound).Answers<WebhookView>();
        routes.MapPut("/v1/webhooks/{id}", PutAsync)
            .Operation("putWebhook", Tag, "Replaces what a webhook says; what waits for it goes where it leads now. A disabled one is enabled again.", Scopes.WebhooksWrite, ErrorCodes.NotFound, ErrorCodes.FieldRequired, ErrorCodes.FieldMalformed, ErrorCodes.WebhookUrlNotPublic, ErrorCodes.EventTypeUnknown)
            .Reads<WebhookInput>().Answers<WebhookView>();
        routes.MapDelete("/v1/webhooks/{id}", async (string id, HttpContext http) => Answer.Of(await commands.DeleteAsync(http.Caller(), id), View))
            .Operation("deleteWebhook", Tag, "Takes a webhook away, with all that was to be sent to it.", Scopes.WebhooksWrite, ErrorCodes.NotFound).Answers<WebhookView>();
        routes.MapPost("/v1/webhooks/{id}/rotate", RotateAsync)
            .Operation("rotateWebhookSecret", Tag, "Gives a webhook a new secret; events are signed with the old one as well until the overlap ends.", Scopes.WebhooksWrite, ErrorCodes.NotFound, ErrorCodes.FieldMalformed, ErrorCodes.LimitExceeded)
            .Reads<RotateSecretInput>().Answers<MadeWebhookView>();
        routes.MapPost("/v1/webhooks/{id}/test", async (string id, HttpContext http) => Answer.Of(await replays.TestAsync(http.Caller(), id), DeliveryView.Of))
            .Operation("testWebhook", Tag, "Sends an event of the type webhook.test.", Scopes.WebhooksWrite, ErrorCodes.NotFound, ErrorCodes.WebhookDisabled).Answers<DeliveryView>();
        routes.MapPost("/v1/webhooks/{id}/replay", ReplayAsync)
            .Operation("replayWebhook", Tag, "Sends events again, each under the id it had.", Scopes.WebhooksWrite, ErrorCodes.NotFound, ErrorCodes.FieldRequired, ErrorCodes.EventUnknown, ErrorCodes.WebhookDisabled, ErrorCodes.LimitExceeded)
            .Reads<ReplayInput>().Answers<ReplayView>();
        routes.MapGet("/v1/webhooks/{id}/deliveries", PageAsync)
            .Operation("listDeliveries", Tag, "What was and is to be sent to a webhook, the newest event first.", Scopes.WebhooksRead, ErrorCodes.NotFound, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("status", "waiting, delivered or failed."), ("type", "Only events of this type."), ("subject", "Only events about this id.")).Answers<Page<DeliveryView>>();
        routes.MapGet("/v1/webhooks/{id}/deliveries/{event}", (string id, string @event, HttpContext http) => Answer.Of(queries.Delivery(http.Caller(), id, @event)))
            .Operation("getDelivery", Tag, "One event on its way to a webhook: what is sent, and every attempt with what was answered.", Scopes.WebhooksRead, ErrorCodes.NotFound).Answers<DeliveryDetailView>();
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        var input = await http.ReadAsync<WebhookInput>();
        if (input.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var made = await commands.CreateAsync(http.Caller(), input.Value);
        return made.IsOk ? Answer.Created(Made(http, made.Value), isNew: true, $"/v1/webhooks/{made.Value.Row.Id}") : Answer.Problem(made.Error!);
    }

    private async Task<IResult> PutAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<WebhookInput>();
        return input.Error is { } refusal
            ? Answer.Problem(refusal)
            : Answer.Of(await commands.PutAsync(http.Caller(), id, input.Value), View);
    }

    private async Task<IResult> RotateAsync(string id, HttpContext http)
    {
        // Everything in the body has a default, so it may be left out.
        var input = http.Request.ContentType is null ? new RotateSecretInput() : await http.ReadAsync<RotateSecretInput>();
        return input.Error is { } refusal
            ? Answer.Problem(refusal)
            : Answer.Of(await commands.RotateAsync(http.Caller(), id, input.Value.OverlapSeconds ?? WebhookCommands.DefaultOverlap), made => Made(http, made));
    }

    private async Task<IResult> ReplayAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<ReplayInput>();
        return input.Error is { } refusal
            ? Answer.Problem(refusal)
            : Answer.Of(await replays.ReplayAsync(http.Caller(), id, input.Value), n => new ReplayView(n));
    }

    private IResult PageAsync(string id, HttpContext http)
    {
        var seek = http.Seek(WebhookQueries.DeliveryKeys);
        if (seek.Error is { } refusal)
        {
            return Answer.Problem(refusal);
        }
        var filter = new DeliveryFilter(http.Parameter("status"), http.Parameter("type"), http.Parameter("subject"));
        return http.Page(WebhookQueries.DeliveryKeys, queries.Deliveries(http.Caller(), id, filter, seek.Value), DeliveryView.Of);
    }

    private static WebhookView View(MadeWebhook made) => WebhookView.Of(made.Row, made.Secrets);

    private static MadeWebhookView Made(HttpContext http, MadeWebhook made)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new MadeWebhookView(View(made), made.Secrets[0].Secret);
    }
}
