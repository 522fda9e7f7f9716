using Spm.Compensation.Documents;
using Spm.Compensation.Lint;
using Spm.Compensation.PlanDocuments;

namespace Spm.Compensation.Tests.Lint;

/// <summary>Caps on all pay bite as those of a component do.</summary>
public class CapsOnWholePayTests
{
    private const string Monthly = """ "measure": "sales", "attainment_period": "month", "rate": 10 """;

    private const string ThousandAMonth = """ "pay": {"caps": [{"per": "month", "amount": 1000}]}, """;

    [Fact]
    public void A_cap_on_all_pay_is_told_with_where_it_bites_and_what_a_deal_loses()
    {
        var zone = Assert.Single(Recomputed.Examine(Monthly, ThousandAMonth), f => f.Code == "cap_dead_zone");
        Assert.Equal(("", "1,000 of all pay per month, at 100 % of each quota in each month", 100m), (zone.Component, zone.Input, zone.Money));
        Assert.Equal("Above the cap more credited pays nothing: a tenth of a month's quota more in month 1 would earn 100 and pays 0.", zone.Detail);
        Assert.Equal((1000m, 1000m), (Recomputed.Due(Monthly, ThousandAMonth, (1, 10_000m)), Recomputed.Due(Monthly, ThousandAMonth, (1, 11_000m))));
    }

    /// <summary>A sale in the third month that a cap on attainment takes from the fourth: it costs 100, and giving it back no more.</summary>
    [Fact]
    public void A_sale_that_itself_costs_pay_is_no_refund_beyond_pay() => Assert.DoesNotContain(
        Recomputed.Examine(
            """ "measure": "sales", "quota": "full", "rate": 10, "attainment_cap": 150 """,
            """ "pay": {"caps": [{"per": "month", "amount": 700}, {"per": "quarter", "amount": 1100}, {"per": "year", "amount": 1200}]}, """),
        f => f.Code == "refund_beyond_pay");

    [Fact]
    public void A_cap_on_all_pay_pushes_deals_over_its_end()
    {
        var edge = Assert.Single(Recomputed.Examine(Monthly, ThousandAMonth), f => f.Code == "period_edge");
        Assert.Equal(("", "10 % of a month's quotas in month 1 or 2 of a year of months at 95 % and 50 % by turns, under 1,000 of all pay per month", 50m), (edge.Component, edge.Input, edge.Money));
        Assert.EndsWith("deals are pushed out. With it in the first the year pays 8,750, in the second 8,800.", edge.Detail, StringComparison.Ordinal);
        decimal Pay(int with) => Recomputed.Due(Monthly, ThousandAMonth, [.. Enumerable.Range(1, 12).Select(m => (m, (m % 2 == 1 ? 9500m : 5000m) + (m == with ? 1000m : 0m)))]);
        Assert.Equal((8750m, 8800m), (Pay(1), Pay(2)));
    }

    [Fact]
    public void A_refund_behind_the_span_of_a_cap_on_all_pay_takes_back_what_was_not_paid()
    {
        var refund = Assert.Single(Recomputed.Examine(Monthly, ThousandAMonth), f => f.Code == "refund_beyond_pay");
        Assert.Equal(("", "10 % of a month's quotas in month 1 of a year at 100 % of each quota, given back in month 2, under 1,000 of all pay per month", 100m), (refund.Component, refund.Input, refund.Money));
        Assert.Equal("The sale is paid 0 and the refund takes back 100: what a cap per month has cut is no room for a refund behind it.", refund.Detail);
        decimal Pay(decimal first, decimal second) => Recomputed.Due(Monthly, ThousandAMonth, [.. Enumerable.Range(1, 12).Select(m => (m, m == 1 ? first : m == 2 ? second : 10_000m))]);
        Assert.Equal((12_000m, 12_000m, 11_900m), (Pay(10_000m, 10_000m), Pay(11_000m, 10_000m), Pay(11_000m, 9_000m)));
    }

    /// <summary>435 of sales and 261 of units in each month of a quarter leave 12.</summary>
    [Fact]
    public void What_components_pay_in_sum_is_held_against_the_cap()
    {
        var found = Examine("""{"id": "c", "measure": "sales", "rate": 5}, {"id": "u", "measure": "units", "attainment_period": "month", "per_unit": 3}""", """{"per": "quarter", "amount": 2100}""");
        var zone = Assert.Single(found, f => f.Code == "cap_dead_zone");
        Assert.Equal(("2,100 of all pay per quarter, at 87 % of each quota in each month", 68m), (zone.Input, zone.Money));
        Assert.Contains("in month 3 would earn 80 and pays 12.", zone.Detail, StringComparison.Ordinal);
    }

    /// <summary>Twelve months at 1,000 never come to 100,000; what nobody reaches is no cap.</summary>
    [Theory]
    [InlineData("""{"per": "month", "amount": 1000}, {"per": "year", "amount": 100000}""", 1)]
    [InlineData("""{"per": "year", "amount": 100000000}""", 0)]
    public void A_cap_on_all_pay_that_never_cuts_is_not_told(string caps, int told)
    {
        var found = Examine($$"""{"id": "c", {{Monthly}} }""", caps);
        Assert.Equal(told, found.Count(f => f.Code == "cap_dead_zone"));
        Assert.Equal(told, found.Count(f => f.Code == "period_edge"));
    }

    [Fact]
    public void One_rep_is_made_up_whom_every_component_takes() => Assert.Equal(
        100m, Assert.Single(Examine($$"""{"id": "c", "eligibility": "rep.title = 'AE'", {{Monthly}} }""", """{"per": "month", "amount": "rep.base_salary / 60"}"""), f => f.Code == "cap_dead_zone").Money);

    /// <summary>The limit is a fact of each rep, which nobody has made up.</summary>
    [Fact]
    public void A_cap_that_is_not_known_stands_without_money()
    {
        var found = Examine($$"""{"id": "c", {{Monthly}} }""", """{"per": "month", "amount": "rep.facts.limit"}""", "2025-01-15");
        Assert.Equal(("rep.facts.limit of all pay per month", null), Assert.Single(found, f => f.Code == "cap_dead_zone") is var zone ? (zone.Input, zone.Money) : default);
        Assert.Null(Assert.Single(found, f => f.Code == "starts_within_a_month").Money);
    }

    [Fact]
    public void Where_a_component_cannot_be_asked_the_cap_stands_without_money()
    {
        var zone = Assert.Single(Examine($$"""{"id": "c", {{Monthly}} }, {"id": "goals", "scorecard": {"goals": [{"id": "g", "weight": 100}]} }""", """{"per": "month", "amount": 1000}"""), f => f.Code == "cap_dead_zone");
        Assert.Equal(("1,000 of all pay per month", null), (zone.Input, zone.Money));
    }

    private static IReadOnlyList<PlanFinding> Examine(string components, string caps, string from = "2025-01-01")
    {
        var errors = new DocErrors();
        var plan = PlanReader.Read($$"""
            {"plan": "p", "currency": "USD", "facts": {"rep": {"limit": "money"} }, "versions": [{"effective_from": "{{from}}", "measures": [{"id": "sales", "value": "amount"}, {"id": "units", "unit": "count", "value": "quantity"}],
              "components": [{{components}}], "pay": {"caps": [{{caps}}]} }]}
            """, errors);
        Assert.Empty(errors.All);
        return PlanLint.Examine(plan!.Rules);
    }
}
