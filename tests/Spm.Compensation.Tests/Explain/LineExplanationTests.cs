using Spm.Compensation.Documents;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.PlanTests;

namespace Spm.Compensation.Tests.Explain;

/// <summary>Every kind of line as somebody reads it who asks, in a case that can be reckoned by hand.</summary>
public class LineExplanationTests
{
    private const string TwoMonths = """
        { "id": "A", "date": "2025-01-10", "amount": 1000 }, { "id": "B", "date": "2025-01-11", "amount": 3000 },
        { "id": "C", "date": "2025-02-10", "amount": 2000 }
        """;

    /// <summary>The example of holds.md, three times as large.</summary>
    private const string Instalments = """
        { "id": "D", "kind": "invoice", "date": "2025-01-10", "amount": 3000 },
        { "id": "P", "deal": "D", "kind": "payment", "date": "2025-02-10", "amount": 1500 },
        { "id": "Q", "deal": "D", "kind": "payment", "date": "2025-03-10", "amount": 1800 },
        { "id": "R", "deal": "D", "kind": "payment", "date": "2025-05-10", "amount": -600 }
        """;

    private const string Cancelled = """
        { "id": "D", "date": "2025-01-31", "amount": 50000 },
        { "id": "X", "deal": "D", "kind": "cancellation", "date": "2026-01-30", "amount": 20000 },
        { "id": "Y", "deal": "D", "kind": "cancellation", "date": "2026-02-01", "amount": 40000 }
        """;

    [Fact]
    public void A_hold_takes_away_what_the_deal_earned_and_tells_what_is_still_held() => Reads(
        Component(""" "hold": { "until": "cash" } """),
        TwoMonths, "2025-01", PayLineKind.Hold, "B",
        """
        hold of commission: -300  (B)
          withheld: -300 = taken away
            earned by B in 2025-01: 300 = first divided by second
              incentive × counted: 1,200,000 = product of
                incentive of commission in 2025-01: 400
                counted of B: 3,000
              counted of 2 deals: 4,000
          still held after 2025-01: 300 = first less the others
            withheld to date: 300
            released by 2025-01: 0
              released: 0  (Nothing is paid for.)
              cash by 2025-01: 0
              invoiced by 2025-01: 3,000 = sum of
                B: 3,000  (2025-01-11)
        """);

    [Fact]
    public void A_release_is_the_part_of_cash_over_the_invoiced() => Reads(
        Component(""" "hold": { "until": "cash" } """),
        Instalments, "2025-02", PayLineKind.Release,
        """
        release of commission: 150  (D)
          released by 2025-02: 150 = first divided by second  (the part of cash over the invoiced)
            earned × cash: 450,000 = product of
              earned by D in 2025-01: 300
                incentive of commission in 2025-01: 300
              cash by 2025-02: 1,500 = sum of
                P: 1,500  (2025-02-10)
            invoiced by 2025-02: 3,000 = sum of
              D: 3,000  (2025-01-10)
        """);

    [Fact]
    public void Amounts_whose_product_is_larger_than_any_decimal_are_explained_as_well() => Reads(
        Component(""" "hold": { "until": "cash" } """),
        """{ "id": "D", "date": "2025-01-10", "amount": 40000000000000000 }, { "id": "P", "deal": "D", "kind": "payment", "date": "2025-02-10", "amount": 30000000000000000 }""",
        "2025-02", PayLineKind.Release,
        """
        release of commission: 3,000,000,000,000,000  (D)
          released by 2025-02: 3,000,000,000,000,000  (the part of cash over the invoiced)
            earned by D in 2025-01: 4,000,000,000,000,000
              incentive of commission in 2025-01: 4,000,000,000,000,000
            cash by 2025-02: 30,000,000,000,000,000 = sum of
              P: 30,000,000,000,000,000  (2025-02-10)
            invoiced by 2025-02: 40,000,000,000,000,000 = sum of
              D: 40,000,000,000,000,000  (2025-01-10)
        """);

    [Fact]
    public void Cash_that_is_refunded_takes_a_release_back() => Reads(
        Component(""" "hold": { "until": "cash" } """),
        Instalments, "2025-05", PayLineKind.Release,
        """
        release of commission: -30 = first less the others  (D)
          released by 2025-05: 270 = first divided by second  (the part of cash over the invoiced)
            earned × cash: 810,000 = product of
              earned by D in 2025-01: 300
                incentive of commission in 2025-01: 300
              cash by 2025-05: 2,700 = sum of
                P: 1,500  (2025-02-10)
                Q: 1,800  (2025-03-10)
                R: -600  (2025-05-10)
            invoiced by 2025-05: 3,000 = sum of
              D: 3,000  (2025-01-10)
          released by 2025-04: 300  (All of it is paid for.)
            earned by D in 2025-01: 300
              incentive of commission in 2025-01: 300
            cash by 2025-04: 3,300 = sum of
              P: 1,500  (2025-02-10)
              Q: 1,800  (2025-03-10)
            invoiced by 2025-04: 3,000 = sum of
              D: 3,000  (2025-01-10)
        """);

    [Fact]
    public void A_release_by_date_is_all_that_was_earned() => Reads(
        Component(""" "hold": { "until": "date", "date": "2025-03-15" } """),
        Instalments, "2025-03", PayLineKind.Release,
        """
        release of commission: 300  (D)
          released by 2025-03: 300  (held until 2025-03-15)
            earned by D in 2025-01: 300
              incentive of commission in 2025-01: 300
        """);

    [Fact]
    public void A_release_after_months_is_what_was_earned_then() => Reads(
        Component(""" "hold": { "until": "months", "months": 2 } """),
        TwoMonths, "2025-04", PayLineKind.Release,
        """
        release of commission: 200  (C)
          released by 2025-04: 200  (after 2 months)
            earned by C in 2025-02: 200
              incentive of commission in 2025-02: 200
        """);

    [Fact]
    public void A_true_up_holds_back_its_percent_of_what_is_due_to_date() => Reads(
        Component(""" "true_up": { "per": "quarter", "hold_back_percent": 25 } """),
        TwoMonths, "2025-02", PayLineKind.TrueUp,
        """
        true_up of commission: -50 = first less the others  (25 % wait for 2025-Q1)
          paid in 2025-02: 150 = first less the others
            due to date by 2025-02: 600 = sum of
              incentive of commission in 2025-01: 400
              incentive of commission in 2025-02: 200
            held back: 150 = product of
              due to date by 2025-02: 600 = sum of
                incentive of commission in 2025-01: 400
                incentive of commission in 2025-02: 200
              percent held back: 0.25
            paid before: 300 = first less the others
              due to date by 2025-01: 400 = sum of
                incentive of commission in 2025-01: 400
              held back: 100 = product of
                due to date by 2025-01: 400 = sum of
                  incentive of commission in 2025-01: 400
                percent held back: 0.25
          incentive of commission in 2025-02: 200
        """);

    [Fact]
    public void A_true_up_pays_what_was_held_back_when_the_span_ends() => Reads(
        Component(""" "true_up": { "per": "quarter", "hold_back_percent": 25 } """),
        TwoMonths, "2025-03", PayLineKind.TrueUp,
        """
        true_up of commission: 150 = first less the others  (25 % wait for 2025-Q1)
          paid in 2025-03: 150 = first less the others
            due to date by 2025-03: 600 = sum of
              incentive of commission in 2025-01: 400
              incentive of commission in 2025-02: 200
              incentive of commission in 2025-03: 0
            held back: 0  (2025-Q1 ends: what was held back is paid.)
            paid before: 450 = first less the others
              due to date by 2025-02: 600 = sum of
                incentive of commission in 2025-01: 400
                incentive of commission in 2025-02: 200
              held back: 150 = product of
                due to date by 2025-02: 600 = sum of
                  incentive of commission in 2025-01: 400
                  incentive of commission in 2025-02: 200
                percent held back: 0.25
          incentive of commission in 2025-03: 0
        """);

    [Fact]
    public void A_clawback_is_the_cancelled_part_of_what_was_paid_at_the_percent_of_its_age() => Reads(
        Component(""" "per": "deal", "clawback": { "schedule": [{ "to_months": 12, "percent": 100 }, { "to_months": 18, "percent": 50 }] } """, rate: 20),
        Cancelled, "2026-02", PayLineKind.Clawback,
        """
        clawback of commission: -3,000 = first less the others  (D)
          taken back by 2026-02: -7,000 = taken away
            of what was paid for D: 7,000 = first divided by second
              paid × cancelled: 350,000,000 = product of
                paid for D by 2026-02: 10,000 = sum of
                  earned by D in 2025-01: 10,000
                    deal D: 10,000 = sum of
                      flat tier 0 to any: 10,000 = product of
                        amount: 50,000
                        rate: 0.2
                cancelled, at its percent: 35,000 = sum of
                  part of X: 20,000 = product of
                    cancellation X: 20,000  (2026-01-30)
                    percent at the age of 11 months: 1
                  part of Y: 15,000 = product of
                    counted: 30,000 = least of
                      cancellation Y: 40,000  (2026-02-01)
                      not cancelled before: 30,000
                    percent at the age of 12 months: 0.5
              sold with D: 50,000 = sum of
                order D: 50,000  (2025-01-31)
          taken back by 2026-01: -4,000 = taken away
            of what was paid for D: 4,000 = first divided by second
              paid × cancelled: 200,000,000 = product of
                paid for D by 2026-01: 10,000 = sum of
                  earned by D in 2025-01: 10,000
                    deal D: 10,000 = sum of
                      flat tier 0 to any: 10,000 = product of
                        amount: 50,000
                        rate: 0.2
                cancelled, at its percent: 20,000 = sum of
                  part of X: 20,000 = product of
                    cancellation X: 20,000  (2026-01-30)
                    percent at the age of 11 months: 1
              sold with D: 50,000 = sum of
                order D: 50,000  (2025-01-31)
        """);

    [Fact]
    public void A_cap_on_pay_cuts_what_is_due_to_date() => Reads(
        Plan(""" "caps": [{ "per": "quarter", "amount": 500 }] """),
        TwoMonths, "2025-02", PayLineKind.Cap,
        """
        cap: -100 = taken away  (500 per quarter)
          cut by the cap: 100 = first less the others
            due before the cap in 2025-02: 200 = sum of
              incentive of commission: 200
            paid in 2025-02: 100 = first less the others
              paid to date: 500 = least of
                due to date: 600 = sum of
                  due in 2025-01: 400
                  due before the cap in 2025-02: 200 = sum of
                    incentive of commission: 200
                cap: 500  (per quarter)
              paid before: 400 = least of
                due in 2025-01: 400
                cap: 500  (per quarter)
        """);

    [Fact]
    public void A_cap_on_a_component_cuts_what_it_is_due() => Reads(
        Component(""" "caps": [{ "per": "month", "amount": 300 }] """),
        TwoMonths, "2025-01", PayLineKind.Cap,
        """
        cap of commission: -100 = taken away  (300 per month)
          cut by the cap: 100 = first less the others
            due before the cap in 2025-01: 400 = sum of
              incentive of commission: 400
            paid in 2025-01: 300 = least of
              due before the cap in 2025-01: 400 = sum of
                incentive of commission: 400
              cap: 300  (per month)
        """);

    [Fact]
    public void A_budget_cuts_what_it_does_not_cover_of_a_deal() => Reads(
        Component(""" "per": "deal", "spiff": { "budget": 250, "from": "2025-01-01", "to": "2025-02-01" } """),
        TwoMonths, "2025-01", PayLineKind.Cap,
        """
        cap of commission: -150 = taken away  (B: beyond the budget of the SPIFF)
          beyond the budget: 150 = first less the others
            claimed for B: 300  (2025-01-11)
            served: 150 = least of
              claimed for B: 300  (2025-01-11)
              left of the budget: 150 = first less the others
                budget: 250
                used by earlier deals: 100
        """);

    [Fact]
    public void A_guarantee_is_the_part_of_the_minimum_that_counts_less_what_is_due() => Reads(
        Plan(""" "guarantee": { "amount": 9000, "per": "quarter", "proration": { "by": "calendar_days" } } """, rep: """ "hired_on": "2025-01-31" """),
        """{ "date": "2025-02-10", "amount": 1000 }, { "date": "2025-03-10", "amount": 3000 }""", "2025-03", PayLineKind.Guarantee,
        """
        guarantee: 5,600 = first less the others  (6000.0000000000000000000000003 for 2025-Q1)
          guaranteed for 2025-Q1: 6,000 = product of
            guarantee: 9,000  (per quarter)
            part of it that counts: 0.6666666667  (2/3)
          due in 2025-Q1: 400 = sum of
            due in 2025-01: 0
            due in 2025-02: 100
            due before the guarantee in 2025-03: 300 = sum of
              incentive of commission: 300
        """);

    [Fact]
    public void A_draw_is_the_floor_less_what_is_due() => Reads(
        Plan(""" "draw": { "kind": "recoverable", "percent_of_target_incentive": 50, "proration": { "by": "calendar_days" } } """, rep: """ "hired_on": "2025-01-20", "target_incentive": 18600 """),
        """{ "date": "2025-01-20", "amount": 1000 }""", "2025-01", PayLineKind.Draw,
        """
        draw: 200 = first less the others  (floor 300)
          floor of 2025-01: 300 = first divided by second
            times the parts that count: 9,300 = product of
              floor of the draw: 775 = product of
                target incentive of the month: 1,550
                percent of target incentive: 0.5
              parts that count: 12
            parts: 31
          due before the draw in 2025-01: 100 = sum of
            incentive of commission: 100
        """);

    [Fact]
    public void A_recovery_is_what_is_owed_up_to_the_percent_of_what_is_above_the_floor() => Reads(
        Plan(""" "draw": { "kind": "recoverable", "amount": 1000, "recovery_percent": 50 } """),
        """{ "date": "2025-01-20", "amount": 4000 }, { "date": "2025-02-20", "amount": 16000 }, { "date": "2025-03-20", "amount": 18000 }""", "2025-03", PayLineKind.Recovery,
        """
        recovery: -300 = taken away
          recovered: 300 = least of
            owed: 300 = sum of
              draw of 2025-01: 600
              recovery of 2025-02: -300
            recoverable: 400 = product of
              above the floor: 800 = first less the others
                due before the draw in 2025-03: 1,800 = sum of
                  incentive of commission: 1,800
                floor of the draw: 1,000
              recovery percent: 0.5
        """);

    private readonly record struct Terms(string Component, string Pay, string Rep);

    private static Terms Component(string rules, decimal rate = 10m) => new($"\"rate\": {rate}, {rules}", "", "");

    private static Terms Plan(string pay, string rep = "") => new("\"rate\": 10", pay, rep);

    private static void Reads(Terms plan, string transactions, string month, PayLineKind kind, string expected) => Reads(plan, transactions, month, kind, null, expected);

    /// <param name="deal">Where the month has several such lines.</param>
    private static void Reads(Terms plan, string transactions, string period, PayLineKind kind, string? deal, string expected)
    {
        var errors = new DocErrors();
        var document = PlanReader.Read(
            $$"""
            {
              "plan": "worked", "currency": "USD",
              "versions": [{
                "effective_from": "2025-01-01", "measures": [{ "id": "sales", "value": "amount" }],
                "components": [{ "id": "commission", "measure": "sales", {{plan.Component}} }], "pay": { {{plan.Pay}} }
              }],
              "tests": [{
                "name": "worked", "years": ["2025-01-01", "2026-01-01"], "rep": { {{plan.Rep}} }, "transactions": [{{transactions}}],
                "expect": [{ "period": "2025-01", "is": 0 }]
              }]
            }
            """, errors);
        Assert.Empty(errors.All);
        var month = PlanTestRunner.Calculate(document!.Rules, document.Tests[0]).Values.Single().Months.Single(m => m.Month.Id == period);
        var line = Enumerable.Range(0, month.Lines.Count).Single(i => month.Lines[i].Kind == kind && (deal is null || month.Lines[i].Detail == deal));
        Assert.Equal(expected + "\n", ExplainText.Render(month.Explain(line)));
    }
}
