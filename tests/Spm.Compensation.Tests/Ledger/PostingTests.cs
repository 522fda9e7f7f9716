using Spm.Compensation.Ledger;

namespace Spm.Compensation.Tests.Ledger;

public class PostingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_posting_moves_an_amount_above_zero(long minor)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(minor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(1) with { Minor = minor });
    }

    [Fact]
    public void A_posting_moves_between_two_accounts()
    {
        Assert.Throws<ArgumentException>(() => Of(1, LedgerAccounts.Payable("r1"), LedgerAccounts.Payable("r1")));
        Assert.Throws<ArgumentException>(() => Of(1) with { Credit = LedgerAccounts.CommissionExpense });
        Assert.NotEqual(LedgerAccounts.Accrued("r1"), LedgerAccounts.Payable("r1"));
    }

    [Fact]
    public void The_trial_balance_of_any_postings_is_zero() => Property.Holds<int[]>(amounts =>
    {
        var balances = new Dictionary<string, long>();
        foreach (var amount in amounts.Where(a => a != 0))
        {
            var (debit, credit) = amount > 0 ? ("commission_expense", LedgerAccounts.Accrued($"r{amount % 3}")) : (LedgerAccounts.Accrued($"r{amount % 3}"), "commission_expense");
            var posting = Of(Math.Abs((long)amount), debit, credit);
            balances[posting.Debit] = balances.GetValueOrDefault(posting.Debit) + posting.Minor;
            balances[posting.Credit] = balances.GetValueOrDefault(posting.Credit) - posting.Minor;
        }
        Assert.Equal(0, balances.Values.Sum());
    });

    private static Posting Of(long minor, string debit = LedgerAccounts.CommissionExpense, string credit = "accrued:r1") =>
        new("id", PostingKind.Earning, debit, credit, minor, "USD", 1, 1, 1, "plan", "component");
}
