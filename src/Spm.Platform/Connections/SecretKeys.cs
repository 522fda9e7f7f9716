using System.Security.Cryptography;
using System.Text;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>
/// Seals the secrets of connections with AES-256-GCM. What is sealed begins with the id of its key, so that a new key can take over while
/// what the old ones have sealed can still be opened.
/// </summary>
/// <param name="Current">The id of the key that seals; null where nothing can be sealed.</param>
/// <param name="Keys">Keys of 32 bytes by their ids.</param>
public sealed record SecretKeys(string? Current, IReadOnlyDictionary<string, byte[]> Keys)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static SecretKeys None { get; } = new(null, new Dictionary<string, byte[]>());

    /// <summary>Reads `id:base64`, of which the first seals and all can open. Null when something else stands there.</summary>
    public static SecretKeys? TryParse(IReadOnlyList<string> texts)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var bytes = new byte[KeyBytes];
            if (colon < 1 || !text[..colon].All(char.IsAsciiLetterOrDigit) || !Convert.TryFromBase64String(text[(colon + 1)..], bytes, out var length)
                || length != KeyBytes || !keys.TryAdd(text[..colon], bytes))
            {
                return null;
            }
        }
        return new SecretKeys(keys.Keys.FirstOrDefault(), keys);
    }

    /// <summary>The id of the key that something is sealed with.</summary>
    public static string KeyOf(string sealedText) => sealedText[..sealedText.IndexOf(':', StringComparison.Ordinal)];

    /// <param name="about">What the secret belongs to: what is sealed for one thing cannot be opened for another.</param>
    public string Seal(string text, string about)
    {
        var id = Current ?? throw new InvalidOperationException("There is no key to seal with.");
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Keys[id], TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), About(id, about));
        return $"{id}:{Convert.ToBase64String(box)}";
    }

    /// <exception cref="CryptographicException">It was changed, belongs to something else, or its key is not there.</exception>
    public string Open(string sealedText, string about)
    {
        var id = KeyOf(sealedText);
        if (!Keys.TryGetValue(id, out var key))
        {
            throw new CryptographicException($"There is no key '{id}'.");
        }
        var box = Convert.FromBase64String(sealedText[(id.Length + 1)..]);
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("It is too short to be sealed.");
        }
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, About(id, about));
        return Encoding.UTF8.GetString(plain);
    }

    public bool Opens(string sealedText, string about)
    {
        try
        {
            Open(sealedText, about);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] About(string id, string about) => Encoding.UTF8.GetBytes($"{id}\u001f{about}");
}

/// <summary>The keys that the secrets in a store are sealed with.</summary>
public static class ConnectionKeys
{
    public static IReadOnlySet<string> InUse(SpmStore store) =>
        store.Read(ConnectionTable.Sealed).Select(s => SecretKeys.KeyOf(s.Secrets)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Ids of keys that open nothing of what was sealed under them: they are not there, or others bear their names.</summary>
    public static IReadOnlyList<string> Missing(SpmStore store, SecretKeys keys) =>
        [.. store.Read(ConnectionTable.Sealed).GroupBy(s => SecretKeys.KeyOf(s.Secrets)).Where(g => !g.Any(s => keys.Opens(s.Secrets, s.Id))).Select(g => g.Key)];
}
