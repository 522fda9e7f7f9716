using Spm.Compensation.Payouts;

namespace Spm.Compensation.Tests.Payouts;

/// <summary>Months are numbered 1, 2, 3; the rep has one component.</summary>
public class SettlementTests
{
    [Fact]
    public void An_open_months_difference_is_posted_in_its_own_month()
    {
        Assert.Equal([new LedgerDifference(Key(2), 2, 30)], Differences([(2, 130)], [(2, 100)], closed: [1], open: [2, 3]));
        Assert.Equal([new LedgerDifference(Key(2), 2, -100)], Differences([], [(2, 100)], closed: [1], open: [2, 3]));
        Assert.Empty(Differences([(2, 100)], [(2, 100)], closed: [1], open: [2, 3]));
    }

    [Fact]
    public void A_closed_months_difference_is_an_adjustment_in_the_first_open_month()
    {
        Assert.Equal([new LedgerDifference(Key(1), 3, -40)], Differences([(1, 60)], [(1, 100)], closed: [1, 2], open: [3, 4]));
        Assert.Equal([new LedgerDifference(Key(1), 3, 50), new LedgerDifference(Key(4), 4, 7)], Differences([(4, 7), (1, 50)], [], closed: [1, 2], open: [3, 4]));
    }

    [Fact]
    public void While_no_month_is_open_a_closed_months_difference_waits()
    {
        Assert.Empty(Differences([(1, 50)], [], closed: [1, 2], open: []));
        Assert.Empty(Settlement.Drafts(Of([(1, 50)]), [], []));
    }

    [Fact]
    public void A_closed_month_keeps_its_lines_and_its_late_change_is_paid_in_the_first_open_month()
    {
        var january = new SettledMonth(1, 0, [new PayoutLine(Key(1), 100)]);
        var drafts = Settlement.Drafts(Of([(1, 160), (2, 20), (3, 5)]), [january], [2, 3]);
        Assert.Equal([(2, 20L, 60L), (3, 5L, 0L)], drafts.Select(d => (d.Month, d.Incentives, d.Adjustments)));
        Assert.Equal([new PayoutLine(Key(1), 60), new PayoutLine(Key(2), 20)], drafts[0].Lines);
        Assert.Equal(100, january.Due);
    }

    [Fact]
    public void A_late_deal_of_a_closed_month_without_a_payout_is_paid_too()
    {
        var draft = Assert.Single(Settlement.Drafts(Of([(1, 50)]), [], [2, 3]));
        Assert.Equal((2, 50L, 0L), (draft.Month, draft.Adjustments, draft.Incentives));
        Assert.Equal(1, Assert.Single(Settlement.Drafts(Of([(2, 50)]), [], [1, 3], new HashSet<int> { 2 })).Month);
    }

    [Fact]
    public void A_month_that_is_neither_open_nor_closed_is_not_paid_yet() =>
        Assert.Empty(Settlement.Drafts(Of([(4, 50)]), [], [2, 3]));

    [Fact]
    public void A_negative_rest_is_carried_to_the_month_that_is_paid_next()
    {
        var january = new SettledMonth(1, 0, [new PayoutLine(Key(1), -70)]);
        Assert.Equal((0L, -70L), (january.Due, january.CarriedOut));
        var february = Assert.Single(Settlement.Drafts(Of([(1, -70), (2, 50)]), [january], [2, 3])).Close();
        Assert.Equal((-70L, 0L, -20L), (february.CarriedIn, february.Due, february.CarriedOut));
        var march = Assert.Single(Settlement.Drafts(Of([(1, -70), (2, 50), (3, 25)]), [january, february], [3])).Close();
        Assert.Equal((-20L, 5L, 0L), (march.CarriedIn, march.Due, march.CarriedOut));
    }

    [Fact]
    public void The_rest_of_an_open_month_is_recovered_from_the_next_open_month_that_pays()
    {
        var drafts = Settlement.Drafts(Of([(1, 100), (2, -20), (4, 15), (5, 30)]), [], [1, 2, 3, 4, 5]).Select(d => d.Close());

        Assert.Equal([(1, 0L, 100L, 0L), (2, 0L, 0L, -20L), (4, -20L, 0L, -5L), (5, -5L, 25L, 0L)], drafts.Select(d => (d.Month, d.CarriedIn, d.Due, d.CarriedOut)));
    }

    [Fact]
    public void A_rest_is_carried_into_a_month_that_has_no_line()
    {
        var january = new SettledMonth(1, 0, [new PayoutLine(Key(1), -70)]);
        var draft = Assert.Single(Settlement.Drafts(Of([(1, -70)]), [january], [3]));
        Assert.Equal((3, -70L, 0), (draft.Month, draft.CarriedIn, draft.Lines.Count));
    }

    [Fact]
    public void A_rest_is_recovered_once_in_whatever_order_months_are_closed()
    {
        var february = new SettledMonth(2, 0, [new PayoutLine(Key(2), -70)]);
        var january = Assert.Single(Settlement.Drafts(Of([(1, 100), (2, -70)]), [february], [1, 3])).Close();
        Assert.Equal(30, january.Due);
        Assert.Empty(Settlement.Drafts(Of([(1, 100), (2, -70)]), [february, january], [3]));
    }

    [Fact]
    public void A_month_on_which_nothing_is_due_has_no_payout() =>
        Assert.Empty(Settlement.Drafts(Of([(1, 0)]), [], [1, 2]));

    private static PayKey Key(int month) => new(month, "plan", "component");

    private static Dictionary<PayKey, long> Of((int Month, long Minor)[] minor) => minor.ToDictionary(m => Key(m.Month), m => m.Minor);

    private static IReadOnlyList<LedgerDifference> Differences((int, long)[] incentives, (int, long)[] posted, int[] closed, int[] open) =>
        Settlement.Differences(Of(incentives), Of(posted), closed.ToHashSet(), open);
}
