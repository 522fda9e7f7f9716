using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <param name="Prefix">How its secret begins; of the rest only a hash is kept.</param>
/// <param name="Status">active, expired or revoked.</param>
/// <param name="CreatedBy">The credential that made it; `platform` for a tenant's first one.</param>
/// <param name="LastUsedAt">To the minute; null when it was never used.</param>
/// <param name="PreviousUntil">After a rotation: the old secret opens until then.</param>
public sealed record ApiKeyView(
    string Id, string Name, string Prefix, string Status, IReadOnlyList<string> Scopes, IReadOnlyList<string> Roles, string? Rep, string CreatedBy, string CreatedAt,
    string? ExpiresAt, string? LastUsedAt, string? RevokedAt, string? PreviousUntil)
{
    public static ApiKeyView Of(ApiKeyRow row, long now) => new(
        row.Id, row.Name, row.Prefix, row.StatusAt(now), row.Scopes, row.Roles, row.Rep, row.CreatedBy, Wire.Instant(row.CreatedAt), At(row.ExpiresAt), At(row.LastUsedAt),
        At(row.RevokedAt), row.RevokedAt is null && row.PreviousUntil > now ? At(row.PreviousUntil) : null);

    private static string? At(long? instant) => instant is { } at ? Wire.Instant(at) : null;
}

/// <param name="Secret">What goes behind `Authorization: Bearer`. It is not kept and cannot be shown again.</param>
public sealed record MadeKeyView(ApiKeyView ApiKey, string Secret);

public sealed class ApiKeyQueries(SpmStore store, TimeProvider clock)
{
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Result<IReadOnlyList<ApiKeyRow>> List(Caller caller, long afterCreated, string afterId, int count) => caller.Lacks(Scopes.CredentialsRead) is { } lacking
        ? lacking
        : store.Read(s => ApiKeyTable.Page(s, caller.Tenant, afterCreated, afterId, count));

    public Result<ApiKeyRow> Get(Caller caller, string id) =>
        caller.Lacks(Scopes.CredentialsRead) is { } lacking ? lacking
        : store.Read(s => ApiKeyTable.Find(s, caller.Tenant, id)) is { } row ? row
        : new Error(ErrorCodes.NotFound, $"There is no API key '{id}'.");
}
