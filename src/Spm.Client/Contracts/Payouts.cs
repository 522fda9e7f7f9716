namespace Spm.Client;

/// <summary>What a rep is due for a period.</summary>
public sealed record Payout
{
    public required string Id { get; init; }
    public required RepRef Rep { get; init; }
    public required string Period { get; init; }

    /// <summary>calculated, in_review, approved, claimed or paid.</summary>
    public required string Status { get; init; }

    /// <summary>True while the period is open: the amount still moves.</summary>
    public bool Trial { get; init; }
    public Money Incentives { get; init; }
    public Money Adjustments { get; init; }

    /// <summary>What an earlier period left unrecovered, and what this one leaves.</summary>
    public Money CarriedIn { get; init; }
    public Money CarriedOut { get; init; }
    public Money Amount { get; init; }
    public string? Batch { get; init; }
}

/// <summary>Payouts handed to payroll together.</summary>
public sealed record PayoutBatch
{
    public required string Id { get; init; }
    public required string Period { get; init; }

    /// <summary>in_review, approved, claimed, paid or rejected.</summary>
    public required string Status { get; init; }
}

/// <summary>One payout inside a batch; immutable once the batch is approved.</summary>
public sealed record PayoutLine
{
    public required string Id { get; init; }
    public string? Payout { get; init; }
    public required RepRef Rep { get; init; }
    public Money Amount { get; init; }
    public string? Status { get; init; }
}

/// <summary>Payroll's lease on a batch: until <c>ExpiresAt</c> nobody else can claim it.</summary>
public sealed record PayoutClaim(string Claim, DateTimeOffset ExpiresAt, IReadOnlyList<PayoutLine> Lines);

/// <summary>What payroll did with one line.</summary>
public sealed record LineResult(string Line, string Result, string? Reference = null, string? Reason = null)
{
    public static LineResult Paid(string line, string reference) => new(line, "paid", Reference: reference);

    public static LineResult Failed(string line, string reason) => new(line, "failed", Reason: reason);
}
