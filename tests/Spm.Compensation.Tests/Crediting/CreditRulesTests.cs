using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Crediting;

/// <summary>Reps 0 and 1 own West (territory 0) half and half; rep 2 owns California (1), which lies in West; rep 3 sells nowhere.</summary>
public class CreditRulesTests
{
    private const int West = 0, California = 1, NoOwner = 2;

    private static readonly Roster Company = new(
        [Rep(), Rep(), Rep(), Rep()],
        [Territory(Roster.None, Owner(0, 50), Owner(1, 50)), Territory(West, Owner(2)), Territory(Roster.None, Owner(3, 100, From("2025-03-01")))],
        [new AccountFacts(Dated((From("2025-01-01", "2025-02-15"), California), (From("2025-02-15"), West)))]);

    private static readonly Transaction Everything = Sale(100) with
    {
        Rep = 2,
        Territory = West,
        Splits = [new(0, Millionths(60)), new(3, Millionths(40))],
    };

    [Fact]
    public void A_split_comes_before_the_rep_it_names_and_the_owners() =>
        Assert.Equal([(0, 60m), (3, 40m)], Direct(Everything));

    [Fact]
    public void The_rep_named_comes_before_the_owners() =>
        Assert.Equal([(2, 100m)], Direct(Everything with { Splits = [] }));

    [Fact]
    public void The_owners_of_the_day_share_what_names_nobody() =>
        Assert.Equal([(0, 50m), (1, 50m)], Direct(Everything with { Splits = [], Rep = Roster.None }));

    [Fact]
    public void A_deal_without_a_territory_is_in_its_accounts_one_on_that_day()
    {
        var deal = Sale(100, "2025-02-14") with { Account = 0 };
        Assert.Equal([(2, 100m)], Direct(deal));
        Assert.Equal([(0, 50m), (1, 50m)], Direct(deal with { Date = Day("2025-02-15") }));
        Assert.Equal([(2, 100m)], Direct(deal with { Date = Day("2025-02-15"), Territory = California }));
    }

    [Fact]
    public void Nobody_named_and_no_territory_is_uncredited()
    {
        var result = Credit(Sale(100));
        Assert.Empty(result.Credits);
        Assert.Equal(new CreditProblem(CreditProblem.Uncredited, Roster.None, TenThousandths.From(100)), Assert.Single(result.Problems));
    }

    [Fact]
    public void A_territory_without_an_owner_that_day_credits_nobody_and_says_so()
    {
        Assert.Equal(CreditProblem.TerritoryWithoutOwner, Problem(Sale(100, "2025-02-28") with { Territory = NoOwner }));
        Assert.Equal([(3, 100m)], Direct(Sale(100, "2025-03-01") with { Territory = NoOwner }));
    }

    [Fact]
    public void A_house_deal_credits_nobody_whoever_is_named()
    {
        Assert.Empty(Direct(Everything with { House = true }));
        Assert.Equal(CreditProblem.Uncredited, Problem(Everything with { House = true }));
    }

    [Fact]
    public void Another_currency_credits_nobody_until_a_rate_is_known()
    {
        Assert.Empty(Direct(Everything with { InCompanyCurrency = false }));
        Assert.Equal(CreditProblem.CurrencyWithoutRate, Problem(Everything with { InCompanyCurrency = false }));
    }

    [Fact]
    public void A_rep_may_sell_to_an_account_of_anothers_territory_unless_the_deal_itself_names_the_territory()
    {
        Assert.Empty(Credit(Sale(100, "2025-02-14") with { Rep = 3, Account = 0 }).Problems);
        Assert.Equal(CreditProblem.OutsideTerritory, Problem(Sale(100, "2025-02-14") with { Rep = 3, Account = 0, Territory = California }));
    }

    [Fact]
    public void A_rep_outside_the_territory_is_credited_and_the_deal_is_listed()
    {
        var result = Credit(Sale(100) with { Rep = 3, Territory = California });
        Assert.Equal(3, Assert.Single(result.Credits).Rep);
        Assert.Equal(new CreditProblem(CreditProblem.OutsideTerritory, 3, TenThousandths.From(100)), Assert.Single(result.Problems));
        Assert.Empty(Credit(Sale(100) with { Rep = 0, Territory = California }).Problems);
        Assert.Equal(CreditProblem.OutsideTerritory, Problem(Sale(100) with { Rep = 2, Territory = West }));
    }

    [Theory]
    [InlineData("2025-01-31", false)]
    [InlineData("2025-02-01", true)]
    [InlineData("2025-05-31", true)]
    [InlineData("2025-06-01", false)]
    public void Who_is_not_employed_that_day_is_not_credited(string day, bool employed)
    {
        var roster = Company with { Reps = [Rep(), Rep(), Rep(), new RepFacts(From("2025-02-01", "2025-06-01"), Rep().Managers)] };
        var result = Credit(Sale(100, day) with { Splits = [new(0, Millionths(60)), new(3, Millionths(40))] }, roster);
        Assert.Equal(employed ? [0, 3] : [0], result.Credits.Select(c => c.Rep));
        CreditProblem[] expected = employed ? [] : [new(CreditProblem.RepNotEmployed, 3, TenThousandths.From(40))];
        Assert.Equal(expected, result.Problems);
    }

    [Fact]
    public void The_money_at_stake_of_one_deal_is_listed_once()
    {
        var roster = Company with { Reps = [Rep(), Rep(), Rep(), new RepFacts(From("2025-06-01"), Rep().Managers)] };
        Assert.Equal(CreditProblem.RepNotEmployed, Assert.Single(Credit(Sale(100) with { Rep = 3, Territory = California }, roster).Problems).Code);
    }

    [Fact]
    public void Parts_of_a_split_sum_to_the_deal_in_every_measure()
    {
        var thirds = new SplitPart[] { new(0, Millionths(33.3333m)), new(1, Millionths(33.3333m)), new(2, Millionths(33.3334m)) };
        var deal = Sale(0.01m) with { Quantity = 10_000, Margin = -1, Splits = thirds };
        var credits = Credit(deal).Credits;
        Assert.Equal(deal.Amount, credits.Sum(c => c.Amount));
        Assert.Equal(deal.Quantity, credits.Sum(c => c.Quantity));
        Assert.Equal(deal.Margin, credits.Sum(c => c.Margin));
        Assert.Equal(TenThousandths.One, credits.Sum(c => c.Count));
        Assert.Equal(-TenThousandths.One, Credit(deal with { Kind = TransactionKind.Refund, Amount = -100 }).Credits.Sum(c => c.Count));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void A_split_that_is_not_100_percent_cannot_be_credited(int second) =>
        Assert.Throws<ArgumentException>(() => Credit(Sale(100) with { Splits = [new(0, Millionths(41)), new(1, Millionths(second))] }));

    [Fact]
    public void A_deal_is_split_into_at_most_64_parts() =>
        Assert.Throws<ArgumentException>(() => Credit(Sale(100) with { Splits = [.. Enumerable.Repeat(new SplitPart(0, 1), 65)] }));

    [Fact]
    public void What_names_nobody_is_credited_as_its_deal_is_with_the_same_shares()
    {
        var payment = Sale(50, "2025-04-10") with { Deal = Everything };
        Assert.Equal([(0, 30m), (3, 20m)], Direct(payment));
        Assert.Equal([(2, 50m)], Direct(payment with { Deal = Sale(100) with { Rep = 2 } }));
        Assert.Equal(CreditProblem.Uncredited, Problem(payment with { Deal = Everything with { House = true } }));
        Assert.Equal(CreditProblem.Uncredited, Problem(payment with { Deal = Sale(100) }));
    }

    [Fact]
    public void Names_of_its_own_and_a_territory_of_its_own_come_before_those_of_the_deal()
    {
        var payment = Sale(50, "2025-02-15") with { Deal = Sale(100) with { Rep = 3 } };
        Assert.Equal([(1, 50m)], Direct(payment with { Rep = 1 }));
        Assert.Equal([(1, 50m)], Direct(payment with { Splits = [new(1, Millionths(100))] }));
        Assert.Equal([(2, 50m)], Direct(payment with { Territory = California }));
        Assert.Equal([(0, 25m), (1, 25m)], Direct(payment with { Account = 0 }));
        Assert.Equal(CreditProblem.Uncredited, Problem(payment with { House = true }));
    }

    [Fact]
    public void What_is_credited_as_its_deal_goes_to_the_owners_of_the_deals_day()
    {
        var deal = Sale(100, "2025-02-14") with { Account = 0 };
        Assert.Equal([(2, 50m)], Direct(Sale(50, "2025-02-20") with { Deal = deal }));
        Assert.Equal(California, Company.TerritoryOf(Sale(50, "2025-02-20") with { Deal = deal }));
        Assert.Equal(Roster.None, Company.TerritoryOf(Sale(50, "2025-02-20") with { Deal = deal, Rep = 0 }));
    }

    [Theory]
    [InlineData("2025-01-01", "2025-03-01")]
    [InlineData("2025-02-01", "2025-06-01")]
    public void Who_was_not_there_for_the_deal_or_has_left_since_is_not_credited_and_the_money_is_listed(string hired, string left)
    {
        var roster = Company with { Reps = [Rep(), Rep(), Rep(), new RepFacts(From(hired, left), Rep().Managers)] };
        var result = Credit(Sale(50, "2025-03-01") with { Deal = Everything with { Date = Day("2025-01-20") } }, roster);
        Assert.Equal([0], result.Credits.Select(c => c.Rep));
        Assert.Equal([new(CreditProblem.RepNotEmployed, 3, TenThousandths.From(20))], result.Problems);
    }

    [Fact]
    public void A_rep_outside_the_deals_territory_is_listed_with_the_deal_alone() =>
        Assert.Empty(Credit(Sale(50) with { Deal = Sale(100) with { Rep = 3, Territory = California } }).Problems);

    private static CreditResult Credit(Transaction deal, Roster? roster = null)
    {
        var result = new CreditResult();
        CreditRules.Credit(deal, roster ?? Company, result);
        return result;
    }

    private static (int Rep, decimal Amount)[] Direct(Transaction deal) =>
        [.. Credit(deal).Credits.Select(c => (c.Rep, TenThousandths.ToDecimal(c.Amount)))];

    private static string Problem(Transaction deal) => Assert.Single(Credit(deal).Problems).Code;
}
