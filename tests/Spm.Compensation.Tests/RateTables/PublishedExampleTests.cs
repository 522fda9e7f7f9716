using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

/// <summary>Figures that others have published, by hand; the sources stand in the worked examples and in GoldenTests.</summary>
public class PublishedExampleTests
{
    private static readonly Tier[] Oracle = [new(0, 10_000, 1), new(10_000, 50_000, 2), new(50_000, 100_000, 3), new(100_000, null, 4)];

    [Theory]
    [InlineData(200, 2)]
    [InlineData(300, 3)]
    [InlineData(1500, 20)]
    [InlineData(1200, 14)]
    [InlineData(2000, 30)]
    [InlineData(4500, 95)]
    public void G01_each_transaction_is_paid_step_by_step(int amount, int earned) => Assert.Equal(
        earned, new StepTable([new(0, 1000, 1), new(1000, 3000, 2), new(3000, 8000, 3), new(8000, null, 5)], RateBasis.Amount).Earn(Sale(amount)));

    [Theory]
    [InlineData(5000, 1)]
    [InlineData(15_000, 2)]
    [InlineData(60_000, 3)]
    public void G03_the_flat_rate_is_that_of_the_highest_tier_reached(int amount, int rate)
    {
        List<Band> bands = [];
        new FlatTable(Oracle, RateBasis.Amount).Earn(Sale(amount), bands);
        Assert.Equal((rate, amount), (Assert.Single(bands).Rate, bands[0].Amount));
    }

    [Fact]
    public void G03_a_step_table_lays_an_amount_on_the_tiers_it_crosses()
    {
        List<Band> bands = [];
        new StepTable(Oracle, RateBasis.Amount).Earn(Sale(60_000), bands);
        Assert.Equal([(10_000m, 1m), (40_000m, 2m), (10_000m, 3m)], bands.Select(b => (b.Amount, b.Rate)));
    }

    [Fact]
    public void G04_an_amount_on_an_edge_belongs_to_the_higher_tier()
    {
        List<Band> bands = [];
        new FlatTable([new(0, 25_000, 1), new(25_000, 50_000, 2), new(50_000, 75_000, 3), new(75_000, null, 4)], RateBasis.Amount).Earn(Sale(50_000), bands);
        Assert.Equal(3m, Assert.Single(bands).Rate);
    }

    [Fact]
    public void G15_an_accelerator_multiplies_the_target_incentive_above_quota()
    {
        StepTable table = new([new(0, 100, 1), new(100, 130, 1.5m), new(130, null, 2)], yields: RateYield.TargetMultiplier);
        List<Band> bands = [];
        Assert.Equal(145_000m, table.Earn(new Stretch(0, 650_000, 500_000, 100_000), bands));
        Assert.Equal([100_000m, 45_000m], bands.Select(b => b.Earned));
    }

    private static Stretch Sale(decimal amount) => new(0, amount, null, null);
}
