using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;

namespace Spm.Compensation.Tests.RateTables.Flat;

public class FlatTableTests
{
    private static readonly FlatTable FourSixNine = new([new(0, 50, 4), new(50, 100, 6), new(100, null, 9)]);
    private static readonly FlatTable Bonus = new([new(0, 80, 100), new(80, 100, 500), new(100, null, 1500)], yields: RateYield.Amount);

    [Fact]
    public void The_whole_amount_is_paid_at_the_rate_of_the_tier_reached()
    {
        List<Band> bands = [];
        Assert.Equal(450m, FourSixNine.Earn(7500m, 12_000m, bands));
        Assert.Equal([new Band(50, 100, 6, 7500, 450)], bands);
    }

    [Fact]
    public void A_value_on_an_edge_belongs_to_the_higher_tier()
    {
        Assert.Equal(1080m, FourSixNine.Earn(12_000m, 12_000m));
        Assert.Equal(719.9994m, FourSixNine.Earn(11_999.99m, 12_000m));
    }

    [Fact]
    public void A_stretch_is_paid_at_the_rate_that_attainment_has_reached() =>
        Assert.Equal(90m, FourSixNine.Earn(new Stretch(12_000m, 13_000m, 12_000m, null)));

    [Fact]
    public void A_refund_takes_back_what_its_sale_earned_although_attainment_falls() =>
        Assert.Equal(-90m, FourSixNine.Earn(new Stretch(12_500m, 11_500m, 12_000m, null)));

    [Fact]
    public void Below_zero_the_first_tiers_rate_holds() => Assert.Equal(-4m, FourSixNine.Earn(-100m, 12_000m));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-10, 0)]
    [InlineData(0.01, 100)]
    [InlineData(800, 500)]
    [InlineData(1000, 1500)]
    [InlineData(5000, 1500)]
    public void An_amount_is_looked_up_once_anything_is_measured(double value, int amount) => Assert.Equal(amount, Bonus.Earn((decimal)value, 1000m));

    [Fact]
    public void An_amount_that_was_earned_before_is_taken_off()
    {
        List<Band> bands = [];
        Assert.Equal(1000m, Bonus.Earn(new Stretch(900m, 1100m, 1000m, null), bands));
        Assert.Equal([new Band(100, null, 1500, 1100, 1500), new Band(80, 100, 500, -900, -500)], bands);
    }

    [Fact]
    public void A_multiplier_pays_the_target_incentive_by_attainment_and_rate() =>
        Assert.Equal(15_600m, new FlatTable([new(0, 100, 1), new(100, null, 1.3m)], yields: RateYield.TargetMultiplier).Earn(new Stretch(0m, 120m, 100m, 10_000m)));
}
