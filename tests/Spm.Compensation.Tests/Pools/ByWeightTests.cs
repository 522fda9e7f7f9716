using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Pools;

public class ByWeightTests
{
    [Fact]
    public void Parts_sum_to_the_whole_and_lie_within_a_unit_of_their_share() => Property.Holds<uint, ushort[]>((total, sizes) =>
    {
        decimal[] weights = [.. sizes.Select((s, i) => s / (decimal)Math.Pow(10, i % 5)), 1m];
        var parts = new long[weights.Length];
        Allocation.ByWeight(total, weights, parts);
        Assert.Equal(total, parts.Sum());
        Assert.All(parts.Zip(weights), p => Assert.InRange(p.First, decimal.Floor(total * p.Second / weights.Sum()), decimal.Ceiling(total * p.Second / weights.Sum())));
    });

    [Fact]
    public void Units_that_are_left_go_to_the_largest_fractions_and_equal_ones_in_order()
    {
        var parts = new long[3];
        Allocation.ByWeight(100, [1m, 1m, 1m], parts);
        Assert.Equal([34, 33, 33], parts);
        Allocation.ByWeight(50_000, [3m, 3m, 1m], parts);
        Assert.Equal([21_429, 21_428, 7_143], parts);
    }

    [Fact]
    public void Weights_of_28_digits_lose_nothing()
    {
        var parts = new long[2];
        Allocation.ByWeight(long.MaxValue, [decimal.MaxValue, 0.0000000000000000000000000001m], parts);
        Assert.Equal([long.MaxValue, 0], parts);
    }
}
