namespace Spm.Connectors;

/// <summary>
/// A connection that approved payouts are written to. The external key of everything is the payout line's id, so that writing a batch
/// again changes nothing. A line whose outcome is not known is reported as <see cref="LineState.Unknown"/>: the host sends nothing of
/// that batch again until <see cref="GetStatusAsync"/> has told what became of it.
/// </summary>
public interface ISink
{
    /// <summary>Says what <see cref="WriteAsync"/> would do, line by line, and changes nothing at the vendor.</summary>
    Task<WriteOutcome> PreviewAsync(WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes a batch. Every line has an outcome in the answer.</summary>
    Task<WriteOutcome> WriteAsync(WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>What the vendor has of a batch now, by the lines' ids.</summary>
    Task<WriteOutcome> GetStatusAsync(WriteBatch batch, CancellationToken cancellationToken);
}

/// <summary>A line of an approved payout batch, immutable. <paramref name="Id"/> is its key for ever.</summary>
/// <param name="Person">The payee as the sink knows them: employee number or the vendor's id.</param>
/// <param name="Period">A fiscal month, <c>2025-03</c>.</param>
/// <param name="EarningCode">What payroll books it as.</param>
public sealed record PayoutLine(string Id, string Person, Money Amount, string Period, string EarningCode) : CanonicalEntity;

/// <summary>Lines that go together. They share one currency.</summary>
public sealed record WriteBatch
{
    /// <exception cref="ArgumentException">No line, two lines with one id, or two currencies.</exception>
    public WriteBatch(string id, IReadOnlyList<PayoutLine> lines)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (lines.Count == 0 || lines.DistinctBy(l => l.Id).Count() != lines.Count || lines.DistinctBy(l => l.Amount.Currency).Count() != 1)
        {
            throw new ArgumentException("A batch has lines, each id once, in one currency.", nameof(lines));
        }
        Id = id;
        Lines = lines;
    }

    public string Id { get; }

    public IReadOnlyList<PayoutLine> Lines { get; }

    public Money Total => Lines.Select(l => l.Amount).Aggregate((a, b) => a + b);
}

/// <summary>What became of a batch. <see cref="Total"/> is what the vendor counts as taken; the host compares it before it acknowledges.</summary>
public sealed record WriteOutcome(IReadOnlyList<LineOutcome> Lines, Money Total);

/// <summary>What became of a line. <paramref name="Reference"/> is the vendor's; <paramref name="Detail"/> says why it was rejected.</summary>
public sealed record LineOutcome(string LineId, LineState State, string? Reference = null, string? Detail = null);

/// <summary>States of a line at the vendor.</summary>
public enum LineState
{
    /// <summary>The vendor does not have it, or will not pay it as it stands there: it is for certain that writing it again pays it once.</summary>
    Absent,

    /// <summary>Taken, not yet in a pay run.</summary>
    Accepted,

    /// <summary>In a pay run that will pay it.</summary>
    Applied,

    Rejected,

    /// <summary>Nobody knows whether the vendor took it: an answer that never came.</summary>
    Unknown,
}
