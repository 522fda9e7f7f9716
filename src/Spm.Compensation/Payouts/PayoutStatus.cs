namespace Spm.Compensation.Payouts;

public enum PayoutStatus : byte
{
    /// <summary>Trial while its month is open, final once it is closed.</summary>
    Calculated,
    InReview,
    Approved,

    /// <summary>A payroll run holds it under a lease.</summary>
    Claimed,
    Paid,
}

public enum PayoutMove : byte
{
    Submit,
    Reject,
    Approve,
    Claim,

    /// <summary>The claim is given back, has run out, or payroll could not pay the line.</summary>
    Release,
    Pay,
}

/// <summary>The one table of a payout's moves. What is not in it is refused.</summary>
public static class PayoutLifecycle
{
    public static bool TryMove(PayoutStatus from, PayoutMove move, out PayoutStatus to)
    {
        PayoutStatus? next = (from, move) switch
        {
            (PayoutStatus.Calculated, PayoutMove.Submit) => PayoutStatus.InReview,
            (PayoutStatus.InReview, PayoutMove.Reject) => PayoutStatus.Calculated,
            (PayoutStatus.InReview, PayoutMove.Approve) => PayoutStatus.Approved,
            (PayoutStatus.Approved, PayoutMove.Claim) => PayoutStatus.Claimed,
            (PayoutStatus.Claimed, PayoutMove.Release) => PayoutStatus.Approved,
            (PayoutStatus.Claimed, PayoutMove.Pay) => PayoutStatus.Paid,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }
}
