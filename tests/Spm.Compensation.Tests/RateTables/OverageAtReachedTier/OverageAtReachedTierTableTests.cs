using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables.OverageAtReachedTier;

public class OverageAtReachedTierTableTests
{
    private static readonly OverageAtReachedTierTable Table = new([new(0, 50, 4), new(50, 100, 6), new(100, 120, 8), new(120, null, 10)]);

    [Fact]
    public void All_that_lies_above_quota_is_paid_at_the_rate_of_the_tier_reached()
    {
        List<Band> bands = [];
        Assert.Equal(800m, Table.Earn(13_000m, 10_000m, bands));
        Assert.Equal([new Band(0, 50, 4, 5000, 200), new Band(50, 100, 6, 5000, 300), new Band(120, null, 10, 3000, 300)], bands);
    }

    [Theory]
    [InlineData(6000)]
    [InlineData(10_000)]
    [InlineData(-500)]
    public void Up_to_quota_it_is_a_step_table(int credited) =>
        Assert.Equal(new StepTable(Table.Tiers).Earn(credited, 10_000m), Table.Earn(credited, 10_000m));

    [Fact]
    public void A_value_on_an_edge_above_quota_belongs_to_the_higher_tier() => Assert.Equal(700m, Table.Earn(12_000m, 10_000m));

    [Fact]
    public void A_tier_that_straddles_quota_is_paid_its_rate_on_either_side()
    {
        List<Band> bands = [];
        Assert.Equal(4m + 1.8m, new OverageAtReachedTierTable([new(0, 80, 5), new(80, 120, 6), new(120, null, 9)]).Earn(110m, 100m, bands));
        Assert.Equal([80m, 20m, 10m], bands.Select(b => b.Amount));
    }

    [Fact]
    public void A_stretch_from_below_quota_is_split_at_quota() =>
        Assert.Equal(60m + 300m, Table.Earn(new Stretch(9000m, 13_000m, 10_000m, null)));

    [Fact]
    public void It_turns_at_quota_and_pays_rates()
    {
        Assert.Equal("basis_not_of_mode", OverageAtReachedTierTable.Check(Table.Tiers, RateBasis.Amount, RateYield.Percent)?.Code);
        Assert.Equal("yield_not_of_mode", OverageAtReachedTierTable.Check(Table.Tiers, RateBasis.Attainment, RateYield.Amount)?.Code);
        Assert.Throws<ArgumentException>(() => new OverageAtReachedTierTable(Table.Tiers, RateYield.Amount));
    }
}
