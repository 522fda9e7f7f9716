using System.Globalization;
using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Earnings;

/// <summary>Deals that one measure places in a table, paid percents of other money of theirs.</summary>
public class DealRatesTests
{
    private const string Measures = """{ "id": "sales", "value": "amount" }, { "id": "copies", "unit": "count", "value": "quantity" }""";

    private const string Tiers = """ "tiers": [{ "from": 0, "to": 50, "rate": 10 }, { "from": 50, "to": 80, "rate": 12.5 }, { "from": 80, "rate": 15 }] """;

    [Theory]
    [InlineData("rate_needs_money", "/versions/0/components/0/rate_table", """ "per": "deal_in_order", "rate_table": { "mode": "step", "on": "amount", "tiers": [{ "from": 0, "rate": 10 }] } """)]
    [InlineData("of_needs_deals", "/versions/0/components/0/rate_table/of", """ "rate_table": { "mode": "step", "on": "amount", "of": "1", "tiers": [{ "from": 0, "rate": 10 }] } """)]
    [InlineData("of_needs_percent", "/versions/0/components/0/rate_table/of", """ "per": "deal", "rate_table": { "mode": "step", "on": "amount", "yields": "per_unit", "of": "amount", "tiers": [{ "from": 0, "rate": 10 }] } """)]
    [InlineData("kind_mismatch", "/versions/0/components/0/rate_table/of", """ "per": "deal", "rate_table": { "mode": "step", "on": "amount", "of": "quantity", "tiers": [{ "from": 0, "rate": 10 }] } """)]
    [InlineData("name_unknown", "/versions/0/components/0/rate_table/of", """ "per": "deal", "rate_table": { "mode": "step", "on": "amount", "of": "price", "tiers": [{ "from": 0, "rate": 10 }] } """)]
    public void What_percents_cannot_be_of_is_refused_at_its_place(string code, string at, string members)
    {
        var errors = new DocErrors();
        PlanReader.Read($$"""{ "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{{Measures}}], "components": [{ "id": "c", "measure": "copies", {{members}} }] }] }""", errors);
        Assert.Contains(errors.All, e => (e.Code, e.Path) == (code, at));
    }

    [Fact]
    public void At_one_price_percents_of_the_amount_are_money_for_each_copy() => Property.Holds<int>(seed =>
    {
        var random = new Random(seed);
        var price = random.Next(1, 2_000) / 100m;
        string[] deals = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => (Day: random.Next(1, 29), Month: random.Next(1, 4), Copies: random.Next(1, 60), No: i)).Select(d => Deal(d.No, d.Month, d.Day, d.Copies, d.Copies * price))];
        var mode = random.Next(2) == 0 ? "step" : "flat";
        var results = Run(
            $$"""
            { "id": "percents", "measure": "copies", "attainment_period": "quarter", "per": "deal_in_order", "rate_table": { "mode": "{{mode}}", "on": "amount", "of": "amount", {{Tiers}} } },
            { "id": "money", "measure": "copies", "attainment_period": "quarter", "per": "deal_in_order", "rate_table": { "mode": "{{mode}}", "on": "amount", "yields": "per_unit", "tiers": [{ "from": 0, "to": 50, "rate": {{Number(price * 0.1m)}} }, { "from": 50, "to": 80, "rate": {{Number(price * 0.125m)}} }, { "from": 80, "rate": {{Number(price * 0.15m)}} }] } }
            """,
            deals, "percents", "money");
        Assert.Equal(Cents(results["money"]), Cents(results["percents"]));
    });

    [Theory]
    [InlineData("deal_in_order", "step")]
    [InlineData("deal_in_order", "flat")]
    [InlineData("deal_in_order", "overageAtReachedTier")]
    [InlineData("deal", "step")]
    public void Of_what_is_counted_is_as_if_nothing_were_said(string per, string mode) => Property.Holds<int>(seed =>
    {
        var random = new Random(seed);
        string[] deals = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i => Deal(i, random.Next(1, 4), random.Next(1, 29), 1, random.Next(1, 6_000) / 100m))];
        var results = Run(string.Join(',', new[] { ("told", "\"of\": \"counted\","), ("silent", "") }.Select(c =>
            $$"""{ "id": "{{c.Item1}}", "measure": "sales", "per": "{{per}}", {{(mode == "overageAtReachedTier" ? "\"quota\": \"full\"," : "")}} "rate_table": { "mode": "{{mode}}", {{(mode == "overageAtReachedTier" ? "" : "\"on\": \"amount\",")}} {{c.Item2}} {{Tiers}} } }""")), deals, "told", "silent");
        Assert.Equal(Cents(results["silent"]), Cents(results["told"]));
    }, runs: 50);

    [Fact]
    public void A_deal_of_which_the_money_is_not_known_stands_still_and_says_which() => Given.Holds(
        $$"""{ "id": "c", "measure": "copies", "per": "deal_in_order", "rate_table": { "mode": "step", "on": "amount", "of": "margin", {{Tiers}} } }""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 100, "margin": 40, "quantity": 1 }, { "id": "B", "date": "2025-02-10", "amount": 100, "quantity": 1 }],
        "expect": [{ "period": "2025-01", "component": "c", "is": 4 }, { "period": "2025-02", "component": "c", "is": 0 }]
        """,
        measures: Measures);

    [Fact]
    public void A_credit_note_that_tells_no_copies_takes_back_at_the_rate_of_its_place() => Given.Holds(
        $$"""{ "id": "c", "measure": "copies", "per": "deal_in_order", "attainment_period": "month", "rate_table": { "mode": "step", "on": "amount", "of": "amount", {{Tiers}} } }""",
        """
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000, "quantity": 10 }, { "id": "B", "date": "2025-02-05", "amount": 6000, "quantity": 60 },
          { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": -200, "quantity": 0 }
        ],
        "expect": [
          { "period": "2025-01", "component": "c", "is": 100 }, { "period": "2025-02", "component": "c", "deal": "A", "is": -25 }, { "period": "2025-02", "component": "c", "deal": "B", "is": 625 }
        ]
        """,
        measures: Measures);

    [Theory]
    [InlineData("if(kind = 'refund', 0, 1)")]
    [InlineData("if(kind = 'refund', -1, 1)")]
    [InlineData("if(kind = 'refund', -share, share)")]
    public void A_refund_of_a_part_leaves_the_rest_of_the_money_paid_whatever_it_counts(string deals) => Given.Holds(
        $$"""{ "id": "c", "measure": "deals", "per": "deal_in_order", "rate_table": { "mode": "step", "on": "amount", "of": "amount", {{Tiers}} } }""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 20000 }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 2000 }, { "kind": "refund", "deal": "A", "date": "2025-03-10", "amount": 3000 }],
        "expect": [{ "period": "2025-01", "component": "c", "is": 2000 }, { "period": "2025-02", "component": "c", "is": -200 }, { "period": "2025-03", "component": "c", "is": -300 }]
        """,
        measures: $$"""{ "id": "deals", "unit": "count", "value": "{{deals}}" }""");

    [Theory]
    [InlineData("amount", 110)]
    [InlineData("1000", 100)]
    public void What_is_refunded_whole_in_its_own_currency_is_undone_though_it_counts(string of, decimal earned) => Given.Holds(
        $$"""{ "id": "c", "measure": "deals", "per": "deal_in_order", "rate_table": { "mode": "step", "on": "amount", "of": "{{of}}", {{Tiers}} } }""",
        $$"""
        "fx_rates": [{ "from": "EUR", "day": "2025-01-01", "rate": 1.1 }, { "from": "EUR", "day": "2025-02-01", "rate": 1.0 }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000, "currency": "EUR" }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 1000, "currency": "EUR" }],
        "expect": [{ "period": "2025-01", "component": "c", "is": {{earned}} }, { "period": "2025-02", "component": "c", "is": -{{earned}} }]
        """,
        measures: """{ "id": "deals", "unit": "count", "value": "if(kind = 'refund', 0, 1)" }""");

    [Fact]
    public void What_is_refunded_whole_makes_room_though_the_refund_tells_no_copies() => Given.Holds(
        $$"""{ "id": "c", "measure": "copies", "per": "deal_in_order", "rate_table": { "mode": "step", "on": "amount", "of": "amount", {{Tiers}} } }""",
        """
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000, "quantity": 50 }, { "id": "B", "date": "2025-01-20", "amount": 1000, "quantity": 10 },
          { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": -1000, "quantity": 0 }
        ],
        "expect": [{ "period": "2025-01", "component": "c", "is": 225 }, { "period": "2025-02", "component": "c", "deal": "A", "is": -100 }, { "period": "2025-02", "component": "c", "deal": "B", "is": -25 }]
        """,
        measures: Measures);

    [Fact]
    public void A_cap_on_attainment_leaves_the_money_of_copies_beyond_it_unpaid() => Given.Holds(
        $$"""{ "id": "c", "measure": "copies", "per": "deal_in_order", "quota": "full", "attainment_cap": 100, "rate_table": { "mode": "step", "of": "amount", {{Tiers}} } }""",
        """
        "quotas": [{ "measure": "copies", "period": "2025", "amount": 100 }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 900, "quantity": 90 }, { "id": "B", "date": "2025-01-20", "amount": 400, "quantity": 40 }],
        "expect": [{ "period": "2025-01", "component": "c", "deal": "A", "is": 102.5 }, { "period": "2025-01", "component": "c", "deal": "B", "is": 15, "note": "10 of 40 copies" }]
        """,
        measures: Measures);

    [Fact]
    public void A_deal_by_itself_is_paid_at_the_rate_that_the_copies_of_the_period_reach() => Given.Holds(
        $$"""{ "id": "c", "measure": "copies", "per": "deal", "quota": "full", "rate_table": { "mode": "flat", "of": "amount", {{Tiers}} } }""",
        """
        "quotas": [{ "measure": "copies", "period": "2025", "amount": 100 }],
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 900, "quantity": 40 }, { "id": "B", "date": "2025-02-20", "amount": 400, "quantity": 40 }],
        "expect": [{ "period": "2025-01", "component": "c", "is": 90 }, { "period": "2025-02", "component": "c", "deal": "A", "is": 45 }, { "period": "2025-02", "component": "c", "deal": "B", "is": 60 }]
        """,
        measures: Measures);

    private static string Deal(int no, int month, int day, int copies, decimal amount) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{ "id": "D{{no}}", "date": "2025-{{month:00}}-{{day:00}}", "quantity": {{copies}}, "amount": {{amount}} }""");

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>To a millionth: percents of a price and money for a copy round at different digits.</summary>
    private static IEnumerable<decimal> Cents(IEnumerable<decimal> amounts) => amounts.Select(a => decimal.Round(a, 6));

    /// <summary>The incentives of components in the first three months.</summary>
    private static Dictionary<string, decimal[]> Run(string components, string[] deals, params string[] ids)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{{Measures}}], "components": [{{components}}] }],
              "tests": [{ "name": "t", "quotas": [{ "measure": "sales", "period": "2025", "amount": 100 }], "transactions": [{{string.Join(',', deals)}}], "expect": [{ "period": "2025-01", "is": 0 }] }] }
            """,
            errors);
        Assert.Empty(errors.All);
        var year = Assert.Single(PlanTestRunner.Calculate(document!.Rules, document.Tests[0])).Value.Years[0];
        return ids.ToDictionary(id => id, id => Enumerable.Range(0, 3).Select(m => year.Paying(m)!.Figures(m, year.Paying(m)!.Version.Find(id)).Incentive).ToArray());
    }
}
