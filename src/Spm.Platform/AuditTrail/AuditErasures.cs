using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.AuditTrail;

/// <param name="Sha256">Of what the entry says now, in hexadecimal.</param>
public sealed record ErasedEntry(long No, string Sha256);

/// <summary>
/// Entries that a person was taken out of. Such an entry keeps the hash it had, so that the chain goes on through it; what it says now is attested by a
/// later entry, which is in the chain itself. Whoever changes an entry without attesting it breaks the chain as before.
/// </summary>
internal static class AuditErasures
{
    /// <summary>The action of entries that attest.</summary>
    public const string Action = "rep.erase";

    /// <summary>Puts other states in the place of those of an entry. Call in the write that appends the attestation.</summary>
    public static ErasedEntry Replace(SqlSession session, int tenant, AuditEntry entry, string? before, string? after)
    {
        session.Execute("update audit set state_before = $3, state_after = $4, erased = 1 where tenant = $1 and no = $2", tenant, entry.No, before, after);
        return new ErasedEntry(entry.No, Sum(before, after));
    }

    /// <summary>What is attested of entries, by their number: the last word on each, and which entry says it.</summary>
    public static Dictionary<long, (string Sha256, long By)> Attested(SqlSession session, int tenant)
    {
        var attested = new Dictionary<long, (string, long)>();
        session.ForEach(
            "select no, state_after from audit where tenant = $1 and action = $2 and erased = 0 order by no",
            r =>
            {
                foreach (var entry in JsonSerializer.Deserialize<Attestation>(r.GetString(1), Json.Stored)!.Entries)
                {
                    attested[entry.No] = (entry.Sha256, r.GetInt64(0));
                }
            },
            tenant, Action);
        return attested;
    }

    /// <summary>Whether an entry says what a later one attests.</summary>
    public static bool Holds(AuditEntry entry, Dictionary<long, (string Sha256, long By)> attested) =>
        entry.Erased && attested.TryGetValue(entry.No, out var attestation) && attestation.By > entry.No && attestation.Sha256 == Sum(entry.Before, entry.After);

    private static string Sum(string? before, string? after) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { before, after }))));
}

/// <summary>What the entry of an erasure says.</summary>
/// <param name="Entries">The earlier entries that the person was taken out of, and what each says now.</param>
public sealed record Attestation(string Pseudonym, int Revisions, int Keys, int Users, int ImportRows, int SourceRecords, int Events, IReadOnlyList<ErasedEntry> Entries);
