using Spm.Compensation.Payouts;
using static Spm.Compensation.Payouts.PayoutMove;
using static Spm.Compensation.Payouts.PayoutStatus;

namespace Spm.Compensation.Tests.Payouts;

public class PayoutLifecycleTests
{
    private static readonly Dictionary<(PayoutStatus, PayoutMove), PayoutStatus> Legal = new()
    {
        [(Calculated, Submit)] = InReview,
        [(InReview, Reject)] = Calculated,
        [(InReview, Approve)] = Approved,
        [(Approved, Claim)] = Claimed,
        [(Claimed, Release)] = Approved,
        [(Claimed, Pay)] = Paid,
    };

    public static TheoryData<PayoutStatus, PayoutMove> EveryPair => new(
        from status in Enum.GetValues<PayoutStatus>() from move in Enum.GetValues<PayoutMove>() select (status, move));

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void A_payout_makes_the_moves_of_the_table_and_no_other(PayoutStatus from, PayoutMove move)
    {
        var moved = PayoutLifecycle.TryMove(from, move, out var to);
        Assert.Equal(Legal.ContainsKey((from, move)), moved);
        Assert.Equal(Legal.GetValueOrDefault((from, move), from), to);
    }

    [Fact]
    public void What_is_paid_stays_paid() =>
        Assert.DoesNotContain(Enum.GetValues<PayoutMove>(), move => PayoutLifecycle.TryMove(Paid, move, out _));
}
