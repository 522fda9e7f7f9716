using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Spm.Platform.Kernel;

/// <summary>Opaque ids with a type prefix. They are deterministic: the same record always gets the same id, on every machine.</summary>
public static class Ids
{
    /// <summary>Lower than any character of an external id, so that one that another begins with comes before it.</summary>
    private const char Below = '\u001f';

    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>The same characters in the order in which texts are compared.</summary>
    private const string InOrder = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private static readonly char[] ToSorted = Map(Base64, InOrder);
    private static readonly char[] ToBase64 = Map(InOrder, Base64);

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string ForRecord(string prefix, string tenant, string source, string externalId) =>
        $"{prefix}_{Hash($"{tenant}\u001f{source}\u001f{externalId}", 16)}";

    public static string ForPosting(int tenant, int rep, long number) => $"pst_{Hash($"{tenant}/{rep}/{number}", 20)}";

    /// <summary>A payout makes a move that posts once in its life, so the posting is named after both.</summary>
    public static string ForPosting(int tenant, int rep, int month, string move) => $"pst_{Hash($"{tenant}/{rep}/{month}/{move}", 20)}";

    public static string ForLine(string batch, int no) => $"pln_{Hash($"{batch}/{no}", 20)}";

    /// <summary>Of what a request with an Idempotency-Key makes: the same request makes the same thing, and finds it when it was made already.</summary>
    public static string ForRequest(string prefix, int tenant, string credential, string key, string about) => $"{prefix}_{Hash($"{tenant}\u001f{credential}\u001f{key}\u001f{about}", 20)}";

    public static string Random(string prefix, int length = 20) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, length)}";

    /// <summary>
    /// A transaction's id holds its natural key, so that finding it needs no index besides that of the key. Ids stand in the order of the external ids:
    /// where plans go by a deal's day and then by its id, they mean the id that people know.
    /// </summary>
    public static string ForTransaction(int source, string externalId) => Sorted(Pack("txn", $"{externalId}{Below}{source}"), ToSorted);

    public static (int Source, string ExternalId)? Transaction(string id) =>
        Unpack("txn", Sorted(id, ToBase64)) is { } key && key.LastIndexOf(Below) is > 0 and var end && int.TryParse(key.AsSpan(end + 1), out var source)
            ? (source, key[..end])
            : null;

    /// <summary>A payout's id holds its key, and enough of the tenant that no other tenant has the same.</summary>
    public static string ForPayout(int tenant, int rep, int month) => Pack("pay", $"{rep}.{month}.{Hash($"{tenant}/{rep}/{month}", 6)}");

    public static (int Rep, int Month)? Payout(int tenant, string id) =>
        Unpack("pay", id) is { } key && key.Split('.') is [var rep, var month, _] && int.TryParse(rep, out var r) && int.TryParse(month, out var m) && ForPayout(tenant, r, m) == id
            ? (r, m)
            : null;

    /// <summary>What follows the prefix, character by character.</summary>
    private static string Sorted(string id, char[] map) => id.IndexOf('_') is >= 0 and var prefix
        ? string.Create(id.Length, (id, prefix, map), static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var c = from.id[i];
                text[i] = i > from.prefix && c < from.map.Length ? from.map[c] : c;
            }
        })
        : id;

    private static char[] Map(string from, string to)
    {
        var map = Enumerable.Range(0, 128).Select(c => (char)c).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            map[from[i]] = to[i];
        }
        return map;
    }

    private static string Pack(string prefix, string key) => $"{prefix}_{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}";

    private static string? Unpack(string prefix, string id)
    {
        if (!id.StartsWith(prefix, StringComparison.Ordinal) || id.Length <= prefix.Length + 1 || id[prefix.Length] != '_')
        {
            return null;
        }
        var packed = id.AsSpan(prefix.Length + 1);
        try
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(packed));
            // Only the canonical spelling is the id: an encoding with stray bits would be a second name for it.
            return Pack(prefix, key) == id ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Hash(string text, int length)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return string.Create(length, hash, static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = Alphabet[bytes[i] & 31];
            }
        });
    }
}
