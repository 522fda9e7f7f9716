using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Flat;
using Spm.Compensation.RateTables.Interpolated;
using Spm.Compensation.RateTables.OverageAtReachedTier;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

public class RateTableLintTests
{
    private static readonly Tier[] FourSixNine = [new(0, 50, 4), new(50, 100, 6), new(100, null, 9)];

    [Fact]
    public void A_step_table_has_no_cliffs_and_its_last_rate_is_a_windfall()
    {
        var finding = Assert.Single(new StepTable(FourSixNine).Lint());
        Assert.Equal(new RateTableFinding("uncapped_windfall", 2, 100, null, 0.09m, JumpPer.Quota), finding);
        Assert.Equal(9000m, finding.Money(quota: 100_000m, targetIncentive: 0m));
    }

    [Fact]
    public void A_flat_table_jumps_at_every_edge_by_what_lies_below_it()
    {
        var cliffs = new FlatTable(FourSixNine).Lint().Where(f => f.Code == RateTableFinding.Cliff).ToArray();
        Assert.Equal([(1, 50m, 0.01m), (2, 100m, 0.03m)], cliffs.Select(f => (f.At, f.From, f.Jump)));
        // Against a quota of 120,000 the last euro to quota is worth 3,600.
        Assert.Equal(3600m, cliffs[1].Money(120_000m, 0m));
    }

    [Fact]
    public void A_flat_rate_that_falls_pays_less_for_more()
    {
        var table = new FlatTable([new(0, 100, 8), new(100, null, 6)], RateBasis.Amount);
        Assert.Equal([new RateTableFinding("earning_falls", 1, 100, 100, -2, JumpPer.One)], table.Lint());
    }

    [Theory]
    [InlineData(RateBasis.Attainment, JumpPer.TargetIncentive, 0.5, 5000)]
    [InlineData(RateBasis.Amount, JumpPer.TargetIncentiveOverQuota, 50, 2500)]
    public void A_multiplier_tells_its_jump_per_target_incentive(RateBasis on, JumpPer per, double jump, int money)
    {
        var cliff = new FlatTable([new(0, 100, 1), new(100, null, 1.5m)], on, RateYield.TargetMultiplier).Lint()[0];
        Assert.Equal((RateTableFinding.Cliff, per, (decimal)jump), (cliff.Code, cliff.Per, cliff.Jump));
        Assert.Equal(money, cliff.Money(quota: 200m, targetIncentive: 10_000m));
    }

    [Fact]
    public void Amounts_jump_and_are_no_windfall() => Assert.Equal(
        [new RateTableFinding("dead_zone", 0, 0, 80, 0, JumpPer.One), new RateTableFinding("cliff", 1, 80, 80, 500, JumpPer.One)],
        new FlatTable([new(0, 80, 0), new(80, null, 500)], yields: RateYield.Amount).Lint());

    [Fact]
    public void Overage_jumps_above_quota_only()
    {
        var table = new OverageAtReachedTierTable([.. FourSixNine.SkipLast(1), new(100, 120, 9), new(120, null, 12)]);
        Assert.Equal((3, 120m, 0.006m), table.Lint().Where(f => f.Code == RateTableFinding.Cliff).Select(f => (f.At, f.From, f.Jump)).Single());
    }

    [Fact]
    public void A_dead_zone_and_a_tier_that_nobody_reaches_are_found()
    {
        var codes = new StepTable([new(0, 50, 5), new(50, 100, 0), new(100, 1500, 8), new(1500, null, 0)]).Lint().Select(f => (f.Code, f.At));
        Assert.Equal([("dead_zone", 1), ("tier_unreachable", 3)], codes);
    }

    [Fact]
    public void A_falling_interpolated_rate_pays_less_from_the_top_of_its_parabola_on()
    {
        // 10 % falls to 0 between 0 and 100 %: value × rate is highest at 50 % (0.5 × 5 % = 2.5 % of quota) and 0 at 100 %.
        var table = new InterpolatedTable([new(0, 100, 10, 0), new(100, null, 0, 0)]);
        Assert.Equal([new RateTableFinding("earning_falls", 0, 50, 100, -0.025m, JumpPer.Quota)], table.Lint());
        Assert.Equal(table.Earn(100m, 100m) - table.Earn(50m, 100m), table.Lint()[0].Money(100m, 0m));
        // A rate that falls less than attainment rises still pays more for more.
        Assert.Empty(new InterpolatedTable([new(0, 100, 10, 6), new(100, null, 6, 6)]).Lint());
    }

    [Fact]
    public void Levels_jump_fall_and_stand_still_where_they_say_so()
    {
        var table = new InterpolatedTable(
            [new(0, 80, 0, 0), new(80, 100, 500, 1000), new(100, 120, 1000, 900)], yields: RateYield.Amount, grows: Grows.Level);
        Assert.Equal(
            [("dead_zone", 0, 0m), ("cliff", 1, 500m), ("earning_falls", 2, -100m)],
            table.Lint().Select(f => (f.Code, f.At, f.Jump)));
    }

    [Fact]
    public void A_jump_is_what_the_table_pays_more_at_the_edge()
    {
        Property.Holds(RateTableCases.Any, c => Assert.All(
            c.Table.Lint().Where(f => f.From == f.To && f.Code is RateTableFinding.Cliff or RateTableFinding.EarningFalls && f.From == f.To),
            finding =>
            {
                var edge = c.Table.On == RateBasis.Attainment ? finding.From * c.Quota / 100m : finding.From;
                const decimal Bit = 0.000_000_001m;
                var jump = c.Earn(0m, edge) - c.Earn(0m, edge - Bit);
                Assert.InRange(jump - finding.Money(c.Quota, RateTableCases.Target), -0.01m, 0.01m);
            }), 500);
    }

    [Fact]
    public void A_kind_lints_its_own_tables_only()
    {
        var flat = new FlatTable(FourSixNine);
        Assert.Equal(flat.Lint(), FlatTable.Kind.Lint(flat));
        Assert.Throws<ArgumentException>(() => StepTable.Kind.Lint(flat));
    }
}
