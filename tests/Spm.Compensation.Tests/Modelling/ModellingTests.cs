using Spm.Compensation.Documents;
using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.Modelling;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.PlanDocuments;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Modelling;

public class ModellingTests
{
    private static readonly FiscalCalendar Calendar = new([FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1))]);

    [Fact]
    public void An_estimate_is_what_the_deals_add_at_the_place_where_the_rep_stands()
    {
        var rep = Rep("a", quota: 1000m, sold: 900m);
        var estimate = Estimates.Of(Plan(5, 10), Calendar, FxRates.None, rep, [Deal("new", 300m)]);
        Assert.Equal(2500, estimate.DifferenceMinor);
        var component = Assert.Single(estimate.Components, c => c.IncentiveBefore != c.IncentiveAfter);
        Assert.Equal((45m, 70m, 0.9m, 1.2m), (component.IncentiveBefore, component.IncentiveAfter, component.AttainmentBefore, component.AttainmentAfter));
        Assert.Single(rep.Credits);
    }

    [Fact]
    public void A_changed_plan_shows_winners_losers_and_what_a_point_of_attainment_costs()
    {
        RepCase[] reps = [Rep("low", 1000m, 500m), Rep("even", 1000m, 1000m), Rep("high", 1000m, 2000m)];
        // Current: 5 % throughout. Changed: 4 % up to quota, 8 % above.
        var result = Remodel.Compare(Plan(5, 5), Plan(4, 8), Calendar, FxRates.None, reps);
        Assert.Equal([(2500L, 2000L), (5000L, 4000L), (10_000L, 12_000L)], result.Reps.Select(r => (r.CurrentMinor, r.ChangedMinor)));
        Assert.Equal((17_500L, 18_000L), (result.Current.TotalMinor, result.Changed.TotalMinor));
        Assert.Equal("high", Assert.Single(result.Winners).Rep);
        Assert.Equal(["even", "low"], result.Losers.Select(l => l.Rep));
        // 50, 100 and 200 points for 175.00: 50 cents a point.
        Assert.Equal(350m, result.Current.AttainmentPoints);
        Assert.Equal(50m, result.Current.CostPerPointMinor);
        Assert.Equal([(0, 2500L), (5, 2500L), (10, 2500L), (25, 2500L), (50, 5000L), (75, 10_000L), (90, 10_000L), (95, 10_000L), (100, 10_000L)], result.Current.Pay.Points);
        Assert.Equal(-500, result.Differences.Points[4].Minor);
    }

    [Fact]
    public void Plans_in_two_currencies_are_not_compared() => Assert.Throws<ArgumentException>(
        () => Remodel.Compare(Plan(5, 5), Plan(5, 5, "EUR"), Calendar, FxRates.None, []));

    private static RepCase Rep(string id, decimal quota, decimal sold) =>
        new(new RepProfile(id), new QuotaBook(new Dictionary<(int, string), decimal> { [(0, "2025")] = quota }), [Deal(id, sold)]);

    private static CreditLine Deal(string id, decimal amount) => new() { Transaction = id, Date = new DateOnly(2025, 3, 1), Amount = amount };

    private static PlanRules Plan(int rate, int above, string currency = "USD")
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "{{currency}}", "versions": [{"effective_from": "2025-01-01", "measures": [{"id": "sales", "value": "amount"}],
              "components": [{"id": "commission", "measure": "sales", "quota": "full",
                "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": {{rate}} }, {"from": 100, "rate": {{above}} }] } } ] } ] }
            """, errors);
        Assert.Empty(errors.All);
        return plan!.Rules;
    }
}
