using FsCheck.Fluent;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.RateTables.Step;

public class StepTableTests
{
    [Fact]
    public void Crossing_quota_reprices_only_the_excess()
    {
        Assert.Equal(450m, FiveTenFifteen.Earn(6000m, 6000m));
        Assert.Equal(451.5m, FiveTenFifteen.Earn(6010m, 6000m));
    }

    [Fact]
    public void Each_band_is_explained_with_its_own_rate()
    {
        List<Band> bands = [];
        Assert.Equal(645m, FiveTenFifteen.Earn(7300m, 6000m, bands));
        Assert.Equal([new Band(0, 50, 5, 3000, 150), new Band(50, 100, 10, 3000, 300), new Band(100, null, 15, 1300, 195)], bands);
    }

    [Fact]
    public void A_net_refund_takes_back_the_first_tiers_rate()
    {
        List<Band> bands = [];
        Assert.Equal(-5m, FiveTenFifteen.Earn(-100m, 6000m, bands));
        Assert.Equal(new Band(0, 50, 5, -100, -5), Assert.Single(bands));
    }

    [Fact]
    public void Nothing_credited_earns_nothing_and_touches_no_tier()
    {
        List<Band> bands = [];
        Assert.Equal(0m, FiveTenFifteen.Earn(0m, 6000m, bands));
        Assert.Empty(bands);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Nothing_is_earned_against_a_quota_that_is_not_above_zero(int quota) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FiveTenFifteen.Earn(1m, quota));

    [Fact]
    public void Tables_of_the_same_tiers_are_equal()
    {
        StepTable same = new([.. FiveTenFifteen.Tiers]);
        Assert.Equal(FiveTenFifteen, same);
        Assert.Equal(FiveTenFifteen.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(FiveTenFifteen, new StepTable([new(0, null, 5)]));
        Assert.Equal("step", same.Mode);
    }

    [Fact]
    public void More_credited_never_earns_less_and_no_cent_jumps_at_an_edge() => Property.Holds(AnyCase, c =>
    {
        var (table, quota, credited, more) = c;
        var gain = table.Earn(credited + more, quota) - table.Earn(credited, quota);
        Assert.InRange(gain, 0m, more * table.Tiers.Max(t => t.Rate) / 100m);
    }, 500);

    [Fact]
    public void Bands_sum_to_what_is_credited_and_to_what_is_earned() => Property.Holds(AnyCase, c =>
    {
        List<Band> bands = [];
        var earned = c.Table.Earn(c.Credited, c.Quota, bands);
        Assert.Equal(c.Credited, bands.Sum(b => b.Amount));
        Assert.Equal(earned, bands.Sum(b => b.Earned));
        Assert.All(bands, b => Assert.Equal(b.Amount * b.Rate / 100m, b.Earned));
        Assert.All(bands.Where(b => b.To is not null), b => Assert.True(b.Amount <= (b.To - b.From) * c.Quota / 100m));
    });

    [Fact]
    public void Cutting_a_tier_in_two_changes_nothing() => Property.Holds(AnyCase, c =>
    {
        var last = c.Table.Tiers[^1];
        Tier[] cut = [.. c.Table.Tiers.SkipLast(1), last with { To = last.From + 7.5m }, last with { From = last.From + 7.5m }];
        Assert.Equal(c.Table.Earn(c.Credited, c.Quota), new StepTable(cut).Earn(c.Credited, c.Quota));
    });

    /// <summary>Amounts with cents from below zero to well above the last tier, small steps and large ones.</summary>
    private static FsCheck.Gen<(StepTable Table, decimal Quota, decimal Credited, decimal More)> AnyCase =>
        from table in AnyTable
        from quota in Gen.Choose(1, 1_000_000)
        from attainment in Gen.Choose(-50, 400)
        from cents in Gen.Choose(-100, 100)
        from more in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, 100_000_000))
        select (table, quota / 100m, attainment * quota / 10_000m + cents / 100m, more / 100m);

    private static FsCheck.Gen<StepTable> AnyTable =>
        from widths in Gen.Choose(1, 10_000).ListOf()
        from rates in Gen.Choose(0, 5000).ListOf(21)
        select Table([.. widths.Take(20)], [.. rates]);

    private static StepTable Table(int[] widths, int[] rates)
    {
        var edges = widths.Aggregate(new List<decimal> { 0m }, (all, width) => [.. all, all[^1] + width / 100m]);
        return new StepTable([.. edges.Select((edge, i) => new Tier(edge, i + 1 < edges.Count ? edges[i + 1] : null, rates[i] / 100m))]);
    }
}
