using System.Globalization;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <param name="Prefix">How its secret begins; of the rest only a hash is kept.</param>
/// <param name="Status">active, expired or revoked.</param>
/// <param name="CreatedBy">The credential that made it; `platform` for a tenant's first one.</param>
/// <param name="LastUsedAt">To the minute; null when it was never used.</param>
/// <param name="PreviousUntil">After a rotation: the old secret opens until then.</param>
/// <param name="ApiVersion">The version of the API that it is answered in where a request names none: the newest one when it was made.</param>
public sealed record ApiKeyView(
    string Id, string Name, string Prefix, string Status, IReadOnlyList<string> Scopes, IReadOnlyList<string> Roles, string? Rep, string CreatedBy, string CreatedAt,
    string? ExpiresAt, string? LastUsedAt, string? RevokedAt, string? PreviousUntil, string ApiVersion) : INode
{
    public static ApiKeyView Of(ApiKeyRow row, long now) => new(
        row.Id, row.Name, row.Prefix, row.StatusAt(now), row.Scopes, row.Roles, row.Rep, row.CreatedBy, Wire.Instant(row.CreatedAt), At(row.ExpiresAt), At(row.LastUsedAt),
        At(row.RevokedAt), row.RevokedAt is null && row.PreviousUntil > now ? At(row.PreviousUntil) : null, row.ApiVersion);

    private static string? At(long? instant) => instant is { } at ? Wire.Instant(at) : null;
}

/// <param name="Secret">What goes behind `Authorization: Bearer`. It is not kept and cannot be shown again.</param>
public sealed record MadeKeyView(ApiKeyView ApiKey, string Secret);

public sealed class ApiKeyQueries(SpmStore store, TimeProvider clock)
{
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<ApiKeyRow, (long Created, string Id)> Keys = new(
        "api-keys", 2, (0, ""), (long.MaxValue, ""), k => (k.CreatedAt, k.Id), k => [k.Created, k.Id],
        p => long.TryParse(p[0], NumberStyles.None, CultureInfo.InvariantCulture, out var created) ? (created, p[1]) : null,
        Comparer<(long Created, string Id)>.Create((a, b) => a.Created != b.Created ? a.Created.CompareTo(b.Created) : string.CompareOrdinal(a.Id, b.Id)));

    public Result<IReadOnlyList<ApiKeyRow>> List(Caller caller, Seek<(long Created, string Id)> seek) => caller.Lacks(Scopes.CredentialsRead) is { } lacking
        ? lacking
        : store.Read(s => ApiKeyTable.Page(s, caller.Tenant, seek));

    public Result<long> Count(Caller caller) => caller.Lacks(Scopes.CredentialsRead) is { } lacking ? lacking : store.Read(s => ApiKeyTable.Count(s, caller.Tenant));

    /// <summary>Those of these ids.</summary>
    public Result<IReadOnlyList<ApiKeyRow>> Find(Caller caller, IReadOnlyList<string> ids) => caller.Lacks(Scopes.CredentialsRead) is { } lacking
        ? lacking
        : store.Read(s => ApiKeyTable.Find(s, caller.Tenant, ids));

    public Result<ApiKeyRow> Get(Caller caller, string id) =>
        caller.Lacks(Scopes.CredentialsRead) is { } lacking ? lacking
        : store.Read(s => ApiKeyTable.Find(s, caller.Tenant, id)) is { } row ? row
        : new Error(ErrorCodes.NotFound, $"There is no API key '{id}'.");
}
