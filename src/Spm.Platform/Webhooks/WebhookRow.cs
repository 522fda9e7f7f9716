using System.Data.Common;
using Spm.Platform.Kernel;

namespace Spm.Platform.Webhooks;

public enum WebhookPayload : byte
{
    /// <summary>Ids alone: whoever wants more asks for it, and is answered what they may see.</summary>
    Thin,

    /// <summary>What the resource's own operation would answer with, amounts included.</summary>
    Full,
}

public enum WebhookStatus : byte
{
    Enabled,
    Disabled,
}

/// <summary>A webhook as it is stored. Instants are Unix milliseconds.</summary>
/// <param name="Events">The types it is sent; all when empty.</param>
/// <param name="Reason">Why it is disabled: `by_request`, `gone` (it answered 410) or `failing` (nothing got through for days).</param>
public sealed record WebhookRow(
    long No, int Tenant, string Id, string Url, string? Description, IReadOnlyList<string> Events, WebhookPayload Payload, WebhookStatus Status, string? Reason,
    string CreatedBy, long CreatedAt, long UpdatedAt)
{
    public const string Columns = "w.no, w.tenant, w.id, w.url, w.description, w.events, w.payload, w.status, w.reason, w.created_by, w.created_at, w.updated_at";

    public const string ByRequest = "by_request";
    public const string Gone = "gone";
    public const string Failing = "failing";

    public bool Wants(string type) => Events.Count == 0 || Events.Contains(type);

    public static WebhookRow Map(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Known<WebhookPayload>(r.GetString(6)), Known<WebhookStatus>(r.GetString(7)), r.IsDBNull(8) ? null : r.GetString(8), r.GetString(9), r.GetInt64(10), r.GetInt64(11));

    private static T Known<T>(string text)
        where T : struct, Enum => EnumNames.TryParse<T>(text, out var value) ? value : throw new InvalidOperationException($"A webhook is stored as {text}.");
}

/// <summary>A secret that events are signed with.</summary>
/// <param name="EndsAt">The first instant at which nothing is signed with it any more; null for the current one.</param>
public sealed record WebhookSecret(string Secret, long CreatedAt, long? EndsAt);
