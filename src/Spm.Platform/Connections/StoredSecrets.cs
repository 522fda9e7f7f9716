using System.Text.Json;
using Spm.Connectors.Hosting.Secrets;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>The secrets of a connection as they are stored now, whatever its configuration was when its run began.</summary>
internal sealed class StoredSecrets(ConnectionRow connection, SecretKeys keys, SpmStore store, RecordClock clock) : IRotatingStore
{
    /// <summary>By the writer, which refuses a host that has lost its tenant: two hosts never use one secret.</summary>
    public Task<string?> ReadAsync(string name) => store.Writer.WriteAsync(session => Current(session)?.Secrets.GetValueOrDefault(name));

    public Task<bool> ReplaceAsync(string name, string used, string given) => store.Writer.WriteAsync(session =>
    {
        if (Current(session) is not var (row, secrets) || secrets.GetValueOrDefault(name) != used)
        {
            return false;
        }
        secrets[name] = given;
        ConnectionTable.SetSecrets(session, row.No, keys.Seal(JsonSerializer.Serialize(secrets), row.Id));
        var told = JsonSerializer.Serialize(new { secret = name });
        AuditTable.Append(session, row.Tenant, row.Id, "connection.rotate_secret", row.Id, "", null, told, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return true;
    });

    public static Dictionary<string, string> Open(ConnectionRow row, SecretKeys keys) =>
        row.Secrets is { } box ? JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Open(box, row.Id))! : [];

    /// <summary>Null where it is deleted meanwhile.</summary>
    private (ConnectionRow Row, Dictionary<string, string> Secrets)? Current(SqlSession session) =>
        ConnectionTable.ByNo(session, connection.No) is { Status: not ConnectionStatus.Deleted } row ? (row, Open(row, keys)) : null;
}
