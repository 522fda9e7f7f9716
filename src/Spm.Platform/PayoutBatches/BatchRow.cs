using System.Data.Common;
using Spm.Platform.Kernel;

namespace Spm.Platform.PayoutBatches;

public enum BatchStatus : byte
{
    InReview,
    Approved,

    /// <summary>A payroll run holds it under a lease.</summary>
    Claimed,

    /// <summary>Every line is acknowledged: paid, or failed and given back.</summary>
    Paid,
    Rejected,
}

/// <summary>A batch as it is stored, with what its lines add up to.</summary>
public sealed record BatchRow
{
    public const string Columns =
        "b.no, b.id, b.month, b.status, b.version, b.claim, b.lease_until, b.created_at, b.updated_at, "
        + "(select count(*) from payout_line l where l.batch = b.id), (select coalesce(sum(l.minor), 0) from payout_line l where l.batch = b.id), "
        + "(select count(*) from payout_line l join line_result r on r.line = l.id where l.batch = b.id and r.result = 'paid'), "
        + "(select count(*) from payout_line l join line_result r on r.line = l.id where l.batch = b.id and r.result = 'failed')";

    public required long No { get; init; }

    public required string Id { get; init; }

    public required int Month { get; init; }

    public required BatchStatus Status { get; init; }

    public required long Version { get; init; }

    /// <summary>The claim that holds the batch, or held it last; null after it was given back.</summary>
    public string? Claim { get; init; }

    public long LeaseUntil { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Lines { get; init; }

    public long Minor { get; init; }

    public long Paid { get; init; }

    public long Failed { get; init; }

    public string ETag => $"\"{Version}\"";

    /// <summary>The lease's last instant is the one before <see cref="LeaseUntil"/>.</summary>
    public bool IsHeldAt(long now) => Status == BatchStatus.Claimed && now < LeaseUntil;

    internal static BatchStatus StatusOf(string stored) =>
        EnumNames.TryParse<BatchStatus>(stored, out var status) ? status : throw new InvalidOperationException($"A batch is stored as {stored}.");

    public static BatchRow Map(DbDataReader r) => new()
    {
        No = r.GetInt64(0),
        Id = r.GetString(1),
        Month = r.GetInt32(2),
        Status = StatusOf(r.GetString(3)),
        Version = r.GetInt64(4),
        Claim = r.IsDBNull(5) ? null : r.GetString(5),
        LeaseUntil = r.IsDBNull(6) ? 0 : r.GetInt64(6),
        CreatedAt = r.GetInt64(7),
        UpdatedAt = r.GetInt64(8),
        Lines = r.GetInt64(9),
        Minor = r.GetInt64(10),
        Paid = r.GetInt64(11),
        Failed = r.GetInt64(12),
    };
}
