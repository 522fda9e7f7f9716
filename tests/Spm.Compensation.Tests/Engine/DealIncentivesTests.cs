using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Tests.PlanDocuments;

namespace Spm.Compensation.Tests.Engine;

/// <summary>What of a component's incentive is a deal's: whoever holds or claws back a deal's pay asks.</summary>
public class DealIncentivesTests
{
    private const string Doubling = """ "quota":"full","rate_table":{"mode":"flat","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":10}]} """;

    private const string Kicker = """ "rate":10,"kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """;

    private static readonly string[] Components =
    [
        """ "rate":10 """, Kicker, Doubling,
        """ "rate":10,"gates":[{"when":"to_date >= 800"}] """,
        """ "rate":10,"measurement_period":"month","attainment_period":"quarter" """,
        """ "per":"deal","earn":"counted * 8% + 5" """,
        """ "per":"deal","earn":"counted * 8% + 5","gates":[{"when":"to_date >= 800"}] """,
        """ "per":"deal","measurement_period":"month","earn":"counted * 8%","kickers":[{"at_amount":1000,"amount":500,"once":"year"}] """,
    ];

    [Fact]
    public void A_rate_that_reprices_all_that_is_sold_reprices_every_deal() => Given.Holds(
        $$"""{"id":"c","measure":"sales",{{Doubling}},"hold":{"until":"cash"} }""",
        """
        "quotas": [{ "measure": "sales", "period": "2025", "amount": 100000 }],
        "transactions": [
          { "id": "B", "date": "2025-10-10", "amount": 99000 }, { "kind": "payment", "deal": "B", "date": "2025-10-11", "amount": 99000 },
          { "kind": "refund", "deal": "B", "date": "2025-11-10", "amount": -60000 }, { "kind": "payment", "deal": "B", "date": "2025-11-11", "amount": -60000 },
          { "id": "A", "date": "2025-11-20", "amount": 70000 }, { "kind": "payment", "deal": "A", "date": "2025-12-10", "amount": 35000 }
        ],
        "expect": [
          { "period": "2025-10", "is": 4950 }, { "period": "2025-11", "component": "c", "is": 5950 },
          { "period": "2025-11", "component": "c", "deal": "B", "is": -1050, "note": "10 % of 39,000, less 4,950" }, { "period": "2025-11", "component": "c", "deal": "A", "is": 7000 },
          { "period": "2025-11", "is": -1050 }, { "period": "2025-12", "is": 3500 }, { "period": "2025-12", "figure": "held_balance", "is": 3500 }
        ]
        """);

    [Theory]
    [InlineData(1001)]
    [InlineData(1000)]
    [InlineData(999)]
    public void A_sale_is_held_as_if_it_stood_alone_however_near_the_refunds_beside_it_bring_the_month_to_zero(int sold) => Given.Holds(
        """{"id":"c","measure":"sales","rate":10,"hold":{"until":"cash"} }""",
        $$"""
        "transactions": [
          { "id": "B", "date": "2025-01-10", "amount": 1000 }, { "kind": "refund", "deal": "B", "date": "2025-02-10", "amount": -1000 },
          { "id": "A", "date": "2025-02-20", "amount": {{sold}} }, { "kind": "payment", "deal": "A", "date": "2025-04-20", "amount": {{sold}} }
        ],
        "expect": [
          { "period": "2025-01", "is": 0 }, { "period": "2025-02", "is": 0 }, { "period": "2025-02", "figure": "held_balance", "is": {{sold / 10m}} }, { "period": "2025-04", "is": {{sold / 10m}} }
        ]
        """);

    [Theory]
    [InlineData(""" "rate":10,"gates":[{"when":"to_date > 1000"}] """)]
    [InlineData(""" "earn":"if(to_date > 1000, to_date * 10%, 0)" """)]
    [InlineData(""" "rate_table":{"on":"amount","mode":"flat","tiers":[{"from":0,"to":1001,"rate":0},{"from":1001,"rate":10}]} """)]
    public void A_small_deal_that_opens_what_others_are_paid_by_has_no_more_than_its_part(string earning) => Given.Holds(
        $$"""{"id":"c","measure":"sales",{{earning}},"clawback":{"percent":100} }""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000 }, { "id": "B", "date": "2025-02-10", "amount": 1 }, { "kind": "cancellation", "deal": "B", "date": "2025-03-10" }],
        "expect": [
          { "period": "2025-01", "component": "c", "is": 0 }, { "period": "2025-02", "component": "c", "is": 100.1 },
          { "period": "2025-02", "component": "c", "deal": "A", "is": 100 }, { "period": "2025-02", "component": "c", "deal": "B", "is": 0.1 }, { "period": "2025-03", "component": "c", "figure": "clawed_back", "is": 0.1 }
        ]
        """);

    [Theory]
    [InlineData("")]
    [InlineData(""" "gates":[{"when":"to_date > 500"}], """)]
    [InlineData(""" "rounding":{"to":1}, """)]
    public void Where_each_band_has_a_rate_of_its_own_a_deal_keeps_the_rates_it_was_paid_at(string stage) => Given.Holds(
        $$"""{"id":"c","measure":"sales",{{stage}}"rate_table":{"on":"amount","mode":"step","tiers":[{"from":0,"to":1000,"rate":10},{"from":1000,"rate":20}]},"clawback":{"percent":100} }""",
        """
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000 }, { "id": "B", "date": "2025-02-10", "amount": 1000 }, { "kind": "refund", "deal": "B", "date": "2025-03-10", "amount": 500 },
          { "kind": "cancellation", "deal": "A", "date": "2025-04-10" }
        ],
        "expect": [
          { "period": "2025-02", "component": "c", "deal": "A", "is": 0 }, { "period": "2025-02", "component": "c", "deal": "B", "is": 200 }, { "period": "2025-03", "component": "c", "deal": "B", "is": -100 },
          { "period": "2025-04", "component": "c", "figure": "clawed_back", "is": 100 }
        ]
        """);

    [Fact]
    public void A_kicker_in_a_month_of_little_net_is_no_more_than_the_kicker() => Given.Holds(
        $$"""{"id":"c","measure":"sales",{{Kicker}},"hold":{"until":"cash"} }""",
        """
        "transactions": [
          { "id": "B", "date": "2025-01-10", "amount": 995 }, { "kind": "refund", "deal": "B", "date": "2025-02-10", "amount": -990 },
          { "id": "A", "date": "2025-02-20", "amount": 1000 }, { "kind": "payment", "deal": "A", "date": "2025-04-20", "amount": 1000 }
        ],
        "expect": [{ "period": "2025-01", "is": 0 }, { "period": "2025-02", "is": 0 }, { "period": "2025-02", "component": "c", "deal": "B", "is": -96.51, "decimals": 2, "note": "5 of 1,005 parts of 600.50, less 99.50" }, { "period": "2025-04", "is": 597.51 }]
        """);

    [Fact]
    public void What_a_gate_opens_without_a_sale_belongs_to_the_deals_that_stand() => Given.Holds(
        """
        {"id":"h","measure":"sales","rate":10,"gates":[{"when":"to_date <= 4000"}],"hold":{"until":"cash"}},
        {"id":"c","measure":"sales","rate":10,"gates":[{"when":"to_date <= 4000"}],"clawback":{"percent":100}}
        """,
        """
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 1000 }, { "id": "B", "date": "2025-01-11", "amount": 3000 }, { "id": "C", "date": "2025-01-12", "amount": 500 },
          { "kind": "refund", "deal": "C", "date": "2025-02-12", "amount": -500 }, { "kind": "cancellation", "deal": "A", "date": "2025-03-10" }
        ],
        "expect": [
          { "period": "2025-02", "component": "h", "figure": "held", "is": 400 }, { "period": "2025-02", "component": "c", "is": 400 },
          { "period": "2025-02", "component": "c", "deal": "A", "is": 100 }, { "period": "2025-03", "component": "c", "figure": "clawed_back", "is": 100 }
        ]
        """);

    /// <summary>640 of January and 1,000 of February are credited at target; A of 600 and B of 1,000 are sold besides, at 10 %.</summary>
    [Theory]
    [InlineData(""" "rate":10 """)]
    [InlineData(""" "rate":10,"gates":[{"when":"to_date >= 800"}] """)]
    [InlineData(""" "earn":"to_date * 10%" """)]
    [InlineData(""" "rate_table":{"mode":"flat","tiers":[{"from":0,"to":50,"rate":5},{"from":50,"rate":10}]} """)]
    [InlineData(""" "rate_table":{"mode":"flat","tiers":[{"from":0,"to":50,"rate":5},{"from":50,"rate":10}]},"multipliers":[{"figure":"to_date","tiers":[{"rate":100}]}] """)]
    public void What_leave_earns_at_target_is_no_deals(string earning) => Given.Holds(
        $$"""{"id":"c","measure":"sales","attainment_period":"quarter","quota":"to_date",{{earning}},"clawback":{"percent":100} }""",
        """
        "rep": { "leave": [{ "from": "2025-01-16", "to": "2025-03-01", "effect": "credit_at_target" }] },
        "quotas": [{ "measure": "sales", "period": "2025-01", "amount": 1240 }, { "measure": "sales", "period": "2025-02", "amount": 1000 }, { "measure": "sales", "period": "2025-03", "amount": 1000 }],
        "transactions": [
          { "id": "A", "date": "2025-01-10", "amount": 600 }, { "id": "B", "date": "2025-03-10", "amount": 1000 }, { "kind": "cancellation", "deal": "B", "date": "2025-04-20" }
        ],
        "expect": [
          { "period": "2025-01", "component": "c", "is": 124 }, { "period": "2025-01", "component": "c", "deal": "A", "is": 60 },
          { "period": "2025-02", "component": "c", "is": 100 }, { "period": "2025-02", "component": "c", "deal": "A", "is": 0 },
          { "period": "2025-03", "component": "c", "is": 100 }, { "period": "2025-03", "component": "c", "deal": "A", "is": 0 }, { "period": "2025-03", "component": "c", "deal": "B", "is": 100 },
          { "period": "2025-04", "component": "c", "figure": "clawed_back", "is": 100 }
        ]
        """,
        """{ "proration": { "by": "calendar_days" } }""");

    [Fact]
    public void A_refund_of_a_deal_that_was_given_nothing_gives_nothing_back() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10}""",
        """
        "transactions": [{ "kind": "refund", "deal": "unknown", "date": "2025-01-10", "amount": -400 }, { "id": "A", "date": "2025-01-20", "amount": 1000 }],
        "expect": [{ "period": "2025-01", "component": "c", "deal": "unknown", "is": 0 }, { "period": "2025-01", "component": "c", "deal": "A", "is": 60 }]
        """);

    [Fact]
    public void A_refund_of_the_next_year_gives_back_what_its_deal_had_in_the_year_before() => Given.Holds(
        """{"id":"c","measure":"sales","rate":10}""",
        """
        "years": ["2024-01-01", "2025-01-01"],
        "transactions": [{ "id": "B", "date": "2024-12-10", "amount": 1000 }, { "kind": "refund", "deal": "B", "date": "2025-01-10", "amount": -400 }, { "id": "A", "date": "2025-01-20", "amount": 1000 }],
        "expect": [{ "period": "2025-01", "component": "c", "deal": "B", "is": -40 }, { "period": "2025-01", "component": "c", "deal": "A", "is": 100 }]
        """,
        versionFrom: "2024-01-01");

    [Theory]
    [InlineData(""" "gates":[{"when":"to_date >= 1"}] """)]
    [InlineData(""" "multipliers":[{"figure":"to_date","tiers":[{"rate":100}]}] """)]
    [InlineData(""" "rounding":{"to":0.01} """)]
    public void After_stages_a_deal_has_its_part_of_what_the_deals_earned_before_them(string stage) => Given.Holds(
        $$"""{"id":"c","measure":"sales","per":"deal","earn":"counted * if(product = 'core', 10%, 1%)",{{stage}}}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 1000, "product": "core" }, { "id": "B", "date": "2025-01-11", "amount": 9000, "product": "addon" }],
        "expect": [{ "period": "2025-01", "component": "c", "deal": "A", "is": 100 }, { "period": "2025-01", "component": "c", "deal": "B", "is": 90 }]
        """);

    [Fact]
    public void What_a_gate_opens_for_deals_belongs_to_the_deals_of_earlier_months_as_well() => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","earn":"75","gates":[{"when":"to_date >= 100"}],"clawback":{"percent":100}}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 50 }, { "id": "B", "date": "2025-02-11", "amount": 9950 }, { "kind": "cancellation", "deal": "A", "date": "2025-03-10" }],
        "expect": [{ "period": "2025-02", "component": "c", "is": 150 }, { "period": "2025-03", "component": "c", "figure": "clawed_back", "is": 75 }]
        """);

    [Fact]
    public void A_month_that_stands_still_takes_nothing_from_the_deals() => Given.Holds(
        """{"id":"c","measure":"sales","per":"deal","earn":"margin * 10%"}""",
        """
        "transactions": [{ "id": "A", "date": "2025-01-10", "amount": 5000, "margin": 1000 }, { "id": "B", "date": "2025-02-10", "amount": 5000 }],
        "expect": [
          { "period": "2025-01", "component": "c", "deal": "A", "is": 100 }, { "period": "2025-02", "component": "c", "deal": "A", "is": 0 }, { "period": "2025-03", "component": "c", "deal": "A", "is": 0 }
        ]
        """);

    [Fact]
    public void Who_explains_many_deals_of_a_month_has_them_worked_out_once()
    {
        var run = AnyRun(new Random(1));
        var deal = Enumerable.Range(0, 12).SelectMany(m => run.Deals.Of(m, "c5").Select(d => (Month: m, d.Key))).First();
        var explained = run.Deals.Explain(deal.Month, "c5", deal.Key);
        Assert.Same(explained.Inputs[0], run.Deals.Explain(deal.Month, "c5", deal.Key).Inputs[0]);
    }

    [Fact]
    public void The_parts_of_deals_sum_to_the_incentive_wherever_a_deal_stands() => Property.Holds<int>(seed =>
    {
        var run = seed % 2 == 0 ? PlanLaws.Run(seed) : AnyRun(new Random(seed));
        foreach (var (state, m, month, c, rule) in Paid(run))
        {
            var (parts, incentive) = (run.Deals.Of(month, rule.Id).Values, state.Figures(m, c).Incentive);
            var (paid, span) = (state.FirstOf(m, rule.MeasurementPeriod), state.FirstOf(m, rule.AttainmentPeriod));
            // What was nobody's in the period may be taken back of nobody, and what leave earned at target is nobody's.
            Assert.True(
                Math.Abs(parts.Sum() - incentive) < 0.000_000_001m || state.Figures(m, c).AtTarget > 0m || Enumerable.Range(paid, m - paid + 1).Any(to => state.Deals.Counted(rule, Math.Min(paid, span), to).All(d => d.Value <= 0m)),
                $"{rule.Id} in {run.Months[month].Month.Id}: {parts.Sum()} of {incentive}");
        }
    });

    [Fact]
    public void No_deal_has_more_than_was_earned_and_what_is_refunded_gives_back_no_more_than_it_had() => Property.Holds<int>(seed =>
    {
        var run = AnyRun(new Random(seed));
        foreach (var (state, m, month, c, rule) in Paid(run).Where(p => p.Rule.Earning is not Spm.Compensation.Earnings.DealEarning))
        {
            // Of the measurement period to date.
            var first = state.FirstOf(m, rule.MeasurementPeriod);
            var counted = state.Deals.Counted(rule, first, m).ToDictionary(d => d.Deal, d => d.Value);
            decimal Had(string deal, int from, int to) => Enumerable.Range(from, to - from).Sum(at => run.Deals.Of(at, rule.Id).GetValueOrDefault(deal));
            decimal Part(string deal) => Had(deal, month - (m - first), month + 1);
            var left = Math.Abs(state.Figures(m, c).Earned - counted.Where(d => d.Value < 0m).Sum(d => Part(d.Key))) + 0.000_000_001m;
            Assert.All(counted.Where(d => d.Value > 0m), d => Assert.InRange(Part(d.Key), -left, left));
            foreach (var (deal, _) in counted.Where(d => d.Value < 0m && counted.Values.Any(v => v > 0m)))
            {
                var had = Had(deal, 0, month - (m - first));
                Assert.InRange(-Part(deal), Math.Min(0m, had), Math.Max(0m, had));
            }
            foreach (var deal in counted.Keys.Where(d => state.Deals.Counted(rule, 0, m).Single(t => t.Deal == d).Value <= 0m))
            {
                Assert.Equal(0m, Had(deal, 0, month + 1), 9);
            }
        }
    });

    /// <summary>Five deals that are sold and refunded, in parts or whole, all through a year.</summary>
    private static PayRun AnyRun(Random random)
    {
        var plan = Given.Plan("p", string.Join(',', Components.Select((c, i) => $$"""{"id":"c{{i}}","measure":"revenue",{{c}},"hold":{"until":"cash"} }""")));
        var year = new RepYear(new RepYearInputs(Given.Year, new RepProfile("ann"), Given.AllYear(plan), Given.Book(("2025", 1500m))));
        var stands = new decimal[5];
        for (var i = 0; i < 14; i++)
        {
            var deal = random.Next(stands.Length);
            var amount = stands[deal] > 0m && random.Next(2) == 0 ? -random.Next(1, (int)stands[deal] + 1) : random.Next(1, 1000);
            amount = amount < 0m && random.Next(2) == 0 ? (int)-stands[deal] : amount;
            stands[deal] += amount;
            year.Add(new CreditLine { Transaction = $"T{i}", Deal = $"D{deal}", Kind = amount < 0m ? "refund" : "order", Date = Given.Day("2025-01-10").AddDays((i * 24) + random.Next(10)), Amount = amount });
        }
        year.Calculate();
        return PayRun.Calculate([year]);
    }

    private static IEnumerable<(VersionState State, int OfYear, int Month, int Component, ComponentRule Rule)> Paid(PayRun run)
    {
        var month = 0;
        foreach (var year in run.Years)
        {
            for (var m = 0; m < year.Months; m++, month++)
            {
                for (var c = 0; c < (year.Paying(m)?.Version.Components.Count ?? 0); c++)
                {
                    if (year.Paying(m)!.Version.Components[c] is { Tally: >= 0 } rule)
                    {
                        yield return (year.Paying(m)!, m, month, c, rule);
                    }
                }
            }
        }
    }
}
