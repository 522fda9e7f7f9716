using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Tenants;

/// <summary>API keys: only the hash of a key is kept. A key carries its tenant and its scopes.</summary>
public sealed class ApiKeys(SpmStore store, TimeProvider clock)
{
    public const string Prefix = "spm_";

    // Found keys only: unknown ones must not fill memory.
    private readonly ConcurrentDictionary<string, Caller> _known = new(StringComparer.Ordinal);

    public static string New() => Prefix + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 40);

    /// <summary>Null when the key is not known.</summary>
    public Caller? Find(string key)
    {
        if (_known.TryGetValue(key, out var caller))
        {
            return caller;
        }
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key.Length > 200)
        {
            return null;
        }
        caller = store.Read(s => s.First(
            "select k.tenant, t.id, k.id, k.scopes from api_key k join tenant t on t.no = k.tenant where k.hash = $1 and k.revoked_at is null",
            r => new Caller(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3).Split(' ').ToFrozenSet(StringComparer.Ordinal)),
            Hash(key)));
        if (caller is not null)
        {
            _known[key] = caller;
        }
        return caller;
    }

    /// <param name="scopes">Space-separated; "*" for all.</param>
    public async Task AddAsync(int tenant, string name, string key, string scopes)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.Writer.WriteAsync(s => s.Execute(
            "insert into api_key (id, tenant, name, hash, scopes, created_at) values ($1, $2, $3, $4, $5, $6)", Ids.Random("key", 12), tenant, name, Hash(key), scopes, now));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
