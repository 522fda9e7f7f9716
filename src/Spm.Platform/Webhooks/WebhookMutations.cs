using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Webhooks;

/// <summary>What a webhook is to say from now on.</summary>
/// <param name="Webhook">Id of the webhook.</param>
/// <param name="Settings">All of it: what is left out is as if it had never been said.</param>
public sealed record PutWebhookInput([property: ID] string Webhook, WebhookInput Settings);

/// <summary>Which webhook is meant.</summary>
/// <param name="Webhook">Id of the webhook.</param>
public sealed record NamedWebhookInput([property: ID] string Webhook);

/// <summary>Which webhook gets a new secret.</summary>
/// <param name="Webhook">Id of the webhook.</param>
/// <param name="OverlapSeconds">How long events are signed with the old secret as well, up to a week; 0 for not at all.</param>
public sealed record RotateWebhookSecretInput([property: ID] string Webhook, int OverlapSeconds = WebhookCommands.DefaultOverlap);

/// <summary>What is sent again.</summary>
/// <param name="Webhook">Id of the webhook.</param>
/// <param name="Event">One event, by its id.</param>
/// <param name="Since">Or every event from this instant on that the webhook listens to, also those it was not sent while it was disabled.</param>
/// <param name="FailedOnly">Of these only those that were given up.</param>
public sealed record ReplayWebhookInput([property: ID] string Webhook, [property: ID] string? Event = null, DateTimeOffset? Since = null, bool FailedOnly = false);

/// <summary>The webhook as it is now.</summary>
/// <param name="Webhook">Null where the mutation was refused.</param>
/// <param name="Secret">Verifies what is sent: `whsec_` and base64. It is not shown again. Null where no secret was made.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
[GraphQLName("WebhookPayload")]
public sealed record WebhookAnswer(WebhookView? Webhook, string? Secret, IReadOnlyList<UserError> UserErrors)
{
    internal static WebhookAnswer Refused(IReadOnlyList<UserError> errors) => new(null, null, errors);
}

/// <summary>The event that was sent to try a webhook.</summary>
/// <param name="Delivery">Null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record TestWebhookPayload(DeliveryView? Delivery, IReadOnlyList<UserError> UserErrors);

/// <summary>What is sent again.</summary>
/// <param name="Events">How many are on their way again; null where the mutation was refused.</param>
/// <param name="UserErrors">Why it was refused; none where it was not.</param>
public sealed record ReplayWebhookPayload(int? Events, IReadOnlyList<UserError> UserErrors);

[MutationType]
internal static class WebhookMutations
{
    /// <summary>Sends events to an address from now on. The secret that verifies them is in this answer and nowhere else.</summary>
    public static async Task<WebhookAnswer?> CreateWebhookAsync(WebhookInput input, WebhookCommands commands, Call call) =>
        await commands.CreateAsync(call.Caller, input).PayloadAsync(made => new WebhookAnswer(WebhookRoots.View(made), made.Secrets[0].Secret, []), WebhookAnswer.Refused);

    /// <summary>Replaces what a webhook says; what waits for it goes where it leads now. A disabled one is enabled again.</summary>
    public static async Task<WebhookAnswer?> PutWebhookAsync(PutWebhookInput input, WebhookCommands commands, Call call) => await commands
        .PutAsync(call.Caller, input.Webhook, input.Settings).PayloadAsync(made => new WebhookAnswer(WebhookRoots.View(made), null, []), WebhookAnswer.Refused, "settings");

    /// <summary>Takes a webhook away, with all that was to be sent to it.</summary>
    public static async Task<WebhookAnswer?> DeleteWebhookAsync(NamedWebhookInput input, WebhookCommands commands, Call call) =>
        await commands.DeleteAsync(call.Caller, input.Webhook).PayloadAsync(made => new WebhookAnswer(WebhookRoots.View(made), null, []), WebhookAnswer.Refused);

    /// <summary>Gives a webhook a new secret; events are signed with the old one as well until the overlap ends.</summary>
    public static async Task<WebhookAnswer?> RotateWebhookSecretAsync(RotateWebhookSecretInput input, WebhookCommands commands, Call call) => await commands
        .RotateAsync(call.Caller, input.Webhook, input.OverlapSeconds).PayloadAsync(made => new WebhookAnswer(WebhookRoots.View(made), made.Secrets[0].Secret, []), WebhookAnswer.Refused);

    /// <summary>Sends an event of the type webhook.test.</summary>
    public static async Task<TestWebhookPayload?> TestWebhookAsync(NamedWebhookInput input, ReplayCommands commands, Call call) =>
        await commands.TestAsync(call.Caller, input.Webhook).PayloadAsync(row => new TestWebhookPayload(DeliveryView.Of(row), []), errors => new TestWebhookPayload(null, errors));

    /// <summary>Sends events again, each under the id it had.</summary>
    public static async Task<ReplayWebhookPayload?> ReplayWebhookAsync(ReplayWebhookInput input, ReplayCommands commands, Call call) => await commands
        .ReplayAsync(call.Caller, input.Webhook, new ReplayInput(input.Event, input.Since, input.FailedOnly))
        .PayloadAsync(events => new ReplayWebhookPayload(events, []), errors => new ReplayWebhookPayload(null, errors));
}
