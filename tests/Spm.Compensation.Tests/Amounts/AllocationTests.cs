using FsCheck.Fluent;
using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Amounts;

public class AllocationTests
{
    [Fact]
    public void Leftover_units_go_to_the_largest_fractions()
    {
        Assert.Equal([51, 30, 20], ByShare(101, 500_000, 300_000, 200_000));
        Assert.Equal([1, 1, 0], ByShare(2, 333_333, 333_334, 333_333));
    }

    [Fact]
    public void Equal_fractions_are_served_in_the_order_of_the_parts()
    {
        Assert.Equal([1, 0], ByShare(1, 500_000, 500_000));
        Assert.Equal([1, 1, 1, 0], ByShare(3, 250_000, 250_000, 250_000, 250_000));
    }

    [Fact]
    public void A_share_of_zero_is_never_served() => Assert.Equal([0, 1, 0], ByShare(1, 0, 500_000, 500_000));

    [Theory]
    [InlineData(500_000, 499_999)]
    [InlineData(1_000_001, -1)]
    public void Shares_that_are_no_cut_of_the_whole_are_refused(int first, int second) =>
        Assert.Throws<ArgumentException>(() => ByShare(10, first, second));

    [Fact]
    public void Parts_are_as_many_as_shares() =>
        Assert.Throws<ArgumentException>(() => Allocation.ByShare(10, [Share.Whole], new long[2]));

    [Fact]
    public void Parts_sum_to_the_whole_and_each_is_within_one_unit_of_its_share() => Property.Holds(AnyCut, cut =>
    {
        var parts = ByShare(cut.Total, cut.Shares);
        Assert.Equal(cut.Total, parts.Sum());
        Assert.All(parts.Zip(cut.Shares), p => Assert.True(decimal.Abs(p.First - (decimal)cut.Total * p.Second / Share.Whole) < 1m));
    });

    [Fact]
    public void Negating_the_whole_negates_every_part() => Property.Holds(AnyCut, cut =>
        Assert.Equal(ByShare(cut.Total, cut.Shares).Select(p => -p), ByShare(-cut.Total, cut.Shares)));

    [Theory]
    [InlineData(1, new[] { "0.4", "0.6" }, new long[] { 0, 1 })]
    [InlineData(1, new[] { "0.5", "0.5" }, new long[] { 1, 0 })]
    [InlineData(0, new[] { "0.4", "0.6" }, new long[] { 0, 0 })]
    [InlineData(1, new[] { "1.2", "0.8" }, new long[] { 1, 0 })]
    [InlineData(9, new[] { "7.5", "0", "2.5" }, new long[] { 7, 0, 2 })]
    [InlineData(-3, new[] { "-2.5", "-0.5" }, new long[] { -2, -1 })]
    [InlineData(2, new[] { "1.4", "0" }, new long[] { 2, 0 })]
    [InlineData(0, new[] { "1", "0" }, new long[] { 0, 0 })]
    [InlineData(7, new[] { "0", "0" }, new long[] { 4, 3 })]
    public void Exact_parts_are_rounded_to_their_total(long total, string[] exact, long[] expected) =>
        Assert.Equal(expected, ToTotal(total, [.. exact.Select(decimal.Parse)]));

    [Fact]
    public void A_total_cannot_be_cut_into_no_parts()
    {
        Assert.Throws<ArgumentException>(() => ToTotal(1));
        Assert.Empty(ToTotal(0));
    }

    [Fact]
    public void Exact_parts_always_sum_to_the_total_and_stay_within_one_unit() => Property.Holds<int[]>(tenths =>
    {
        decimal[] exact = [.. tenths.Select(t => t / 10m)];
        var total = (long)decimal.Round(exact.Sum(), MidpointRounding.ToEven);
        var parts = ToTotal(total, exact);
        Assert.Equal(total, parts.Sum());
        Assert.All(parts.Zip(exact), p => Assert.True(decimal.Abs(p.First - p.Second) <= 1m));
    });

    private static FsCheck.Gen<(long Total, int[] Shares)> AnyCut =>
        from total in Gen.Choose(-1_000_000_000, 1_000_000_000)
        from scale in Gen.Elements(1L, 1_000_000L)
        from weights in Gen.Choose(0, 1000).NonEmptyListOf()
        select (total * scale, SharesOf([.. weights.Take(64)]));

    /// <summary>Shares in proportion to weights; the last part takes what is left of the whole.</summary>
    private static int[] SharesOf(int[] weights)
    {
        var sum = Math.Max(1, weights.Sum());
        int[] shares = [.. weights.Select(w => (int)((long)w * Share.Whole / sum))];
        shares[^1] += Share.Whole - shares.Sum();
        return shares;
    }

    private static long[] ByShare(long total, params int[] shares)
    {
        var parts = new long[shares.Length];
        Allocation.ByShare(total, shares, parts);
        return parts;
    }

    private static long[] ToTotal(long total, params decimal[] exact)
    {
        var parts = new long[exact.Length];
        Allocation.ToTotal(total, exact, parts);
        return parts;
    }
}
