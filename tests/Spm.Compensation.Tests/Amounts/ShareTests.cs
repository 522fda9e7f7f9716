using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Amounts;

public class ShareTests
{
    [Theory]
    [InlineData("60", 600_000)]
    [InlineData("100", 1_000_000)]
    [InlineData("33.3333", 333_333)]
    [InlineData("0.0001", 1)]
    public void A_percent_with_four_decimals_is_a_share(string percent, int millionths)
    {
        Assert.True(Share.TryFromPercent(decimal.Parse(percent), out var actual));
        Assert.Equal(millionths, actual);
        Assert.Equal(decimal.Parse(percent), Share.ToPercent(actual));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100.0001")]
    [InlineData("33.33333")]
    public void Nothing_outside_0_to_100_and_nothing_finer_is_a_share(string percent) =>
        Assert.False(Share.TryFromPercent(decimal.Parse(percent), out _));

    [Theory]
    [InlineData(1, 500_000, 0)]
    [InlineData(3, 500_000, 2)]
    [InlineData(5, 500_000, 2)]
    [InlineData(-1, 500_000, 0)]
    [InlineData(-3, 500_000, -2)]
    [InlineData(10, 333_333, 3)]
    [InlineData(long.MaxValue, 1_000_000, long.MaxValue)]
    public void An_overlays_share_is_rounded_half_to_even(long amount, int millionths, long share) =>
        Assert.Equal(share, Share.Of(amount, millionths));

    [Theory]
    [InlineData("0.00001")]
    [InlineData("900000000000000.1")]
    public void A_value_that_ten_thousandths_cannot_hold_is_refused(string value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TenThousandths.From(decimal.Parse(value)));

    [Fact]
    public void Ten_thousandths_hold_four_decimals_exactly()
    {
        Assert.Equal(-12_345_678, TenThousandths.From(-1234.5678m));
        Assert.Equal(-1234.5678m, TenThousandths.ToDecimal(-12_345_678));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(25_000, "2.5")]
    [InlineData(-100, "-0.01")]
    [InlineData(10_000_000, "1000")]
    [InlineData(long.MaxValue, "922337203685477.5807")]
    [InlineData(long.MinValue, "-922337203685477.5808")]
    public void Ten_thousandths_are_written_without_trailing_zeros(long scaled, string written) =>
        Assert.Equal(written, TenThousandths.ToDecimal(scaled).ToString());
}
