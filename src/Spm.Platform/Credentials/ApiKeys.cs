using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Spm.Platform.Access;
using Spm.Platform.AuditTrail;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Credentials;

/// <summary>
/// Finds who an API key belongs to. Only hashes of keys are kept, in the store and in memory: looking one up takes as long whatever its
/// first characters are. A key carries its tenant, what it may do, and until when.
/// </summary>
public sealed class ApiKeys(SpmStore store, ApiVersions versions, TimeProvider clock)
{
    public const string Prefix = "spm_";

    /// <summary>Of a key, so much is shown again: enough to tell keys apart, too little to guess the rest.</summary>
    public const int ShownLength = 12;

    /// <summary>Another host over the same store is followed within this time; this one knows at once.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LastUsedEvery = TimeSpan.FromMinutes(1);

    // Found keys only: unknown ones must not fill memory.
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public static string New() => Prefix + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 40);

    public static bool IsKey(string credential) => credential.StartsWith(Prefix, StringComparison.Ordinal) && credential.Length <= 200;

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Null when the key is not known, revoked, or past its end.</summary>
    public Caller? Find(string key)
    {
        if (!IsKey(key))
        {
            return null;
        }
        var (hash, now) = (Hash(key), clock.GetUtcNow().ToUnixTimeMilliseconds());
        var name = Convert.ToHexString(hash);
        if (!_known.TryGetValue(name, out var known) || now - known.ReadAt >= FreshFor.TotalMilliseconds)
        {
            var found = store.Read(s => ApiKeyTable.ByHash(s, hash));
            if (found is not var (row, tenant, until))
            {
                _known.TryRemove(name, out _);
                return null;
            }
            known = new Known(hash, row, CallerOf(row, tenant), until, now) { UsedAt = known?.UsedAt ?? row.LastUsedAt ?? 0 };
            _known[name] = known;
        }
        if (!CryptographicOperations.FixedTimeEquals(hash, known.Hash) || now >= known.Until)
        {
            return null;
        }
        NoteUse(known, now);
        return known.Caller;
    }

    /// <summary>For the first key of a tenant, which no other credential made.</summary>
    /// <param name="scopes">Space-separated; "*" for all.</param>
    public Task AddAsync(int tenant, string name, string key, string scopes)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return store.Writer.WriteAsync(s => AddFirst(s, tenant, name, key, scopes, versions.Newest, now));
    }

    internal static void AddFirst(SqlSession session, int tenant, string name, string key, string scopes, string version, long now)
    {
        var row = Add(session, tenant, name, key, scopes, AuditTable.Platform, version, now);
        AuditTable.Append(session, tenant, AuditTable.Platform, "api_key.create", row.Id, "", null, Json.Store(ApiKeyView.Of(row, now)), now);
    }

    internal static ApiKeyRow Add(SqlSession session, int tenant, string name, string key, string scopes, string createdBy, string version, long now)
    {
        var row = new ApiKeyRow(Ids.Random("key", 12), tenant, name, key[..ShownLength], scopes.Split(' '), [], null, createdBy, now, null, null, null, null, version);
        ApiKeyTable.Insert(session, row, Hash(key));
        return row;
    }

    /// <summary>What is known of a key is read again: it was rotated or revoked.</summary>
    internal void Forget(string id)
    {
        foreach (var (name, known) in _known)
        {
            if (known.Row.Id == id)
            {
                _known.TryRemove(name, out _);
            }
        }
    }

    private static Caller CallerOf(ApiKeyRow row, string tenant)
    {
        var grant = Grant.OfKey(row.Roles, row.Scopes, row.Rep is not null);
        return new Caller(row.Tenant, tenant, row.Id, grant.Scopes) { Owner = row.CreatedBy, Reach = grant.Reach, Rep = row.Rep, Version = row.ApiVersion };
    }

    /// <summary>Once a minute at most, and not waited for: a request is not held up by what only people look at.</summary>
    private void NoteUse(Known known, long now)
    {
        if (now - known.UsedAt < LastUsedEvery.TotalMilliseconds)
        {
            return;
        }
        known.UsedAt = now;
        try
        {
            _ = store.Writer.WriteAsync(s => ApiKeyTable.Used(s, known.Row.Id, now), Durability.Derived)
                .ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        catch (StoreException)
        {
            // The host is stopping.
        }
    }

    /// <param name="Until">The first instant at which the secret opens nothing any more.</param>
    private sealed record Known(byte[] Hash, ApiKeyRow Row, Caller Caller, long Until, long ReadAt)
    {
        public long UsedAt { get; set; }
    }
}
