using FsCheck.Fluent;
using Spm.Compensation.Spiffs;
using Spm.Compensation.Tests.Exactness;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Spiffs;

public class SpiffPayTests
{
    private static readonly SpiffClaim[] March =
    [
        new("T1", "Bob", Day("2025-03-20"), 400m), new("T0", "Ann", Day("2025-02-28"), 400m), new("T4", "Cat", Day("2025-03-09"), 400m),
        new("T3", "Ann", Day("2025-03-09"), 400m), new("T7", "Bob", Day("2025-03-02"), 400m), new("T9", "Bob", Day("2025-04-01"), 400m),
    ];

    private static readonly SpiffRule Rule = RuleText.Read(SpiffRule.Read, """{ "budget": 1000, "from": "2025-03-01", "to": "2025-04-01" }""");

    [Fact]
    public void Who_sold_first_is_paid_first_until_the_budget_is_used_up()
    {
        var payments = Rule.Pay(March);
        Assert.Equal(["T0", "T7", "T3", "T4", "T1", "T9"], payments.Select(p => p.Transaction));
        Assert.Equal([0m, 400m, 400m, 200m, 0m, 0m], payments.Select(p => p.Paid));
        Assert.Equal(
            [SpiffOutcome.OutsideWindow, SpiffOutcome.Paid, SpiffOutcome.Paid, SpiffOutcome.PaidInPart, SpiffOutcome.BudgetUsedUp, SpiffOutcome.OutsideWindow],
            payments.Select(p => p.Outcome));
    }

    [Fact]
    public void A_refund_of_a_deal_that_was_cut_takes_back_only_what_it_was_paid()
    {
        var before = Rule.Pay(March).Single(p => p.Transaction == "T1").Paid;
        Assert.Equal(before, Rule.Pay([.. March, new SpiffClaim("T1", "Bob", Day("2025-03-25"), -400m)]).Single(p => p.Transaction == "T1").Paid);
    }

    [Theory]
    [InlineData("""{ "budget": 0, "from": "2025-03-01", "to": "2025-04-01" }""", "budget_out_of_range")]
    [InlineData("""{ "budget": 1, "from": "2025-03-01", "to": "2025-03-01" }""", "range_is_empty")]
    [InlineData("""{ "budget": 1, "from": "2025-03-01" }""", "field_missing")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(SpiffRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(SpiffRule.Read, SpiffRule.Schema);

    [Fact]
    public void The_order_of_arrival_changes_nothing_and_the_budget_is_never_exceeded() => Property.Holds(AnyCase, c =>
    {
        var rule = new SpiffRule(c.Budget, From("2025-01-10", "2025-02-10"));
        var payments = rule.Pay(c.Claims);
        var random = new Random(c.Claims.Length);
        Assert.Equal(payments, rule.Pay(c.Claims.OrderBy(_ => random.Next())));
        Assert.True(payments.Sum(p => p.Paid) <= c.Budget);
        Assert.Equal(c.Claims.Sum(l => l.Amount), payments.Sum(p => p.Paid + p.Cut));
        Assert.All(payments.Where(p => !rule.Window.Contains(p.Date)), p => Assert.Equal(0m, p.Paid));
        var eligible = payments.Where(p => rule.Window.Contains(p.Date)).ToArray();
        if (eligible.All(p => p.Claimed >= 0m))
        {
            Assert.Equal(Math.Min(c.Budget, eligible.Sum(p => p.Claimed)), eligible.Sum(p => p.Paid));
        }
    }, 500);

    [Fact]
    public void A_later_deal_never_changes_what_earlier_ones_are_paid() => Property.Holds(AnyCase, c =>
    {
        var rule = new SpiffRule(c.Budget, From("2025-01-01"));
        var before = rule.Pay(c.Claims);
        Assert.Equal(before, rule.Pay([.. c.Claims, new SpiffClaim("later", "r", Day("2026-01-01"), 50m)]).SkipLast(1));
    });

    private static FsCheck.Gen<(decimal Budget, SpiffClaim[] Claims)> AnyCase =>
        from budget in Gen.Choose(1, 100_000)
        from amounts in Gen.Choose(0, 20_000).ListOf()
        from days in Gen.Choose(0, 50).ListOf(30)
        from refunds in Gen.Choose(0, 9).ListOf(30)
        select (budget / 100m, amounts.Take(30).SelectMany((a, i) => Lines($"t{i % 20}", $"r{i % 3}", Day("2025-01-01").AddDays(days[i]), a / 100m, refunds[i])).ToArray());

    private static IEnumerable<SpiffClaim> Lines(string deal, string rep, DateOnly date, decimal amount, int refund)
    {
        yield return new SpiffClaim(deal, rep, date, amount);
        if (refund < 3)
        {
            // Full, in part, or beyond the deal.
            yield return new SpiffClaim(deal, rep, date.AddDays(3), -amount * (refund + 1) / 2m);
        }
    }
}
