using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Webhooks;

/// <summary>A webhook and its secret, which is shown this once.</summary>
public sealed record MadeWebhook(WebhookRow Row, IReadOnlyList<WebhookSecret> Secrets);

/// <summary>Says where a tenant's events are sent. Full payloads show pay: who asks for them must be allowed to see it.</summary>
public sealed class WebhookCommands(WebhookTargets targets, SpmStore store, RecordClock clock)
{
    /// <summary>How long events are signed with an old secret after a rotation when nobody says.</summary>
    public const int DefaultOverlap = 24 * 60 * 60;

    public async Task<Result<MadeWebhook>> CreateAsync(Caller caller, WebhookInput input)
    {
        if (Refuses(caller, input) is { } refusal)
        {
            return refusal;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync<Result<MadeWebhook>>(session =>
        {
            if (WebhookTable.All(session, caller.Tenant).Count >= Limits.MaxWebhooks)
            {
                return new Error(ErrorCodes.LimitExceeded, $"A tenant has at most {Limits.MaxWebhooks} webhooks.");
            }
            var id = Ids.Random("whk");
            WebhookTable.Insert(session, Row(input, new WebhookRow(0, caller.Tenant, id, "", null, [], default, default, null, caller.Credential, now, now), now));
            var row = WebhookTable.Find(session, caller.Tenant, id)!;
            WebhookTable.AddSecret(session, row.No, StandardWebhooks.NewSecret(), now, now);
            var secrets = WebhookTable.Secrets(session, row.No, now);
            AuditTable.Append(session, caller, "webhook.create", id, null, WebhookView.Of(row, secrets), now);
            return new MadeWebhook(row, secrets);
        });
    }

    /// <summary>What waits for a webhook goes where it leads now.</summary>
    public Task<Result<MadeWebhook>> PutAsync(Caller caller, string id, WebhookInput input) => Refuses(caller, input) is { } refusal
        ? Task.FromResult<Result<MadeWebhook>>(refusal)
        : ChangeAsync(caller, id, "webhook.put", (session, row, now) =>
        {
            var after = Row(input, row, now);
            WebhookTable.Update(session, after);
            return new MadeWebhook(after, WebhookTable.Secrets(session, row.No, now));
        });

    public Task<Result<MadeWebhook>> DeleteAsync(Caller caller, string id) => ChangeAsync(caller, id, "webhook.delete", (session, row, _) =>
    {
        WebhookTable.Delete(session, row);
        return new MadeWebhook(row, []);
    });

    /// <summary>A new secret; events are signed with the old one as well until the overlap ends.</summary>
    public Task<Result<MadeWebhook>> RotateAsync(Caller caller, string id, int overlapSeconds)
    {
        if (overlapSeconds is < 0 or > Limits.MaxOverlapSeconds)
        {
            return Task.FromResult<Result<MadeWebhook>>(caller.Lacks(Scopes.WebhooksWrite)
                ?? Error.Of("overlap_seconds", ErrorCodes.FieldMalformed, $"Secrets overlap 0 to {Limits.MaxOverlapSeconds} seconds."));
        }
        return ChangeAsync(caller, id, "webhook.rotate", (session, row, now) =>
        {
            if (WebhookTable.Secrets(session, row.No, now).Count >= Limits.MaxWebhookSecrets)
            {
                return new Error(ErrorCodes.LimitExceeded, $"A webhook has at most {Limits.MaxWebhookSecrets} secrets at a time: wait until an overlap ends.");
            }
            WebhookTable.AddSecret(session, row.No, StandardWebhooks.NewSecret(), now, now + (overlapSeconds * 1000L));
            return new MadeWebhook(row, WebhookTable.Secrets(session, row.No, now));
        });
    }

    internal async Task<Result<MadeWebhook>> ChangeAsync(Caller caller, string id, string action, Func<SqlSession, WebhookRow, long, Result<MadeWebhook>> change)
    {
        if (caller.Lacks(Scopes.WebhooksWrite) is { } lacking)
        {
            return lacking;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await store.Writer.WriteAsync(session =>
        {
            if (WebhookTable.Find(session, caller.Tenant, id) is not { } row)
            {
                return WebhookQueries.Unknown(id);
            }
            var before = WebhookView.Of(row, WebhookTable.Secrets(session, row.No, now));
            var result = change(session, row, now);
            if (result.IsOk)
            {
                AuditTable.Append(session, caller, action, id, before, action == "webhook.delete" ? null : WebhookView.Of(result.Value.Row, result.Value.Secrets), now);
            }
            return result;
        });
    }

    private static WebhookRow Row(WebhookInput input, WebhookRow before, long now) => before with
    {
        Url = input.Url,
        Events = [.. (input.Events ?? []).Distinct(StringComparer.Ordinal)],
        Description = input.Description,
        Payload = input.Payload,
        Status = input.Enabled ? WebhookStatus.Enabled : WebhookStatus.Disabled,
        Reason = input.Enabled ? null : WebhookRow.ByRequest,
        UpdatedAt = now,
    };

    private Error? Refuses(Caller caller, WebhookInput input) =>
        caller.Lacks(Scopes.WebhooksWrite)
        ?? (string.IsNullOrEmpty(input.Url) ? Error.Of("url", ErrorCodes.FieldRequired, "The field 'url' is required.") : targets.Check(input.Url))
        ?? (input.Description is { } text && (text.Length > Limits.NameLength || text.Any(char.IsControl))
            ? Error.Of("description", ErrorCodes.FieldMalformed, $"A description has at most {Limits.NameLength} characters, none of them a control character.")
            : null)
        ?? UnknownType(input.Events ?? [])
        ?? (input.Payload == WebhookPayload.Full ? WebhookQueries.HidesPay(caller) : null);

    private static Error? UnknownType(IReadOnlyList<string> types)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (!EventTypes.Knows(types[i]))
            {
                return Error.Of($"events/{i}", ErrorCodes.EventTypeUnknown, $"There is no event '{types[i]}': {string.Join(", ", EventTypes.All.Select(t => t.Type))}.");
            }
        }
        return null;
    }
}
