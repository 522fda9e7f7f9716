using static Spm.Compensation.Tests.Explain.ExplainedDocument;

namespace Spm.Compensation.Tests.Explain;

/// <summary>The ends of a graph: what somebody needs who reckons it again by hand.</summary>
public class LeafTests
{
    private const string Sales = """ "measures": [{ "id": "sales", "value": "amount" }] """;

    [Fact]
    public void A_target_multiplier_stands_with_the_target_incentive_and_the_quota() => Reads(
        """
        step tier 0 to any %: 11,250 = first divided by second
          target incentive × amount: 2,250,000,000 = product of
            target incentive at the rate: 15,000 = product of
              target incentive: 10,000
              rate: 1.5
            amount: 150,000
          quota: 200,000
        """,
        new ExplainedDocument(
            Sales + """, "components": [{ "id": "c", "measure": "sales", "quota": "full", "rate_table": { "mode": "step", "yields": "target_multiplier", "tiers": [{ "from": 0, "rate": 1.5 }] } }] """,
            """ "rep": { "target_incentive": 10000 }, "quotas": [{ "measure": "sales", "period": "2025", "amount": 200000 }], "transactions": [{ "date": "2025-01-10", "amount": 150000 }] """)
            .Payout("2025-01"));

    [Fact]
    public void A_payout_curve_stands_with_the_target_incentive() => Reads(
        """
        interpolated tier 0 to 100 %: 5,000 = product of
          target incentive: 10,000
          part of it: 0.5  (rate 1 on 100000)
        """,
        new ExplainedDocument(
            Sales + """, "components": [{ "id": "c", "measure": "sales", "quota": "full", "rate_table": { "mode": "interpolated", "yields": "target_multiplier", "tiers": [{ "from": 0, "to": 100, "amount": 1 }, { "from": 100, "amount": 0 }] } }] """,
            """ "rep": { "target_incentive": 10000 }, "quotas": [{ "measure": "sales", "period": "2025", "amount": 200000 }], "transactions": [{ "date": "2025-01-10", "amount": 100000 }] """)
            .Payout("2025-01"));

    [Theory]
    [InlineData("", "1.06  (of 2025-01-09)")]
    [InlineData(""" , "fx": { "rate": "fixed", "fixed_rates": { "EUR": 1.06 } } """, "1.06  (fixed by the plan)")]
    [InlineData(""" , "fx": { "rate": "month_average" } """, "1.06  (average of 2 rates of the month)")]
    public void A_credit_in_another_currency_stands_with_its_rate_and_where_that_is_from(string fx, string rate) => Reads(
        $"""
        credit of T1: 1,060 = product of  (order of 2025-01-10, direct: 1000 EUR)
          in EUR: 1,000
          rate: {rate}
        """,
        new ExplainedDocument(
            Sales + fx + """, "components": [{ "id": "c", "measure": "sales", "rate": 10 }] """,
            """ "transactions": [{ "date": "2025-01-10", "amount": 1000, "currency": "EUR" }], "fx_rates": [{ "from": "EUR", "day": "2025-01-09", "rate": 1.06 }, { "from": "EUR", "day": "2025-01-20", "rate": 1.06 }] """)
            .Payout("2025-01"));

    [Fact]
    public void A_scorecard_sums_weight_times_what_each_score_pays() => Reads(
        """
        earning: 9,150 = product of
          target incentive: 10,000
          scorecard: 0.915
            goals: 0.915 = sum of
              goal pipeline: 0.375 = product of
                weight: 0.5
                pays: 0.75  (score 90)
              goal launch: 0.54 = product of
                weight: 0.5
                pays: 1.08  (score 108)
        """, Scored(""));

    [Theory]
    [InlineData(""", "cap": 90 """, """
        scorecard: 0.9 = least of
          goals: 0.915 = sum of
        """)]
    [InlineData(""", "threshold": 95 """, """
        scorecard: 0 = product of
          goals: 0.915 = sum of
        """)]
    public void A_scorecard_says_which_rule_cut_it(string rule, string expected) => Reads(expected, Scored(rule));

    [Fact]
    public void A_quota_stands_with_what_was_set_and_every_factor() => Reads(
        """
        quota of 2025-01: 30,000 = product of
          after seasonality: 120,000 = product of
            as it was set: 1,200,000
            seasonality: 0.1  (1/10)
          ramp: 0.25  (1/4)
        """,
        new ExplainedDocument(
            Sales + """, "quotas": { "seasonality": { "over": "months", "percents": [10, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 10] }, "ramp": { "steps": [{ "to_month": 3, "percent": 25 }] } }, "components": [{ "id": "c", "measure": "sales", "attainment_period": "month", "quota": "full", "rate": 10 }] """,
            """ "rep": { "hired_on": "2025-01-01" }, "quotas": [{ "measure": "sales", "period": "2025", "amount": 1200000 }], "transactions": [{ "date": "2025-01-10", "amount": 1000 }] """)
            .Payout("2025-01"));

    [Fact]
    public void A_quota_to_date_is_the_sum_of_its_months() => Reads(
        """
        quota by 2025-02: 1,500 = sum of
          quota of 2025-01: 500 = product of
            as it was set: 1,000
            ramp: 0.5  (1/2)
          quota of 2025-02: 1,000
        """,
        new ExplainedDocument(
            Sales + """, "quotas": { "ramp": { "steps": [{ "to_month": 1, "percent": 50 }] } }, "components": [{ "id": "c", "measure": "sales", "quota": "to_date", "rate": 10 }] """,
            """ "rep": { "hired_on": "2025-01-01" }, "quotas": [{ "measure": "sales", "period": "2025-01", "amount": 1000 }, { "measure": "sales", "period": "2025-02", "amount": 1000 }], "transactions": [{ "date": "2025-02-10", "amount": 1000 }] """)
            .Payout("2025-02"));

    [Fact]
    public void Costs_of_contracts_are_taken_apart_by_deal()
    {
        var document = new ExplainedDocument(
            Sales + """, "components": [{ "id": "c", "measure": "sales", "rate": 10, "per": "deal" }], "accounting": { "months": 24 } """,
            """ "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 24000 }, { "kind": "refund", "deal": "A", "date": "2025-02-10", "amount": 12000 }], "costs": [{ "date": "2025-01-03", "name": "travel", "amount": 500, "only_if_obtained": false }] """);
        Reads(
            """
            contract costs of 2025-01: 2,300
              unamortised after 2025-01: 2,300 = first less the others
                before amortisation: 2,400 = sum of
                  unamortised before: 0
                  capitalised in 2025-01: 2,400 = sum of
                    commission of A: 2,400
                amortised in 2025-01: 100 = sum of
                  amortised of A: 100 = first less the others
                    amortised to date: 100  (2400 × 1/24, rounded at 2 decimals)
                    amortised before: 0
              expensed in 2025-01: 500 = sum of
                travel: 500
            """, document.Costs("2025-01"));
        Reads(
            """
            capitalised in 2025-02: -1,200 = sum of
              commission of A: -1,200  (Taken back of the asset.)
            amortised in 2025-02: 0
            """, document.Costs("2025-02"));
    }

    [Fact]
    public void Without_a_rule_for_costs_there_is_nothing_to_take_apart() => Assert.Empty(
        new ExplainedDocument(Sales + """, "components": [{ "id": "c", "measure": "sales", "rate": 10 }] """, """ "transactions": [{ "date": "2025-01-10", "amount": 24000 }] """).Costs("2025-01"));

    private static string Scored(string rule) => new ExplainedDocument(
        $$"""
        {{Sales}}, "components": [{ "id": "c", "attainment_period": "month", "scorecard": { "goals": [
          { "id": "pipeline", "weight": 50, "points": [{ "score": 80, "pays": 50 }, { "score": 100, "pays": 100 }], "between": "linear" }, { "id": "launch", "weight": 50, "max_percent": 120 }
        ] {{rule}} } }]
        """,
        """ "rep": { "target_incentive": 120000, "scores": [{ "goal": "pipeline", "period": "2025-01", "score": 90 }, { "goal": "launch", "period": "2025-01", "score": 108 }] }, "transactions": [{ "date": "2025-01-10" }] """)
        .Payout("2025-01");
}
