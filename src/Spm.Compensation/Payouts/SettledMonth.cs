namespace Spm.Compensation.Payouts;

/// <summary>What a payout pays for one incentive, in minor units. The origin's month is another one for a prior-period adjustment.</summary>
public readonly record struct PayoutLine(PayKey Origin, long Minor);

/// <summary>A closed month of one rep, fixed for ever: the lines that were due, and what was carried in and out.</summary>
public sealed record SettledMonth(int Month, long CarriedIn, IReadOnlyList<PayoutLine> Lines)
{
    private long Total => CarriedIn + Lines.Sum(l => l.Minor);

    /// <summary>What is paid: never negative.</summary>
    public long Due => Math.Max(0, Total);

    /// <summary>A negative rest, recovered from the month that is paid next.</summary>
    public long CarriedOut => Math.Min(0, Total);
}
