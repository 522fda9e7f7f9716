using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Interpolated;

namespace Spm.Compensation.Tests.RateTables.Interpolated;

public class InterpolatedTableTests
{
    private static readonly InterpolatedTable FourToEight = new([new(0, 100, 4, 8), new(100, null, 8, 8)]);

    private static readonly InterpolatedTable Curve = new(
        [new(0, 80, 0, 0), new(80, 100, 0.5m, 1), new(100, 150, 1, 2.5m)], yields: RateYield.TargetMultiplier, grows: Grows.Level);

    [Fact]
    public void The_whole_amount_is_paid_at_the_rate_on_the_line()
    {
        List<Band> bands = [];
        Assert.Equal(125m, FourToEight.Earn(2500m, 10_000m, bands));
        Assert.Equal([new Band(0, 100, 5, 2500, 125)], bands);
        Assert.Equal(800m, FourToEight.Earn(10_000m, 10_000m));
        Assert.Equal(1600m, FourToEight.Earn(20_000m, 10_000m));
    }

    [Fact]
    public void A_third_of_the_way_is_not_rounded_before_it_is_multiplied() =>
        // 4 + 4 × (1000 / 3000) on 1,000: 160/3 to the last digit, not 1,000 times a rounded rate.
        Assert.Equal(160m / 3m, new InterpolatedTable([new(0, 100, 4, 8), new(100, null, 8, 8)]).Earn(1000m, 3000m));

    [Fact]
    public void Below_zero_the_first_rate_holds_and_the_first_slope_goes_on()
    {
        Assert.Equal(-4m, FourToEight.Earn(-100m, 10_000m));
        var amounts = new InterpolatedTable([new(0, 1000, 0, 10)], RateBasis.Amount, RateYield.Amount, Grows.Level);
        Assert.Equal(-1m, amounts.Earn(-100m, 1m));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(79.99, 0)]
    [InlineData(80, 5000)]
    [InlineData(90, 7500)]
    [InlineData(100, 10_000)]
    [InlineData(125, 17_500)]
    [InlineData(150, 25_000)]
    [InlineData(400, 25_000)]
    public void A_payout_curve_is_in_target_incentives_and_ends_with_its_last_tier(double attainment, int earned) =>
        Assert.Equal(earned, Curve.Earn(new Stretch(0m, (decimal)attainment, 100m, 10_000m)));

    [Fact]
    public void Bands_show_what_each_tier_added()
    {
        List<Band> bands = [];
        Assert.Equal(12_500m, Curve.Earn(new Stretch(90m, 175m, 100m, 10_000m), bands) + Curve.Earn(new Stretch(175m, 140m, 100m, 10_000m)) - 2_000m);
        Assert.Equal([new Band(80, 100, 1, 10, 2_500), new Band(100, 150, 2.5m, 75, 15_000)], bands);
    }

    [Fact]
    public void A_level_that_starts_above_zero_is_earned_with_the_first_unit() =>
        Assert.Equal(
            [0m, 10.04m, 50m],
            new[] { 0m, 1m, 1000m }.Select(v => new InterpolatedTable([new(0, 1000, 10, 50)], RateBasis.Amount, RateYield.Amount, Grows.Level).Earn(v, 1m)));

    public static TheoryData<string, int, InterpolatedTier[], RateYield, Grows> Broken => new()
    {
        { "tiers_count", 0, [], RateYield.Percent, Grows.Rate },
        { "tiers_have_a_gap", 1, [new(0, 10, 1, 2), new(11, null, 2, 2)], RateYield.Percent, Grows.Rate },
        { "tier_has_no_end", 0, [new(0, null, 1, 2)], RateYield.Percent, Grows.Rate },
        { "tiers_have_no_end", 0, [new(0, 100, 1, 2)], RateYield.Percent, Grows.Rate },
        { "tier_has_no_end", 1, [new(0, 10, 1, 2), new(10, null, 2, 3)], RateYield.Amount, Grows.Level },
        { "rate_out_of_range", 0, [new(0, 100, 1, 1001), new(100, null, 2, 2)], RateYield.Percent, Grows.Rate },
        { "yield_not_of_mode", 0, [new(0, null, 1, 1)], RateYield.Amount, Grows.Rate },
        { "yield_not_of_mode", 0, [new(0, null, 1, 1)], RateYield.PerUnit, Grows.Level },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_table_names_its_rule_and_cannot_be_constructed(string code, int index, InterpolatedTier[] tiers, RateYield yields, Grows grows)
    {
        var broken = InterpolatedTable.Check(tiers, RateBasis.Attainment, yields, grows)!.Value;
        Assert.Equal((code, index), (broken.Code, broken.Index));
        Assert.Throws<ArgumentException>(() => new InterpolatedTable(tiers, RateBasis.Attainment, yields, grows));
    }

    [Fact]
    public void Tables_that_end_elsewhere_are_not_equal()
    {
        Assert.Equal(FourToEight, new InterpolatedTable([.. FourToEight.Lines]));
        Assert.Equal(FourToEight.GetHashCode(), new InterpolatedTable([.. FourToEight.Lines]).GetHashCode());
        Assert.NotEqual(FourToEight, new InterpolatedTable([new(0, 100, 4, 7), new(100, null, 8, 8)]));
    }
}
