using System.Security.Cryptography;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.AuditTrail;

/// <summary>What a walk along a tenant's trail has found.</summary>
/// <param name="Entries">Sound ones, from the first on.</param>
/// <param name="Head">The hash of the last sound entry in hexadecimal: kept elsewhere, it proves later that nothing was cut off.</param>
/// <param name="BrokenAt">The number of the first entry that does not fit; null when all do.</param>
public sealed record AuditVerdict(long Entries, string Head, long? BrokenAt, string? Detail)
{
    public bool Sound => BrokenAt is null;
}

/// <summary>Hashes a tenant's whole trail again, entry by entry. Of an entry that a person was taken out of, what it says now is held against its attestation.</summary>
public static class AuditChain
{
    private const int AtOnce = 1000;

    private static readonly AuditFilter Everything = new(null, null, null, null, null);

    /// <param name="head">A head that was noted earlier, in hexadecimal: it must be the hash of some entry. Null asks for nothing.</param>
    public static AuditVerdict Verify(SqlSession session, int tenant, string? head = null)
    {
        var (previous, no, met) = (AuditEntry.Start, 0L, head is null);
        Dictionary<long, (string, long)>? attested = null;
        AuditVerdict Broken(long at, string detail) => new(no, Convert.ToHexStringLower(previous), at, detail);
        while (true)
        {
            var entries = AuditTable.Page(session, tenant, Everything, new Seek<long>(no, AtOnce));
            foreach (var entry in entries)
            {
                if (entry.No != no + 1)
                {
                    return Broken(no + 1, $"Entry {no + 1} is missing: entry {entry.No} follows.");
                }
                if (!CryptographicOperations.FixedTimeEquals(entry.HashAfter(previous, tenant), entry.Hash) && !AuditErasures.Holds(entry, attested ??= AuditErasures.Attested(session, tenant)))
                {
                    return Broken(entry.No, $"Entry {entry.No} or the one before it is not what was written.");
                }
                (previous, no) = (entry.Hash, entry.No);
                met |= Convert.ToHexStringLower(entry.Hash).Equals(head, StringComparison.OrdinalIgnoreCase);
            }
            if (entries.Count < AtOnce)
            {
                return met ? new AuditVerdict(no, Convert.ToHexStringLower(previous), null, null) : Broken(no + 1, "The trail ends before the head that was noted, or was written anew.");
            }
        }
    }

    /// <summary>Every tenant with a trail; 0 is the operator.</summary>
    public static IReadOnlyList<(int Tenant, string Id)> Tenants(SqlSession session) =>
        [(0, "operator"), .. session.Query("select no, id from tenant order by no", r => (r.GetInt32(0), r.GetString(1)))];
}
