using Spm.Compensation.Documents;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.PlanDocuments;

/// <summary>A figure that is expected is of the payout, of a component, or of either; never of neither.</summary>
public class ExpectationTests
{
    [Fact]
    public void What_a_cap_cuts_of_a_component_can_be_expected() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"caps":[{"amount":500,"per":"month"}]},{"id":"d","measure":"sales","rate":1}""",
        """
        "transactions": [{ "date": "2025-01-10", "amount": 25000 }],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "cut_by_cap", "is": 2000 }, { "period": "2025-01", "component": "d", "figure": "cut_by_cap", "is": 0 },
          { "period": "2025-01", "figure": "cut_by_cap", "is": 2000 }
        ]
        """);

    [Theory]
    [InlineData("\"rate\": 10", 400)]
    [InlineData("\"earn\": \"amount * 10%\", \"rounding\": { \"to\": 100, \"each\": \"deal\" }", 400)]
    [InlineData("\"per\": \"deal_in_order\", \"rate_table\": { \"mode\": \"step\", \"on\": \"amount\", \"tiers\": [{ \"from\": 0, \"rate\": 10 }] }", 400)]
    public void What_a_cap_per_deal_cuts_can_be_expected_and_a_refund_uses_it_up_first(string earning, int cut) => Given.Holds(
        $$"""{"id":"c","measure":"sales",{{(earning.Contains("per", StringComparison.Ordinal) ? "" : "\"per\":\"deal\",")}}{{earning}},"caps":[{"amount":500,"per":"deal"}]},{"id":"d","measure":"sales","rate":1}""",
        $$"""
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 9000 }, { "id": "B", "date": "2025-01-10", "amount": 1000 }, { "id": "R", "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 3000 }],
        "expect": [
          { "period": "2025-01", "component": "c", "figure": "cut_by_cap", "is": {{cut}} }, { "period": "2025-01", "component": "d", "figure": "cut_by_cap", "is": 0 },
          { "period": "2025-01", "figure": "cut_by_cap", "is": {{cut}} }, { "period": "2025-02", "figure": "cut_by_cap", "is": -300 }, { "period": "2025", "figure": "cut_by_cap", "is": 100 }
        ]
        """);

    [Fact]
    public void What_a_cap_per_deal_cuts_is_as_much_as_the_payout_would_be_higher() => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","rate":10,"caps":[{"amount":500,"per":"deal"}],"multipliers":[{"figure":"month","tiers":[{"rate":50}]}],"gates":[{"when":"to_date >= 9000"}]}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 8000 }, { "id": "B", "date": "2025-02-10", "amount": 1000 }],
        "expect": [
          { "period": "2025-01", "figure": "cut_by_cap", "is": 0, "note": "the gate is closed" }, { "period": "2025-01", "is": 0 },
          { "period": "2025-02", "figure": "cut_by_cap", "is": 150, "note": "half of 300" }, { "period": "2025-02", "is": 300 }
        ]
        """);

    [Fact]
    public void What_is_held_of_a_component_can_be_expected_at_the_end_of_a_period() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"hold":{"until":"cash"}},{"id":"d","measure":"sales","rate":1,"hold":{"until":"cash"}}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 10000 }, { "kind": "payment", "deal": "A", "date": "2025-03-10", "amount": 5500 }],
        "expect": [
          { "period": "2025-02", "component": "c", "figure": "held_balance", "is": 1000 }, { "period": "2025-03", "component": "c", "figure": "held_balance", "is": 450 },
          { "period": "2025-Q1", "component": "d", "figure": "held_balance", "is": 45 }, { "period": "2025-Q1", "figure": "held_balance", "is": 495 },
          { "period": "2025-Q1", "component": "c", "figure": "released", "is": 550 }
        ]
        """);

    [Theory]
    [InlineData(""" "component": "c", "figure": "guaranteed" """, "figure_not_of_a_component")]
    [InlineData(""" "component": "c", "figure": "payout" """, "figure_not_of_a_component")]
    [InlineData(""" "component": "c", "figure": "amortised" """, "figure_not_of_a_component")]
    [InlineData(""" "figure": "attainment" """, "figure_needs_component")]
    [InlineData(""" "component": "c", "deal": "A", "figure": "held" """, "figure_not_of_a_deal")]
    public void A_figure_that_there_is_not_is_refused(string members, string code) => Assert.Equal([code], Codes(
        """{ "id": "sales", "value": "amount" }""", """{ "id": "c", "measure": "sales", "rate": 10 }""", $$"""{ "period": "2025-01", {{members}}, "is": 0 }"""));

    [Theory]
    [InlineData("amuont", "name_unknown")]
    [InlineData("amount * amount", "kind_mismatch")]
    public void A_measure_without_meaning_is_the_only_thing_wrong(string value, string code) => Assert.Equal([code], Codes(
        $$"""{ "id": "sales", "value": "{{value}}" }""", """{ "id": "c", "measure": "sales", "per": "deal", "rate": 10 }, { "id": "d", "measure": "sales", "quota": "full", "rate": 10 }"""));

    [Fact]
    public void A_measure_that_there_is_not_is_not_missing_as_well() => Assert.Equal(["measure_unknown"], Codes(
        """{ "id": "sales", "value": "amount" }""", """{ "id": "c", "measure": "slaes", "per": "deal", "rate": 10, "quota": "full" }"""));

    [Fact]
    public void An_amount_that_is_no_number_is_not_out_of_range_as_well() => Assert.Equal(["type_mismatch"], Codes(
        """{ "id": "sales", "value": "amount" }""", """{ "id": "c", "measure": "sales", "rate": 10, "hold": { "until": "months", "months": "soon" } }"""));

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("\uFEFF")]
    public void An_empty_document_is_said_to_be_empty(string text)
    {
        var errors = new DocErrors();
        Assert.Null(PlanReader.Read(text, errors));
        Assert.Equal(["document_empty"], errors.All.Select(e => e.Code));
    }

    private static IEnumerable<string> Codes(string measures, string components, string? expect = null)
    {
        var errors = new DocErrors();
        PlanReader.Read(
            $$"""
            { "plan": "p", "currency": "USD", "versions": [{ "effective_from": "2025-01-01", "measures": [{{measures}}], "components": [{{components}}] }],
              "tests": [{{(expect is null ? "" : $$"""{ "name": "t", "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1 }], "expect": [{{expect}}] }""")}}] }
            """, errors);
        return errors.All.Select(e => e.Code);
    }
}
