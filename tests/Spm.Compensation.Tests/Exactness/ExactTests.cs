using FsCheck.Fluent;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.Tests.Exactness;

public class ExactTests
{
    [Fact]
    public void A_product_that_does_not_fit_is_refused_instead_of_rounded()
    {
        Assert.True(Exact.TryProduct(1_234_567.8901m, 1.0823456789m, out var product));
        Assert.Equal(1336229.22115842508889m, product);
        Assert.Equal(14, product.Scale);
        Assert.False(Exact.TryProduct(12_345_678_901_234.5678m, 123_456.0123456789m, out _));
        Assert.False(Exact.TryProduct(decimal.MaxValue, 2m, out _));
        Assert.True(Exact.TryProduct(5e-15m, 2e-14m, out product));
        Assert.Equal(1e-28m, product);
    }

    [Fact]
    public void A_share_of_a_whole_is_rounded_once_and_the_whole_of_it_is_the_amount()
    {
        Assert.Equal(12_345_678_901_234.567890123456m, Exact.Ratio(12_345_678_901_234.567890123456m, 98_765_432.1234m, 98_765_432.1234m));
        // The product has 43 digits; the quotient is finite and comes out exact.
        Assert.Equal(6_172_839_450_617.283945061728m, Exact.Ratio(12_345_678_901_234.567890123456m, 123_456_789.1230m, 246_913_578.2460m));
        Assert.Throws<DivideByZeroException>(() => Exact.Ratio(1m, 1m, 0m));
        Assert.Throws<DivideByZeroException>(() => Exact.Ratio(1m, 0m, 0m));
    }

    [Theory]
    [InlineData("0.5", "1", "1", 0, "0")]
    [InlineData("1.5", "1", "1", 0, "2")]
    [InlineData("-1.5", "1", "1", 0, "-2")]
    [InlineData("-2.5", "1", "1", 0, "-2")]
    [InlineData("2", "1", "-3", 2, "-0.67")]
    [InlineData("1000", "1", "14", 3, "71.429")]
    public void A_quotient_is_rounded_half_to_even_at_its_decimals(string amount, string part, string whole, int decimals, string expected) =>
        Assert.Equal(decimal.Parse(expected), Exact.RatioAt(decimal.Parse(amount), decimal.Parse(part), decimal.Parse(whole), decimals));

    [Fact]
    public void The_long_way_and_the_short_way_give_the_same() => Property.Holds(AnyRatio, r =>
    {
        // The same ratio with so many digits that the product no longer fits into a decimal.
        const decimal huge = 1_000_000_000_000_000_003m;
        Assert.Equal(Exact.Ratio(r.Amount, r.Part, r.Whole), Exact.Ratio(r.Amount, r.Part * huge, r.Whole * huge));
        Assert.True(Exact.TryProduct(r.Amount, r.Part, out var product));
        Assert.Equal(product, r.Amount * r.Part);
    }, 1000);

    private static FsCheck.Gen<(decimal Amount, decimal Part, decimal Whole)> AnyRatio =>
        from amount in Gen.Choose(-1_000_000_000, 1_000_000_000)
        from part in Gen.Choose(-1_000_000, 1_000_000)
        from whole in Gen.Choose(1, 1_000_000)
        select (amount / 10_000m, part / 100m, whole / 100m);
}
