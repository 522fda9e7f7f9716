namespace Spm.Compensation.Tests.Lint;

/// <summary>Where more credited pays nothing more, and what that costs.</summary>
public class DeadZoneTests
{
    private const string Tenth = """ "measure": "sales", "rate": 10 """;

    /// <summary>A jump onto a plateau is a cliff; what the plateau costs is what the next deal would have earned.</summary>
    [Fact]
    public void A_plateau_is_priced_at_what_a_deal_earns_below_the_jump_onto_it()
    {
        const string component = """ "measure": "sales", "quota": "full", "earn": "if(attainment < 50%, to_date * 1%, if(attainment < 100%, 3000, 8000 + (to_date - quota) * 1%))" """;
        var zone = Assert.Single(Recomputed.Examine(component), f => f.Code == "cap_dead_zone");
        Assert.Equal(("at 50 % of quota (60,000)", 120m), (zone.Input, zone.Money));
        Assert.Equal("From there to 119,999.99 pay stays at 3,000: deals wait for the next period, and one of 12,000 pays nothing. So much the last 12,000 below it earn.", zone.Detail);
        Assert.Equal(3000m, Recomputed.Pay(component, (12, 60_000m)));
        Assert.Equal(3000m, Recomputed.Pay(component, (12, 119_999.99m)));
        Assert.Equal(120m, Recomputed.Pay(component, (12, 59_999.99m)) - Recomputed.Pay(component, (12, 47_999.99m)));
    }

    [Fact]
    public void A_plateau_above_nothing_is_priced_at_what_a_deal_earns_on_average_up_to_it()
    {
        const string component = """ "measure": "sales", "quota": "full", "rate_table": {"mode": "flat", "yields": "amount", "tiers": [{"from": 0, "to": 50, "rate": 0}, {"from": 50, "to": 100, "rate": 3000}, {"from": 100, "rate": 8000}]} """;
        var zones = Recomputed.Examine(component).Where(f => f.Code == "cap_dead_zone").ToList();
        // 3,000 for 60,000, and 8,000 for 120,000: of each a tenth of the quota.
        Assert.Equal([("at 100 % of quota (120,000)", 800m), ("at 50 % of quota (60,000)", 600m)], zones.Select(z => (z.Input, z.Money!.Value)));
        Assert.StartsWith("From there on pay stays at 8,000", zones[0].Detail, StringComparison.Ordinal);
        Assert.EndsWith("So much 12,000 have earned on average up to there.", zones[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plateau_that_is_shorter_than_a_deal_is_told_with_as_much_as_it_has()
    {
        const string component = """ "measure": "sales", "quota": "full", "rate_table": {"mode": "interpolated", "yields": "amount", "tiers": [{"from": 0, "to": 50, "amount": 6000}, {"from": 50, "to": 55, "amount": 0}, {"from": 55, "to": 200, "amount": 9000}]} """;
        var zone = Assert.Single(Recomputed.Examine(component), f => f is { Code: "cap_dead_zone", Input: "at 50 % of quota (60,000)" });
        Assert.Equal((599.999m, "From there to 65,999.99 pay stays at 6,000: deals wait for the next period, and one of 5,999.99 pays nothing. So much the last 5,999.99 below it earn."), (zone.Money, zone.Detail));
    }

    /// <summary>What "more than" an edge asks for begins a cent above it.</summary>
    [Fact]
    public void A_plateau_that_begins_above_an_edge_is_found()
    {
        var zone = Assert.Single(Recomputed.Examine(""" "measure": "sales", "quota": "full", "earn": "if(attainment > 50%, 3000, to_date * 1%)" """), f => f.Code == "cap_dead_zone");
        Assert.Equal(("at 50 % of quota (60,000.01)", 120m), (zone.Input, zone.Money));
    }

    [Fact]
    public void A_deal_that_is_larger_is_sold_in_parts_where_each_deal_is_paid()
    {
        var zone = Assert.Single(Recomputed.Examine(""" "measure": "sales", "per": "deal", "earn": "min(counted * 10%, 500)" """), f => f.Code == "cap_dead_zone");
        Assert.Equal(("at 5,000", 500m, "From there on pay stays at 500: what is more is sold as a deal of its own. So much the last 5,000 below it earn."), (zone.Input, zone.Money, zone.Detail));
    }

    [Fact]
    public void A_cap_over_several_periods_bites_where_all_of_them_together_reach_it()
    {
        const string component = Tenth + """, "attainment_period": "month", "caps": [{"per": "year", "amount": 9000}] """;
        var zone = Assert.Single(Recomputed.Examine(component), f => f.Code == "cap_dead_zone");
        Assert.Equal(("9,000 of pay per year, at 7,500 in each month", 100m), (zone.Input, zone.Money));
        decimal Pay(decimal last) => Recomputed.Pay(component, [.. Enumerable.Range(1, 12).Select(m => (m, m == 12 ? last : 7500m))]);
        Assert.Equal((9000m, 9000m), (Pay(7500m), Pay(8500m)));
    }

    /// <summary>All of a year credited in one month is cut to 700, which is no 5,000; twelve months of 416.67 are.</summary>
    [Fact]
    public void A_cap_of_a_year_is_found_beside_that_of_a_month()
    {
        const string component = Tenth + """, "caps": [{"per": "month", "amount": 700}, {"per": "year", "amount": 5000}] """;
        Assert.Equal(
            [("700 of pay per month, at 7,000", 1200m), ("5,000 of pay per year, at 4,166.66 in each month", 99.992m)],
            Recomputed.Examine(component).Where(f => f.Code == "cap_dead_zone").Select(f => (f.Input, f.Money!.Value)));
        decimal Pay(decimal last) => Recomputed.Pay(component, [.. Enumerable.Range(1, 12).Select(m => (m, m == 12 ? last : 4166.66m))]);
        Assert.Equal((4999.992m, 5000m), (Pay(4166.66m), Pay(5166.66m)));
    }

    /// <summary>Twelve months at 700 never come to 10,000.</summary>
    [Fact]
    public void A_cap_that_another_one_leaves_nothing_to_does_not_bite()
    {
        var zone = Assert.Single(Recomputed.Examine(Tenth + """, "attainment_period": "month", "caps": [{"per": "month", "amount": 700}, {"per": "year", "amount": 10000}] """), f => f.Code == "cap_dead_zone");
        Assert.Equal("700 of pay per month, at 7,000", zone.Input);
    }

    /// <summary>One deal is paid 500 at most, and two of them what a month is.</summary>
    [Fact]
    public void A_cap_of_a_month_is_found_though_a_cap_on_deals_lets_no_deal_come_up_to_it()
    {
        const string component = Tenth + """, "per": "deal", "measurement_period": "month", "caps": [{"per": "deal", "amount": 500}, {"per": "month", "amount": 1000}] """;
        var found = Recomputed.Examine(component);
        Assert.Equal(
            [("1,000 of pay per month, at 10,000 in deals of 5,000", 500m), ("500 of pay per deal, at 5,000", 500m)],
            found.Where(f => f.Code == "cap_dead_zone").Select(z => (z.Input, z.Money!.Value)));
        decimal Pay(int deals) => Recomputed.Pay(component, [.. Enumerable.Repeat((12, 5000m), deals)]);
        Assert.Equal((500m, 1000m, 1000m), (Pay(1), Pay(2), Pay(3)));
        var refund = Assert.Single(found, f => f.Code == "refund_beyond_pay");
        Assert.Equal(("a deal of 1,000 in month 1 of a year of 10,000 in each month in deals of 5,000, given back in month 2", 100m), (refund.Input, refund.Money));
    }

    [Fact]
    public void A_cap_of_a_year_is_found_where_what_a_deal_earns_has_an_end_of_its_own()
    {
        var zone = Assert.Single(
            Recomputed.Examine(""" "measure": "sales", "per": "deal", "attainment_period": "month", "earn": "min(counted * 10%, 500)", "caps": [{"per": "year", "amount": 9000}] """),
            f => f.Code == "cap_dead_zone" && f.Input.Contains("year", StringComparison.Ordinal));
        Assert.Equal(("9,000 of pay per year, at 7,500 in deals of 1,000 in each month", 100m), (zone.Input, zone.Money));
    }

    [Fact]
    public void A_cap_that_grows_along_costs_what_it_cuts()
    {
        const string component = Tenth + """, "caps": [{"per": "year", "amount": "3000 + to_date * 5%"}] """;
        var zone = Assert.Single(Recomputed.Examine(component), f => f.Code == "cap_dead_zone");
        Assert.Equal(("3000 + to_date * 5% (6,000) of pay per year, at 60,000.01", 600m), (zone.Input, zone.Money));
        Assert.Equal("Above the cap more credited pays less: a deal of 12,000 pays 600 of the 1,200 it would earn.", zone.Detail);
        Assert.Equal(600m, Recomputed.Pay(component, (12, 72_000m)) - Recomputed.Pay(component, (12, 60_000m)));
    }

    /// <summary>An edge above a cap changes nothing, and pay jumps no further than the cap.</summary>
    [Fact]
    public void Behind_a_cap_pay_is_what_the_cap_leaves()
    {
        const string component = """ "measure": "sales", "quota": "full", "rate_table": {"mode": "flat", "tiers": [{"from": 0, "to": 100, "rate": 5}, {"from": 100, "to": 150, "rate": 6}, {"from": 150, "rate": 8}]}, "caps": [{"per": "year", "amount": 6500}] """;
        var found = Recomputed.Examine(component);
        Assert.Equal([("at 100 % of quota (120,000)", 500.0005m)], found.Where(f => f.Code == "cliff").Select(f => (f.Input, f.Money!.Value)));
        Assert.Single(found, f => f.Code == "cap_dead_zone");
        Assert.DoesNotContain(found, f => f.Code == "uncapped_windfall");
        Assert.Equal(500.0005m, Recomputed.Pay(component, (12, 120_000m)) - Recomputed.Pay(component, (12, 119_999.99m)));
    }

    /// <summary>A third of a hundred units is not sold: the tier begins with the 34th.</summary>
    [Fact]
    public void An_edge_between_two_units_is_met_by_the_next_whole_one()
    {
        const string component = """ "measure": "units", "attainment_period": "month", "quota": "full", "rate_table": {"mode": "flat", "yields": "amount", "tiers": [{"from": 0, "to": 33.3, "rate": 0}, {"from": 33.3, "rate": 700}]} """;
        Assert.Equal(("at 34 % of quota (34)", 700m), Assert.Single(Recomputed.Examine(component), f => f.Code == "cliff") is var cliff ? (cliff.Input, cliff.Money) : default);
        Assert.Equal((0m, 700m), (Recomputed.Pay(component, (1, 33m)), Recomputed.Pay(component, (1, 34m))));
    }
}
