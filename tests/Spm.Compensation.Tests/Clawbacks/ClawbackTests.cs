using FsCheck.Fluent;
using Spm.Compensation.Clawbacks;
using Spm.Compensation.Tests.Exactness;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Clawbacks;

public class ClawbackTests
{
    [Fact]
    public void No_more_than_the_whole_deal_can_be_cancelled()
    {
        var taken = new ClawbackRule([new(null, 50m)]).Take(
            new PaidDeal(Day("2025-01-01"), 100m, 1000m), [new("a", Day("2025-02-01"), 60m), new("b", Day("2025-02-01"), 60m)]);
        Assert.Equal([60m, 40m], taken.Select(t => t.Counted));
        Assert.Equal([-300m, -200m], taken.Select(t => t.Amount));
    }

    [Fact]
    public void Where_nothing_was_paid_nothing_is_taken_back()
    {
        var taken = new ClawbackRule([new(null, 100m)]).Take(new PaidDeal(Day("2025-01-01"), 1m, -20m), [new("a", Day("2025-02-01"), 1m)]);
        Assert.Equal(0m, Assert.Single(taken).Amount);
    }

    [Theory]
    [InlineData("\"order\"", 500)]
    [InlineData("\"invoice\"", 500)]
    [InlineData("\"order\", \"invoice\"", 500)]
    [InlineData("\"payment\"", 300)]
    public void A_cancellation_is_a_part_of_what_the_measure_counts_by_kind(string kinds, decimal clawedBack) => Given.Holds(
        """{"id":"c","measure":"counted","rate":10,"clawback":{"percent":100}}""",
        $$"""
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 10000 }, { "deal": "A", "kind": "invoice", "date": "2025-02-10", "amount": 10000 },
          { "deal": "A", "kind": "payment", "date": "2025-02-10", "amount": 6000 }, { "deal": "A", "kind": "cancellation", "date": "2025-03-10", "amount": 5000 }
        ],
        "expect": [{ "period": "2025-03", "component": "c", "figure": "clawed_back", "is": {{clawedBack}} }]
        """,
        measures: $$"""{"id":"counted","value":"amount","kinds":[{{kinds}}]}""");

    [Theory]
    [InlineData("2025-02-10", "2025-03-10")]
    [InlineData("2025-03-10", "2025-02-10")]
    [InlineData("2025-02-10", "2025-02-10")]
    public void A_refund_and_the_cancellation_of_the_rest_leave_nothing_whichever_comes_first(string refund, string cancellation) => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"clawback":{"percent":100}}""",
        $$"""
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 10000 }, { "deal": "A", "kind": "refund", "date": "{{refund}}", "amount": 4000 },
          { "deal": "A", "kind": "cancellation", "date": "{{cancellation}}", "amount": 6000 }
        ],
        "expect": [{ "period": "2025", "component": "c", "is": 600 }, { "period": "2025", "component": "c", "figure": "clawed_back", "is": 600 }, { "period": "2025", "is": 0 }]
        """);

    [Theory]
    [InlineData("2025-02-10", "2025-03-10", 0)]
    [InlineData("2025-03-10", "2025-02-10", 1000)]
    public void A_deal_that_is_refunded_and_cancelled_whole_is_taken_back_once(string refund, string cancellation, decimal clawedBackInFebruary) => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"clawback":{"percent":100}}""",
        $$"""
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 10000 }, { "deal": "A", "kind": "refund", "date": "{{refund}}", "amount": 10000 }, { "deal": "A", "kind": "cancellation", "date": "{{cancellation}}" }
        ],
        "expect": [{ "period": "2025-02", "component": "c", "figure": "clawed_back", "is": {{clawedBackInFebruary}} }, { "period": "2025", "component": "c", "figure": "clawed_back", "is": 0 }, { "period": "2025", "is": 0 }]
        """);

    [Theory]
    [InlineData("2025-01-31", "2025-02-27", 0)]
    [InlineData("2025-01-31", "2025-02-28", 1)]
    [InlineData("2025-01-31", "2025-03-30", 1)]
    [InlineData("2025-01-31", "2025-03-31", 2)]
    [InlineData("2024-02-29", "2025-02-27", 11)]
    [InlineData("2024-02-29", "2025-02-28", 12)]
    [InlineData("2025-05-15", "2026-05-14", 11)]
    [InlineData("2025-05-15", "2026-05-15", 12)]
    [InlineData("2025-05-15", "2025-05-01", 0)]
    [InlineData("2025-05-15", "2024-01-01", 0)]
    public void Age_is_counted_by_anniversary_of_the_deals_own_date(string deal, string day, int months) =>
        Assert.Equal(months, ClawbackRule.AgeMonths(Day(deal), Day(day)));

    [Theory]
    [InlineData("{}", "clawback_ambiguous")]
    [InlineData("""{ "percent": 1, "over_months": 12 }""", "clawback_ambiguous")]
    [InlineData("""{ "over_months": 0 }""", "number_out_of_range")]
    [InlineData("""{ "over_months": 12, "over_days": 365 }""", "clawback_ambiguous")]
    [InlineData("""{ "schedule": [ { "to_days": 30, "percent": 1 }, { "to_months": 2, "percent": 1 } ] }""", "clawback_units_mixed")]
    [InlineData("""{ "percent": 1, "schedule": [] }""", "clawback_ambiguous")]
    [InlineData("""{ "percent": 101 }""", "clawback_percent_out_of_range")]
    [InlineData("""{ "schedule": [] }""", "clawback_steps_count")]
    [InlineData("""{ "schedule": [ { "percent": 1 }, { "to_months": 2, "percent": 1 } ] }""", "clawback_steps_out_of_order")]
    [InlineData("""{ "schedule": [ { "to_months": 2, "percent": 1 }, { "to_months": 2, "percent": 1 } ] }""", "clawback_steps_out_of_order")]
    [InlineData("""{ "schedule": [ { "to_months": 0, "percent": 1 } ] }""", "number_out_of_range")]
    [InlineData("""{ "schedule": [ { "to_month": 3, "percent": 1 } ] }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(ClawbackRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(ClawbackRule.Read, ClawbackRule.Schema);

    [Fact]
    public void All_clawbacks_of_a_deal_never_take_more_than_was_paid_in_any_order_and_number() => Property.Holds(AnyCase, c =>
    {
        var taken = c.Rule.Take(c.Deal, c.Cancellations);
        Assert.Equal(taken, c.Rule.Take(c.Deal, c.Cancellations.Reverse()));
        var sum = taken.Sum(t => t.Amount);
        Assert.InRange(-sum, 0m, c.Deal.Paid);
        Assert.All(taken, t => Assert.True(t is { Amount: <= 0m, StillPaid: >= 0m }));
        if (taken.Count > 0)
        {
            Assert.Equal(c.Deal.Paid + sum, taken[^1].StillPaid);
        }
    }, 500);

    [Fact]
    public void A_deal_cancelled_in_parts_at_one_age_takes_back_what_one_cancellation_would() => Property.Holds(AnyCase, c =>
    {
        var parts = c.Cancellations.Select(p => p with { Date = c.Deal.Date }).ToArray();
        var once = c.Rule.Take(c.Deal, [new Cancellation("once", c.Deal.Date, parts.Sum(p => p.Amount))]);
        Assert.Equal(once[0].StillPaid, c.Rule.Take(c.Deal, parts).LastOrDefault()?.StillPaid ?? c.Deal.Paid);
    }, 500);

    private static FsCheck.Gen<(ClawbackRule Rule, PaidDeal Deal, Cancellation[] Cancellations)> AnyCase =>
        from percents in Gen.Choose(0, 10_000).ListOf(3)
        from amount in Gen.Choose(1, 1_000_000)
        from paid in Gen.Choose(0, 1_000_000)
        from parts in Gen.Choose(0, 600_000).ListOf()
        from days in Gen.Choose(-30, 900).ListOf(8)
        select (
            new ClawbackRule([new(6, percents[0] / 100m), new(12, percents[1] / 100m), new(24, percents[2] / 100m)]),
            new PaidDeal(Day("2025-01-31"), amount / 1000m, paid / 100m),
            parts.Take(8).Select((p, i) => new Cancellation($"c{i}", Day("2025-01-31").AddDays(days[i]), p / 100m)).ToArray());
}
