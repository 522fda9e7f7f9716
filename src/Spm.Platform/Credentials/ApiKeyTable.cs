using System.Data.Common;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <summary>An API key as it is stored, without its secret. Instants are Unix milliseconds.</summary>
/// <param name="Rep">The id of the rep who uses it.</param>
/// <param name="PreviousUntil">The secret before the last rotation opens until then.</param>
/// <param name="ApiVersion">The newest one when it was made; a rotation keeps it.</param>
public sealed record ApiKeyRow(
    string Id, int Tenant, string Name, string Prefix, IReadOnlyList<string> Scopes, IReadOnlyList<string> Roles, string? Rep, string CreatedBy, long CreatedAt,
    long? ExpiresAt, long? LastUsedAt, long? RevokedAt, long? PreviousUntil, string ApiVersion)
{
    public string StatusAt(long now) => RevokedAt is not null ? "revoked" : ExpiresAt <= now ? "expired" : "active";
}

internal static class ApiKeyTable
{
    private const string Columns =
        "k.id, k.tenant, k.name, k.prefix, k.scopes, k.roles, k.rep, k.created_by, k.created_at, k.expires_at, k.last_used_at, k.revoked_at, k.previous_until, k.api_version";

    /// <summary>The key with this secret, its tenant's id, and the instant from which on the secret opens nothing. Null when it is revoked.</summary>
    public static (ApiKeyRow Row, string Tenant, long Until)? ByHash(SqlSession session, byte[] hash)
    {
        var found = session.First(
            $"select {Columns}, t.id, case when k.hash = $1 then 1 else 0 end from api_key k join tenant t on t.no = k.tenant where (k.hash = $1 or k.previous_hash = $1) and k.revoked_at is null",
            r => new Found(Map(r), r.GetString(14), r.GetInt64(15) == 1),
            hash);
        return found is null ? null : (found.Row, found.Tenant, Math.Min(found.Row.ExpiresAt ?? long.MaxValue, found.Current ? long.MaxValue : found.Row.PreviousUntil ?? 0));
    }

    public static ApiKeyRow? Find(SqlSession session, int tenant, string id) =>
        session.First($"select {Columns} from api_key k where k.tenant = $1 and k.id = $2", Map, tenant, id);

    /// <summary>Those with these ids.</summary>
    public static List<ApiKeyRow> Find(SqlSession session, int tenant, IReadOnlyList<string> ids) => ids.Count == 0 ? [] : Of(session, tenant, SqlList.Padded(ids));

    private static List<ApiKeyRow> Of(SqlSession session, int tenant, IReadOnlyList<string> ids) => session.Query(
        $"select {Columns} from api_key k where k.tenant = $1 and k.id in ({SqlList.Places(ids.Count, 2)})", Map, [tenant, .. ids]);

    public static List<ApiKeyRow> All(SqlSession session, int tenant) => session.Query($"select {Columns} from api_key k where k.tenant = $1", Map, tenant);

    public static List<ApiKeyRow> Page(SqlSession session, int tenant, Seek<(long Created, string Id)> seek) => session.Query(
        $"select {Columns} from api_key k where k.tenant = $1 and (k.created_at, k.id) {seek.Beyond} ($2, $3) order by k.created_at{seek.Order}, k.id{seek.Order} limit $4",
        Map, tenant, seek.From.Created, seek.From.Id, seek.Count);

    public static long Count(SqlSession session, int tenant) => session.Long("select count(*) from api_key where tenant = $1", tenant);

    public static void Insert(SqlSession session, ApiKeyRow row, byte[] hash) => session.Execute(
        "insert into api_key (id, tenant, name, hash, prefix, scopes, roles, rep, created_by, created_at, expires_at, api_version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        row.Id, row.Tenant, row.Name, hash, row.Prefix, string.Join(' ', row.Scopes), string.Join(' ', row.Roles), row.Rep, row.CreatedBy, row.CreatedAt, row.ExpiresAt, row.ApiVersion);

    public static void Rotate(SqlSession session, ApiKeyRow row, byte[] hash, string prefix, long previousUntil) => session.Execute(
        "update api_key set previous_hash = hash, previous_until = $4, hash = $3, prefix = $5 where tenant = $1 and id = $2", row.Tenant, row.Id, hash, previousUntil, prefix);

    public static void Revoke(SqlSession session, ApiKeyRow row, long now) =>
        session.Execute("update api_key set revoked_at = $3, previous_hash = null where tenant = $1 and id = $2", row.Tenant, row.Id, now);

    public static void Used(SqlSession session, string id, long now) => session.Execute("update api_key set last_used_at = $2 where id = $1", id, now);

    private static ApiKeyRow Map(DbDataReader r) => new(
        r.GetString(0), r.GetInt32(1), r.GetString(2), r.GetString(3), Words(r.GetString(4)), Words(r.GetString(5)), r.IsDBNull(6) ? null : r.GetString(6), r.GetString(7),
        r.GetInt64(8), Instant(r, 9), Instant(r, 10), Instant(r, 11), Instant(r, 12), r.GetString(13));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long? Instant(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetInt64(column);

    private sealed record Found(ApiKeyRow Row, string Tenant, bool Current);
}
