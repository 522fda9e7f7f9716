using Spm.Compensation.Engine;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Engine;

/// <summary>The lines of a deal belong together, whatever periods and years they lie in.</summary>
public class DealTests
{
    [Fact]
    public void Cash_of_the_year_after_a_rep_left_releases_what_was_earned() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"hold":{"until":"cash"}}""",
        """
        "reps": [{ "id": "ann", "left_on": "2026-01-01" }],
        "transactions": [{ "id": "A", "rep": "ann", "date": "2025-12-10", "amount": 1000 }, { "kind": "payment", "deal": "A", "rep": "ann", "date": "2026-02-03", "amount": 1000 }],
        "expect": [{ "rep": "ann", "period": "2025-12", "is": 0 }, { "rep": "ann", "period": "2026-01", "is": 0 }, { "rep": "ann", "period": "2026-02", "is": 100 }]
        """);

    [Fact]
    public void A_refund_of_the_next_year_counts_where_the_dates_of_the_component_hold_the_sale() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"dates":{"from":"2025-11-01","to":"2026-01-01"}}""",
        """
        "transactions": [
          { "id": "A", "date": "2025-12-10", "amount": 1000 }, { "kind": "refund", "deal": "A", "date": "2026-02-03", "amount": -400 },
          { "id": "B", "date": "2025-10-10", "amount": 1000 }, { "kind": "refund", "deal": "B", "date": "2025-12-03", "amount": -400 },
          { "kind": "refund", "deal": "unknown", "date": "2025-12-03", "amount": -50 }
        ],
        "expect": [{ "period": "2025-12", "is": 95 }, { "period": "2026-02", "is": -40 }, { "period": "2025-10", "is": 0 }]
        """);

    [Fact]
    public void What_is_added_to_a_deal_in_a_later_month_climbs_the_table_of_the_deal() => Given.Holds(
        """{"id":"c","measure":"sales","measurement_period":"month","per":"deal","rate_table":{"mode":"step","on":"amount","tiers":[{"from":0,"to":1000,"rate":5},{"from":1000,"rate":10}]}}""",
        """
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000 }, { "deal": "A", "date": "2025-02-03", "amount": 500 }, { "kind": "refund", "deal": "A", "date": "2025-03-03", "amount": -1500 }
        ],
        "expect": [{ "period": "2025-01", "is": 50 }, { "period": "2025-02", "is": 50 }, { "period": "2025-03", "is": -100 }]
        """);

    [Fact]
    public void A_deal_of_a_month_on_another_plan_earns_nothing_here_and_its_refund_takes_back_what_it_would_have_earned()
    {
        var plan = Given.Plan("p", """{"id":"c","measure":"revenue","attainment_period":"quarter","per":"deal","rate":10,"caps":[{"amount":60,"per":"deal"}]}""");
        PlanPaying?[] plans = [null, .. Given.AllYear(plan).Skip(1)];
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), plans, QuotaBook.Empty));
        year.Add(Line("A", "2025-01-10", 1000m));
        year.Add(Line("B", "2025-02-10", 300m));
        year.Add(Line("A", "2025-03-10", -700m, "refund"));
        year.Calculate();
        Assert.Equal([0m, 30m, -30m], Enumerable.Range(0, 3).Select(m => year.Paying(m)?.Figures(m, 0).Incentive ?? 0m));
    }

    [Fact]
    public void A_refund_whose_sale_is_not_known_earns_no_premium() => Given.Holds(
        """{"id":"premium","measure":"sales","per":"deal","earn":"75"},{"id":"part","measure":"sales","per":"deal","earn":"counted * 10%"}""",
        """
        "transactions": [{ "kind": "refund", "deal": "unknown", "date": "2025-01-10", "amount": 100 }, { "deal": "another", "date": "2025-01-10", "amount": -20 }],
        "expect": [{ "period": "2025-01", "component": "premium", "is": 0 }, { "period": "2025-01", "component": "part", "is": -12 }]
        """);

    [Fact]
    public void A_sale_that_comes_after_its_refund_earns_its_premium_when_it_comes() => Given.Holds(
        """{"id":"premium","measure":"sales","measurement_period":"month","per":"deal","earn":"75"}""",
        """
        "transactions": [{ "kind": "refund", "deal": "A", "date": "2025-01-10", "amount": 40 }, { "id": "A", "date": "2025-02-10", "amount": 100 }],
        "expect": [{ "period": "2025-01", "is": 0 }, { "period": "2025-02", "is": 75 }]
        """);

    [Fact]
    public void A_refund_whose_sale_is_not_known_takes_no_budget() => Given.Holds(
        """{"id":"spiff","measure":"sales","per":"deal","earn":"75","spiff":{"budget":100,"from":"2025-01-01","to":"2025-02-01"}}""",
        """
        "transactions": [{ "kind": "refund", "deal": "unknown", "date": "2025-01-05", "amount": 100 }, { "id": "A", "date": "2025-01-10", "amount": 100 }],
        "expect": [{ "period": "2025-01", "is": 75 }]
        """);

    [Fact]
    public void A_deal_has_the_facts_of_its_sale_whatever_is_refunded_or_told_of_it_before() => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","earn":"counted * if(product = 'core', 10%, 5%)"}""",
        """
        "transactions": [
          { "id": "T", "date": "2025-01-10", "amount": 1000, "product": "core" }, { "id": "R", "kind": "refund", "deal": "T", "date": "2025-01-10", "amount": 100 },
          { "id": "U", "date": "2025-01-20", "amount": 1000, "product": "core" }, { "id": "S", "kind": "refund", "deal": "U", "date": "2025-01-15", "amount": 100 }
        ],
        "expect": [{ "period": "2025-01", "deal": "T", "component": "c", "is": 90 }, { "period": "2025-01", "deal": "U", "component": "c", "is": 90 }]
        """);

    private const string PremiumAndPart = """{"id":"premium","measure":"sales","per":"deal","earn":"75"},{"id":"part","measure":"sales","per":"deal","earn":"counted * 10%"}""";

    [Fact]
    public void A_split_deal_that_is_refunded_in_parts_keeps_no_premium_for_what_rounding_leaves() => Given.Holds(
        PremiumAndPart,
        """
        "reps": [{ "id": "ann" }, { "id": "bob" }],
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 100, "splits": [{ "rep": "ann", "percent": 33.3333 }, { "rep": "bob", "percent": 66.6667 }] },
          { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 50 }, { "kind": "refund", "deal": "A", "date": "2025-03-10", "amount": 50 }
        ],
        "expect": [
          { "rep": "ann", "period": "2025-02", "component": "premium", "is": 0 }, { "rep": "ann", "period": "2025-03", "component": "premium", "is": -75 }, { "rep": "ann", "period": "2025", "component": "part", "is": 0.00000 },
          { "rep": "bob", "period": "2025-02", "component": "premium", "is": 0 }, { "rep": "bob", "period": "2025-03", "component": "premium", "is": -75 }, { "rep": "bob", "period": "2025", "component": "part", "is": 0.00000 }
        ]
        """);

    [Fact]
    public void What_is_refunded_beyond_the_whole_keeps_no_premium_and_takes_back_its_part() => Given.Holds(
        PremiumAndPart,
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 100 }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 110 }],
        "expect": [
          { "period": "2025-01", "component": "premium", "is": 75 }, { "period": "2025-02", "component": "premium", "is": -75 },
          { "period": "2025-01", "component": "part", "is": 10 }, { "period": "2025-02", "component": "part", "is": -11 }
        ]
        """);

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.2")]
    public void What_is_refunded_whole_in_its_own_currency_is_undone_whatever_the_rate_of_the_day(string rate) => Given.Holds(
        PremiumAndPart + """,{"id":"in_order","measure":"sales","per":"deal_in_order","rate_table":{"mode":"flat","on":"amount","yields":"amount","tiers":[{"from":0,"rate":20}]}}""",
        $$"""
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1.1 }, { "from": "EUR", "day": "2025-02-01", "rate": {{rate}} }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 1000, "currency": "EUR" }],
        "expect": [
          { "period": "2025-01", "component": "premium", "is": 75 }, { "period": "2025-02", "component": "premium", "is": -75 }, { "period": "2025-01", "component": "part", "is": 110 },
          { "period": "2025-02", "component": "part", "is": -110 }, { "period": "2025-01", "component": "in_order", "is": 20 }, { "period": "2025-02", "component": "in_order", "is": -20 }
        ]
        """);

    [Fact]
    public void A_part_that_is_refunded_at_a_higher_rate_leaves_the_premium() => Given.Holds(
        PremiumAndPart,
        """
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1 }, { "from": "EUR", "day": "2025-02-01", "rate": 2 }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 500, "currency": "EUR" }],
        "expect": [{ "period": "2025", "component": "premium", "is": 75 }, { "period": "2025", "component": "part", "is": 0 }]
        """);

    [Theory]
    [InlineData(1000, 110)]
    [InlineData(500, 55)]
    public void Cash_releases_in_the_currency_of_the_deal_whatever_the_rate_of_its_day(int cash, decimal released) => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"hold":{"until":"cash"}}""",
        $$"""
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1.1 }, { "from": "EUR", "day": "2025-02-01", "rate": 1.0 }, { "from": "EUR", "day": "2025-03-01", "rate": 1.2 }],
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "payment", "deal": "A", "date": "2025-02-10", "amount": {{cash}}, "currency": "EUR" },
          { "id": "B", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "payment", "deal": "B", "date": "2025-03-10", "amount": {{cash}}, "currency": "EUR" }
        ],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "held", "is": 220 }, { "period": "2025-02", "component": "c", "figure": "released", "is": {{released}} },
          { "period": "2025-03", "component": "c", "figure": "released", "is": {{released}} }
        ]
        """);

    [Fact]
    public void Cash_of_another_currency_than_the_invoice_is_set_against_it_in_that_of_the_plan() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"hold":{"until":"cash"}}""",
        """
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1.1 }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "payment", "deal": "A", "date": "2025-02-10", "amount": 550 }],
        "expect": [{ "period": "2025-02", "component": "c", "figure": "released", "is": 55 }]
        """);

    [Theory]
    [InlineData(1000, 110)]
    [InlineData(500, 55)]
    [InlineData(0, 110)]
    public void A_cancellation_is_a_part_in_the_currency_of_the_deal_whatever_the_rate_of_its_day(int cancelled, decimal clawedBack) => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"clawback":{"percent":100}}""",
        $$"""
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1.1 }, { "from": "EUR", "day": "2025-02-01", "rate": 1.0 }, { "from": "EUR", "day": "2025-03-01", "rate": 1.2 }],
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "cancellation", "deal": "A", "date": "2025-02-10", "amount": {{cancelled}}, "currency": "EUR" },
          { "id": "B", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "cancellation", "deal": "B", "date": "2025-03-10", "amount": {{cancelled}}, "currency": "EUR" }
        ],
        "expect": [{ "period": "2025-02", "component": "c", "figure": "clawed_back", "is": {{clawedBack}} }, { "period": "2025-03", "component": "c", "figure": "clawed_back", "is": {{clawedBack}} }]
        """);

    [Theory]
    [InlineData("")]
    [InlineData(""", "margin": -1500""")]
    public void A_refund_that_tells_no_margin_takes_it_back_in_proportion_to_the_amount(string told) => Given.Holds(
        """{"id":"above","measure":"sales","per":"deal","earn":"max(margin - amount * 20%, 0) * 50%"},{"id":"rate","measure":"sales","per":"deal","earn":"if(margin / amount >= 40%, 10%, 5%) * amount"}""",
        $$"""
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 10000, "margin": 3000 }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": -5000{{told}} }],
        "expect": [
          { "period": "2025-01", "component": "above", "is": 500 }, { "period": "2025-02", "component": "above", "is": -250 },
          { "period": "2025-01", "component": "rate", "is": 500 }, { "period": "2025-02", "component": "rate", "is": -250 }
        ]
        """);

    [Fact]
    public void A_refund_that_tells_no_margin_leaves_it_unknown_where_no_sale_tells_one() => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","earn":"coalesce(margin, 7)"}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 100 }, { "kind": "refund", "deal": "A", "date": "2025-01-10", "amount": 10, "margin": -3 }, { "kind": "refund", "deal": "A", "date": "2025-01-10", "amount": 10 }],
        "expect": [{ "period": "2025-01", "is": 7 }]
        """);

    private static CreditLine Line(string deal, string day, decimal amount, string kind = "order") =>
        new() { Transaction = kind + deal, Deal = deal, Kind = kind, Date = Given.Day(day), Amount = amount };
}
