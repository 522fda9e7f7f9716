using Spm.Compensation.Amounts;
using Spm.Compensation.Explain;
using static Spm.Compensation.Tests.Explain.ExplainedDocument;

namespace Spm.Compensation.Tests.Explain;

/// <summary>An expression stands with its text, and below it everything it asks for: it can be calculated again by hand.</summary>
public class FormulaNodesTests
{
    private const string Quota = """ "quotas": [{ "measure": "sales", "period": "2025-01", "amount": 1000 }], "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1200, "product": "app" }], "rep": { "title": "AE", "hired_on": "2024-12-15" } """;

    [Fact]
    public void Whatever_an_earning_asks_for_stands_below_it() => Reads(
        """
        earning: 144  (if(attainment > 1 and rep.title = 'AE' and not is_null(rep.left_on), 0, to_date * lookup('rate', attainment)))
          attainment: 1.2 = first divided by second
            credited by 2025-01: 1,200 = sum of
              credited in 2025-01: 1,200
            quota by 2025-01: 1,000
          rep.title: 'AE'
          rep.left_on: not known
          to_date: 1,200
          lookup('rate', attainment): 0.12  (1.2: tier 1 to any)
        """,
        Of(""" "earn": "if(attainment > 1 and rep.title = 'AE' and not is_null(rep.left_on), 0, to_date * lookup('rate', attainment))" """));

    [Fact]
    public void Whatever_the_earning_of_a_deal_asks_for_stands_below_it() => Reads(
        """
        deal A: 120  (if(product = 'app' and rep.hired_on < date('2025-01-01') and attainment > 1, amount * 10%, 0))
          product: 'app'
          rep.hired_on: 2024-12-15
          attainment: 1.2 = first divided by second
            to_date: 1,200
            quota: 1,000
          amount: 1,200
        """,
        Of(""" "per": "deal", "earn": "if(product = 'app' and rep.hired_on < date('2025-01-01') and attainment > 1, amount * 10%, 0)" """));

    [Fact]
    public void A_multiplier_stands_with_its_figure_and_the_figure_with_what_it_asks_for() => Reads(
        """
        multiplier: 1.5
          percent of the tier: 1.5  (components.m.attainment = 1.2)
          figure: 1.2  (components.m.attainment)
            components.m.attainment: 1.2 = first divided by second
              credited by 2025-01: 1,200 = sum of
        """,
        Of(""" "rate": 10, "multipliers": [{ "figure": "components.m.attainment", "tiers": [{ "to": 1, "rate": 100 }, { "from": 1, "rate": 150 }] }] """));

    [Fact]
    public void A_kicker_stands_with_what_was_credited_the_milestone_and_the_amount() => Reads(
        """
        kicker: 12 = sum of
          kicker of 2025-01: 12 = product of
            amount: 12 = greatest of
              amount: 12  (to_date * 1%)
                to_date: 1,200
              nothing: 0
            reached: 1
              once: 1
              credited: 1,200
              milestone in percent of quota: 110
              quota: 1,000
        """,
        Of(""" "rate": 10, "kickers": [{ "at": 110, "amount": "to_date * 1%", "once": "month" }] """));

    [Fact]
    public void A_gate_stands_with_what_its_condition_asks_for() => Reads(
        """
        closed: 0  (attainment >= 2)
          attainment: 1.2 = first divided by second
        """,
        Of(""" "rate": 10, "gates": [{ "when": "attainment >= 2" }] """));

    [Fact]
    public void An_expression_recomputes_from_the_values_below_it()
    {
        var node = new ExplainedDocument(Version(""" "earn": "to_date * if(attainment > 1, 10%, 5%)" """), Quota).Node("2025-01").All().Single(n => n.Name == "earning");
        Assert.Equal(120m, node.Recompute(Currency.Usd));
        Assert.Equal(60m, (node with { Inputs = [.. node.Inputs.Select(i => i.Name == "attainment" ? ExplainNode.Given("attainment", 0.9m) : i)] }).Recompute(Currency.Usd));
    }

    private static string Of(string pays) => new ExplainedDocument(Version(pays), Quota).Payout("2025-01");

    private static string Version(string pays) => $$"""
        "measures": [{ "id": "sales", "value": "amount" }], "lookups": [{ "id": "rate", "gives": "percent", "tiers": [{ "to": 1, "value": 10 }, { "from": 1, "value": 12 }] }],
        "components": [{ "id": "c", "measure": "sales", "attainment_period": "month", {{pays}} }, { "id": "m", "measure": "sales", "attainment_period": "month" }]
        """;
}
