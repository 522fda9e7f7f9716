using System.Text.RegularExpressions;

namespace Spm.Compensation.Tests.Lint;

/// <summary>The ends of periods: what a deal pays on both sides, as a reader finds it who asks the plan himself.</summary>
public partial class PeriodEdgeTests
{
    private const string Accelerated = """ "quota": "full", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 95, "rate": 10}, {"from": 95, "rate": 15}]} """;

    private const string Tenth = """ "measure": "sales", "rate": 10 """;

    public static TheoryData<string, string, double> Edges => new()
    {
        // Above 95 % a deal earns half as much again, and in the next period it does not.
        { $"\"measure\": \"sales\", {Accelerated}", "a deal of 12,000 at the end of a year that stands at 95 %", 600 },
        { $"\"measure\": \"sales\", \"attainment_period\": \"half_year\", {Accelerated}", "a deal of 6,000 at the end of a half-year that stands at 95 %", 300 },
        { $"\"measure\": \"sales\", \"attainment_period\": \"quarter\", {Accelerated}", "a deal of 3,000 at the end of a quarter that stands at 95 %", 150 },
        { $"\"measure\": \"sales\", \"attainment_period\": \"month\", {Accelerated}", "a deal of 1,000 at the end of a month that stands at 95 %", 50 },
        // The quota is no edge here; where the accelerator begins is.
        { """ "measure": "sales", "quota": "full", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 150, "rate": 10}, {"from": 150, "rate": 15}]} """, "a deal of 18,000 at the end of a year that stands at 142.5 %", 450 },
        // Deal by deal, each at the rates of the place it fills.
        { """ "measure": "sales", "per": "deal_in_order", "quota": "full", "rate_table": {"mode": "step", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "rate": 8}]} """, "a deal of 12,000 at the end of a year that stands at 95 %", 180 },
        // A cap and the lesser of two amounts are the same.
        { Tenth + """, "attainment_period": "month", "caps": [{"per": "month", "amount": 1000}] """, "a deal of 1,000 at the end of a month that stands at 9,500", 50 },
        { """ "measure": "sales", "attainment_period": "month", "earn": "min(measured * 10%, 1000)" """, "a deal of 1,000 at the end of a month that stands at 9,500", 50 },
        { Tenth + """, "attainment_period": "month", "caps": [{"per": "month", "amount": "quota * 10%"}] """, "a deal of 1,000 at the end of a month that stands at 95 %", 50 },
        { Tenth + """, "caps": [{"per": "year", "amount": 9000}] """, "a deal of 9,000 at the end of a year that stands at 85,500", 450 },
        { """ "measure": "units", "attainment_period": "month", "per_unit": 30, "caps": [{"per": "month", "amount": 1000}] """, "a deal of 3 at the end of a month that stands at 32", 50 },
        // 10 units at 20 and 10 at 30, and what lies beyond at 50.
        { """ "measure": "units", "attainment_period": "month", "rate_table": {"mode": "step", "on": "amount", "yields": "per_unit", "tiers": [{"from": 0, "to": 10, "rate": 20}, {"from": 10, "to": 20, "rate": 30}, {"from": 20, "rate": 50}]} """, "a deal of 2 at the end of a month that stands at 19", 20 },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void The_end_of_a_period_is_told_with_both_standings_and_what_each_pays(string component, string input, double money)
    {
        var finding = Assert.Single(Recomputed.Examine(component), f => f.Code == "period_edge");
        Assert.Equal((input, (decimal)money), (finding.Input, finding.Money));
        var said = Standings().Match(finding.Detail);
        Assert.True(said.Success, finding.Detail);
        var figures = said.Groups.Values.Skip(2).Select(g => Recomputed.Figure(g.Value)).ToArray();
        var months = said.Groups[1].Value switch { "month" => 1, "quarter" => 3, "half-year" => 6, _ => 12 };
        Assert.Equal(figures[2], Recomputed.Pay(component, Ends(component, figures[0], figures[1], months)));
        Assert.Equal(figures[5], Recomputed.Pay(component, Ends(component, figures[3], figures[4], months)));
        Assert.Equal(finding.Money, Math.Abs(figures[2] - figures[5]));
        Assert.Equal(figures[2] > figures[5], finding.Detail.Contains("pulled in", StringComparison.Ordinal));
    }

    /// <summary>A cap of a year goes over months that set their rates by themselves.</summary>
    [Fact]
    public void A_cap_that_goes_over_several_periods_pushes_deals_over_its_own_end()
    {
        const string component = Tenth + """, "attainment_period": "month", "caps": [{"per": "year", "amount": 9000}] """;
        var finding = Assert.Single(Recomputed.Examine(component), f => f.Code == "period_edge");
        Assert.Equal(("a deal of 9,000 at the end of a year whose months stand at 7,125", 450m), (finding.Input, finding.Money));
        Assert.Contains("years of months of 7,125 and 3,750, the last months of 16,125 and 3,750, pay 13,500 in sum; with it in the next, years of months of 7,125 and 3,750, the last months of 7,125 and 12,750, 13,950.", finding.Detail, StringComparison.Ordinal);
        decimal Pay(decimal firstLast, decimal secondLast) => Recomputed.Pay(component, [.. Enumerable.Range(1, 24).Select(m => (m, m == 12 ? firstLast : m == 24 ? secondLast : m < 12 ? 7125m : 3750m))]);
        Assert.Equal((13_500m, 13_950m), (Pay(16_125m, 3750m), Pay(7125m, 12_750m)));
    }

    /// <summary>The period is not over when the cap begins anew.</summary>
    [Fact]
    public void A_cap_of_a_month_pushes_deals_out_of_a_month_within_the_year()
    {
        const string component = Tenth + """, "caps": [{"per": "month", "amount": 1000}] """;
        var finding = Assert.Single(Recomputed.Examine(component), f => f.Code == "period_edge");
        Assert.Equal(("a deal of 1,000 in month 1 or 2 of a year of months of 9,500 and 5,000 a month by turns", 50m), (finding.Input, finding.Money));
        Assert.EndsWith("deals are pushed out. With it in the first the year pays 8,750, in the second 8,800.", finding.Detail, StringComparison.Ordinal);
        decimal Pay(int with) => Recomputed.Pay(component, [.. Enumerable.Range(1, 12).Select(m => (m, (m % 2 == 1 ? 9500m : 5000m) + (m == with ? 1000m : 0m)))]);
        Assert.Equal((8750m, 8800m), (Pay(1), Pay(2)));
    }

    [Theory]
    [InlineData(""" "measure": "sales", "quota": "full", "rate": 10 """)]
    [InlineData(""" "measure": "sales", "attainment_period": "month", "rate": 10, "caps": [{"per": "month", "amount": 100000000}] """)]
    [InlineData(""" "measure": "sales", "per": "deal", "rate": 10, "caps": [{"per": "deal", "amount": 500}] """)]
    [InlineData(""" "measure": "sales", "attainment_period": "last_3_months", "rate": 10 """)]
    public void Where_both_sides_pay_the_same_nothing_is_said(string component) =>
        Assert.DoesNotContain(Recomputed.Examine(component), f => f.Code == "period_edge");

    /// <summary>A year that is paid month by month has edges within, and one at its end.</summary>
    [Theory]
    [InlineData("flat", "a deal of 15,000 at the end of a month before an edge at 150,000", 150)]
    [InlineData("step", null, 0)]
    public void A_period_that_is_paid_in_parts_is_asked_within_and_at_its_end(string mode, string? within, double money)
    {
        var found = Recomputed.Examine($$""" "measure": "sales", "measurement_period": "month", "rate_table": {"mode": "{{mode}}", "on": "amount", "tiers": [{"from": 0, "to": 150000, "rate": 1}, {"from": 150000, "rate": 2}]} """).Where(f => f.Code == "period_edge").ToList();
        Assert.Contains(found, f => f.Input == "a deal of 15,000 at the end of a year that stands at 142,500");
        Assert.Equal(within is null ? [] : [(within, (decimal?)(decimal)money)], found.Where(f => f.Input.Contains("before an edge", StringComparison.Ordinal)).Select(f => (f.Input, f.Money)));
    }

    /// <summary>Sales of the last month of each period; a deal by itself stands beside what is there already.</summary>
    private static (int Month, decimal Credited)[] Ends(string component, decimal first, decimal second, int months) =>
        component.Contains("per\": \"deal", StringComparison.Ordinal) ? [(months, first - 1000m), (months, 1000m), (2 * months, second)] : [(months, first), (2 * months, second)];

    [GeneratedRegex("With it, ([a-z-]+)s of ([0-9,.]+) and ([0-9,.]+) pay ([0-9,.]+) in sum; with it in the next, [a-z-]+s of ([0-9,.]+) and ([0-9,.]+) ([0-9,.]+)[.]")]
    private static partial Regex Standings();
}
