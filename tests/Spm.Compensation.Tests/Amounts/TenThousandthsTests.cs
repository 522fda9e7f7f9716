using System.Numerics;
using FsCheck.Fluent;
using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Amounts;

public class TenThousandthsTests
{
    [Theory]
    [InlineData(10_000, "1.08", 10_800)]
    [InlineData(1, "0.5", 0)]
    [InlineData(3, "0.5", 2)]
    [InlineData(5, "0.5", 2)]
    [InlineData(-3, "0.5", -2)]
    [InlineData(-5, "0.5", -2)]
    [InlineData(1, "0.5000000001", 1)]
    [InlineData(1, "0.4999999999", 0)]
    [InlineData(9_000_000_000_000_000_000, "1", 9_000_000_000_000_000_000)]
    [InlineData(9_000_000_000, "999999999.9999999999", 8_999_999_999_999_999_999)]
    public void An_amount_at_a_rate_is_rounded_half_to_even_at_a_ten_thousandth(long amount, string rate, long converted)
    {
        Assert.True(TenThousandths.TryAt(amount, decimal.Parse(rate), out var actual));
        Assert.Equal(converted, actual);
    }

    [Theory]
    [InlineData(9_000_000_000_000_000_000, "1.0000000001")]
    [InlineData(long.MinValue, "999999999.9999999999")]
    public void What_does_not_fit_is_no_amount(long amount, string rate) => Assert.False(TenThousandths.TryAt(amount, decimal.Parse(rate), out _));

    [Fact]
    public void Any_amount_at_any_rate_is_the_exact_product_rounded_once() => Property.Holds(AnyConversion, c =>
    {
        var exact = new BigInteger(c.Amount) * c.Rate;
        var quotient = BigInteger.DivRem(exact, 10_000_000_000, out var rest);
        var over = (BigInteger.Abs(rest) * 2).CompareTo(10_000_000_000);
        quotient += over > 0 || (over == 0 && !quotient.IsEven) ? exact.Sign : 0;
        var fits = TenThousandths.TryAt(c.Amount, c.Rate / 10_000_000_000m, out var converted);
        Assert.Equal(BigInteger.Abs(quotient) <= 9_000_000_000_000_000_000, fits);
        Assert.Equal(fits ? quotient : 0, converted);
        Assert.True(TenThousandths.TryAt(-c.Amount, c.Rate / 10_000_000_000m, out var back) == fits && back == -converted);
    }, 2000);

    private static FsCheck.Gen<(long Amount, long Rate)> AnyConversion =>
        from amount in Gen.Choose(int.MinValue + 1, int.MaxValue)
        from scale in Gen.Elements(1L, 1_000L, 1_000_000_000L)
        from rate in Gen.Choose(1, int.MaxValue)
        from more in Gen.Elements(1L, 4_000_000_000L, 1_000_003L)
        select (amount * scale, rate * more);
}
