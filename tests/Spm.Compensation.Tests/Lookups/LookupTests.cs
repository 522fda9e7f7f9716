using FsCheck.Fluent;
using Spm.Compensation.Lookups;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Lookups;

public class LookupTests
{
    private static readonly LookupTier[] Tiers = [new(0, 10, 50), new(10, 30, 100), new(30, null, 130)];

    [Fact]
    public void A_figure_on_an_edge_belongs_to_the_higher_tier()
    {
        var lookup = new Lookup(Tiers);
        Assert.Equal([50m, 50m, 100m, 130m, 130m], new[] { 0m, 9.99m, 10m, 30m, 1000m }.Select(f => lookup.Find(f)!.Value.ToDecimal()));
        Assert.Equal(50m, lookup.Find(new Fraction(29, 3))!.Value);
    }

    [Fact]
    public void A_figure_outside_of_all_tiers_has_no_value()
    {
        Assert.Null(new Lookup(Tiers).Find(-0.01m));
        Assert.Null(new Lookup([new(0, 10, 50)]).Find(10m));
        Assert.Equal(50m, new Lookup([new(null, 10, 50)]).Find(-1_000m));
    }

    [Fact]
    public void Between_two_starts_an_interpolated_value_grows_linearly()
    {
        var lookup = new Lookup(Tiers, LookupMode.Interpolated);
        Assert.Equal([50m, 75m, 100m, 115m, 130m, 130m], new[] { 0m, 5m, 10m, 20m, 30m, 99m }.Select(f => lookup.Find(f)!.Value.ToDecimal()));
        Assert.Equal(new Fraction(200, 3), lookup.Find(new Fraction(10, 3)));
    }

    [Fact]
    public void Rising_values_never_fall_and_an_interpolated_one_has_no_jump() => Property.Holds(AnyCase, c =>
    {
        foreach (var mode in Enum.GetValues<LookupMode>())
        {
            var lookup = new Lookup(c.Tiers, mode);
            Assert.True(lookup.Find(c.Figure) <= lookup.Find(c.Figure + c.More));
        }
        var line = new Lookup(c.Tiers, LookupMode.Interpolated);
        Assert.All(c.Tiers.Skip(1), t => Assert.True(line.Find(t.From!.Value - 0.000001m) > t.Value - 1m));
    });

    [Theory]
    [InlineData("tiers_count")]
    [InlineData("tiers_have_a_gap", 0, 5, 6, null)]
    [InlineData("tiers_overlap", 0, 5, 4, null)]
    [InlineData("tiers_overlap", 0, null, 4, null)]
    [InlineData("tiers_overlap", 0, 4, null, 9)]
    [InlineData("tier_is_empty", 4, 4)]
    public void Tiers_that_do_not_follow_each_other_are_refused(string code, params int?[] edges)
    {
        LookupTier[] tiers = [.. edges.Chunk(2).Select(e => new LookupTier(e[0], e[1], 1))];
        Assert.Equal(code, Lookup.Check(tiers, LookupMode.Flat)?.Code);
        Assert.Throws<ArgumentException>(() => new Lookup(tiers));
    }

    [Fact]
    public void An_interpolated_lookup_begins_somewhere() =>
        Assert.Equal("lookup_start_missing", Lookup.Check([new(null, null, 1)], LookupMode.Interpolated)?.Code);

    private static FsCheck.Gen<(LookupTier[] Tiers, decimal Figure, decimal More)> AnyCase =>
        from widths in Gen.ArrayOf(Gen.Choose(1, 5000), 6)
        from steps in Gen.ArrayOf(Gen.Choose(0, 5000), 7)
        from figure in Gen.Choose(0, 20_000)
        from more in Gen.Choose(0, 20_000)
        select (Rising(widths, steps), figure / 100m, more / 100m);

    private static LookupTier[] Rising(int[] widths, int[] steps)
    {
        var (from, value) = (0m, 0m);
        List<LookupTier> tiers = [];
        for (var i = 0; i < steps.Length; i++)
        {
            value += steps[i] / 100m;
            decimal? to = i < widths.Length ? from + widths[i] / 100m : null;
            tiers.Add(new LookupTier(from, to, value));
            from = to ?? from;
        }
        return [.. tiers];
    }
}
