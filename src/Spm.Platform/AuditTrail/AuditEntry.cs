using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Spm.Platform.AuditTrail;

/// <summary>Whom and what the trail names for rows that a job writes: who asked for it, the job, and the request that asked.</summary>
public sealed record JobAuthor(string Credential, string Job, string Request);

/// <summary>An entry before it has its place in the trail.</summary>
public sealed record AuditNote(string Actor, string Action, string Subject, string Request, string? Before, string? After);

/// <summary>Who did what to which thing, when, and how it stood before and after. Hashed together with the entry before it.</summary>
/// <param name="No">Counts from 1 within the tenant, without a gap.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Actor">The credential; `platform` for what no request asked for.</param>
/// <param name="Before">JSON; null where there was nothing, and for reads.</param>
public sealed record AuditEntry(long No, long At, string Actor, string Action, string Subject, string Request, string? Before, string? After, byte[] Hash)
{
    /// <summary>What the first entry is hashed with.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 over the hash of the entry before, the tenant, number and instant as 64-bit big-endian integers, and each text as its length
    /// in bytes (32-bit big-endian, -1 for none) and its UTF-8: no two entries have the same bytes.
    /// </summary>
    public byte[] HashAfter(byte[] previous, int tenant)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        Span<byte> number = stackalloc byte[8];
        foreach (var value in (ReadOnlySpan<long>)[tenant, No, At])
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            sha.AppendData(number);
        }
        foreach (var text in (ReadOnlySpan<string?>)[Actor, Action, Subject, Request, Before, After])
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(number, text is null ? -1 : bytes.Length);
            sha.AppendData(number[..4]);
            sha.AppendData(bytes);
        }
        return sha.GetHashAndReset();
    }
}
