using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

/// <summary>What holds for rate tables of every mode.</summary>
public class RateTableLaws
{
    /// <summary>Quotients have 28 digits: two that should be the same may differ in the last ones.</summary>
    private const decimal Digits = 0.000_000_000_000_000_001m;

    [Fact]
    public void Bands_sum_to_the_earning() => Property.Holds(RateTableCases.Any, c =>
    {
        List<Band> bands = [];
        var earned = c.Earn(c.A, c.B, bands);
        Assert.Equal(earned, c.Earn(c.A, c.B));
        Same(earned, bands.Sum(b => b.Earned));
        if (c.Table.Yields != RateYield.TargetMultiplier && c.Table is not InterpolatedTable)
        {
            Assert.Equal(earned, bands.Sum(b => b.Earned));
        }
    }, 2000);

    [Fact]
    public void Bands_of_a_rate_sum_to_the_stretch() => Property.Holds(RateTableCases.Any, c =>
    {
        List<Band> bands = [];
        c.Earn(c.A, c.B, bands);
        if (c.Table.Yields is RateYield.Percent or RateYield.PerUnit)
        {
            Assert.Equal(c.B - c.A, bands.Sum(b => b.Amount));
            Assert.All(bands, b => Same(b.Amount * b.Rate / (c.Table.Yields == RateYield.Percent ? 100m : 1m), b.Earned));
        }
    }, 2000);

    [Fact]
    public void A_stretch_that_falls_is_the_exact_inverse_of_the_one_that_rose() =>
        Property.Holds(RateTableCases.Any, c => Assert.Equal(-c.Earn(c.A, c.B), c.Earn(c.B, c.A)), 2000);

    [Fact]
    public void Nothing_measured_earns_nothing() => Property.Holds(RateTableCases.Any, c =>
    {
        List<Band> bands = [];
        Assert.Equal(0m, c.Earn(0m, 0m, bands));
        Assert.Empty(bands);
        Assert.Equal(0m, c.Earn(c.A, c.A));
    });

    [Fact]
    public void Stretches_of_step_tables_add_up() =>
        Property.Holds(RateTableCases.Step, c => Same(c.Earn(0m, c.B), c.Earn(0m, c.A) + c.Earn(c.A, c.B)), 1000);

    [Fact]
    public void Stretches_of_interpolated_amounts_add_up() =>
        Property.Holds(RateTableCases.Levels, c => Same(c.Earn(0m, c.B), c.Earn(0m, c.A) + c.Earn(c.A, c.B)), 1000);

    [Fact]
    public void More_never_earns_less_where_rates_do_not_fall()
    {
        foreach (var cases in new[] { RateTableCases.Step, RateTableCases.RisingRates, RateTableCases.RisingFlat, RateTableCases.Levels })
        {
            Property.Holds(cases, c => Assert.True(c.Earn(0m, Math.Max(c.A, c.B)) >= c.Earn(0m, Math.Min(c.A, c.B))), 1000);
        }
    }

    [Fact]
    public void Interpolated_amounts_do_not_jump() => Property.Holds(RateTableCases.Levels, c =>
    {
        // A millionth of the measure earns no more than the steepest tier pays for it: 20 units across 5 % of a quota of 20.
        var steepest = 20m * RateTableCases.Target;
        Assert.InRange(c.Earn(c.A, c.A + 0.000_001m), 0m, 0.000_001m * steepest);
    }, 1000);

    [Fact]
    public void Values_and_quota_in_another_unit_earn_as_many_times_more() => Property.Holds(RateTableCases.Any, c =>
    {
        if (c.Table.On == RateBasis.Attainment)
        {
            var times = c.Table.Yields is RateYield.Percent or RateYield.PerUnit ? 3m : 1m;
            Same(times * c.Earn(c.A, c.B), c.Table.Earn(new Stretch(3m * c.A, 3m * c.B, 3m * c.Quota, RateTableCases.Target)));
        }
    }, 2000);

    [Fact]
    public void Percents_of_a_quota_of_100_are_amounts() => Property.Holds(RateTableCases.Step, c =>
    {
        var (there, here) = (new StepTable(c.Table.Tiers, RateBasis.Amount, c.Table.Yields), new StepTable(c.Table.Tiers, RateBasis.Attainment, c.Table.Yields));
        var stretch = new Stretch(c.A, c.B, 100m, RateTableCases.Target);
        Assert.Equal(here.Earn(stretch), there.Earn(stretch));
    });

    [Theory]
    [InlineData(RateYield.Percent, 60)]
    [InlineData(RateYield.PerUnit, 6000)]
    [InlineData(RateYield.TargetMultiplier, 37_500)]
    public void With_one_tier_all_modes_pay_alike(RateYield yields, int expected)
    {
        RateTable[] tables =
        [
            new StepTable([new(0, null, 5)], yields: yields),
            new FlatTable([new(0, null, 5)], yields: yields),
            new InterpolatedTable([new(0, null, 5, 5)], yields: yields),
            new OverageAtReachedTierTable([new(0, null, 5)], yields),
        ];
        Assert.All(tables, t => Assert.Equal(expected, t.Earn(new Stretch(300m, 1500m, 800m, 5000m))));
        Assert.All(tables, t => Assert.Equal(-expected, t.Earn(new Stretch(0m, -1200m, 800m, 5000m))));
    }

    [Fact]
    public void A_table_refuses_to_calculate_without_the_figures_it_needs()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatTable([new(0, null, 5)]).Earn(new Stretch(0m, 1m, null, null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatTable([new(0, null, 5)]).Earn(new Stretch(0m, 1m, 0m, null)));
        var multiplier = new StepTable([new(0, null, 5)], RateBasis.Amount, RateYield.TargetMultiplier);
        Assert.True(multiplier is { NeedsQuota: true, NeedsTargetIncentive: true });
        Assert.Throws<ArgumentOutOfRangeException>(() => multiplier.Earn(new Stretch(0m, 1m, 1m, null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => multiplier.Earn(new Stretch(0m, 1m, null, 1m)));
        var amounts = new FlatTable([new(0, null, 5)], RateBasis.Amount);
        Assert.False(amounts.NeedsQuota);
        Assert.Equal(5m, amounts.Earn(new Stretch(0m, 100m, null, null)));
        var curve = new InterpolatedTable([new(0, 50, 0, 1)], RateBasis.Amount, RateYield.TargetMultiplier, Grows.Level);
        Assert.True(curve is { NeedsQuota: false, NeedsTargetIncentive: true });
        Assert.Equal(500m, curve.Earn(new Stretch(0m, 25m, null, 1000m)));
    }

    [Fact]
    public void Every_mode_earns_without_allocating()
    {
        RateTable[] tables =
        [
            Given.FiveTenFifteen,
            new StepTable(Given.FiveTenFifteen.Tiers, yields: RateYield.Amount),
            new StepTable(Given.FiveTenFifteen.Tiers, yields: RateYield.TargetMultiplier),
            new FlatTable(Given.FiveTenFifteen.Tiers),
            new FlatTable(Given.FiveTenFifteen.Tiers, yields: RateYield.Amount),
            new OverageAtReachedTierTable(Given.FiveTenFifteen.Tiers),
            new InterpolatedTable([new(0, 50, 4, 8), new(50, null, 8, 8)], yields: RateYield.TargetMultiplier),
            new InterpolatedTable([new(0, 50, 4, 8), new(50, 150, 8, 9)], yields: RateYield.Amount, grows: Grows.Level),
        ];
        var stretch = new Stretch(1234.56m, 98_765.43m, 100_000m, 12_345.67m);
        Assert.All(tables, table =>
        {
            table.Earn(stretch);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                table.Earn(stretch);
            }
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    private static void Same(decimal expected, decimal actual) => Assert.InRange(actual - expected, -Digits, Digits);
}
