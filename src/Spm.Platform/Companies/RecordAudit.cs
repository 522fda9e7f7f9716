using System.Security.Cryptography;
using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Companies;

/// <summary>
/// Tells the audit trail of changed records, in their commit and before they are written: as they stood and as they will. Rows of a job
/// make one entry together, with a hash over all of them: each is kept as a revision of its record anyway.
/// </summary>
internal static class RecordAudit
{
    public static void Append(SqlSession session, int tenant, Caller? caller, JobAuthor? job, IReadOnlyList<RecordChange> changes, long now)
    {
        if (caller is null)
        {
            AuditTable.Append(session, tenant, job?.Credential ?? AuditTable.Platform, "records.put", job?.Job ?? "", job?.Request ?? "", null, Json.Store(Summary(changes)), now);
            return;
        }
        foreach (var change in changes)
        {
            AuditTable.Append(session, caller, $"{change.Kind}.{(change.Body is null ? "delete" : "put")}", change.Id, RecordTable.Body(session, tenant, change.Kind, change.Id), change.Body, now);
        }
    }

    private static object Summary(IReadOnlyList<RecordChange> changes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var change in changes)
        {
            sha.AppendData(System.Text.Encoding.UTF8.GetBytes($"{change.Kind}\n{change.Id}\n{change.Body}\n"));
        }
        return new
        {
            Records = changes.Count,
            Kinds = changes.Select(c => c.Kind).Distinct(StringComparer.Ordinal),
            Sha256 = Convert.ToHexStringLower(sha.GetHashAndReset()),
        };
    }
}
