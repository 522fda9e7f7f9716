using System.Numerics;
using FsCheck.Fluent;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Tests.Quotas;

public class FractionTests
{
    [Fact]
    public void A_third_three_times_is_the_whole()
    {
        var third = new Fraction(20000, 3);
        Assert.Equal(20000m, third + third + third);
        Assert.Equal(6666.6666666666666666666666667m, third.ToDecimal());
        Assert.Equal(6667m, third.Rounded(0));
    }

    [Fact]
    public void Fractions_are_kept_in_lowest_terms_with_a_denominator_above_zero()
    {
        Assert.Equal(new Fraction(1, 2), new Fraction(-17, -34));
        Assert.Equal("-1/2", new Fraction(17, -34).ToString());
        Assert.Equal(new Fraction(1, 2).GetHashCode(), new Fraction(2, 4).GetHashCode());
        Assert.Equal(Fraction.Zero, new Fraction(0, -5));
        Assert.Throws<DivideByZeroException>(() => new Fraction(1, 0));
        Assert.Throws<DivideByZeroException>(() => Fraction.One / Fraction.Zero);
    }

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(7, 2, 4)]
    [InlineData(-5, 2, -2)]
    [InlineData(-7, 2, -4)]
    [InlineData(-8, 3, -3)]
    [InlineData(8, 3, 3)]
    public void Halves_are_rounded_to_even_on_both_sides_of_zero(int numerator, int denominator, int expected) =>
        Assert.Equal(expected, new Fraction(numerator, denominator).Rounded(0));

    [Fact]
    public void Every_decimal_comes_back_as_it_went_in() => Property.Holds(AnyDecimal, value => Assert.Equal(value, Fraction.FromDecimal(value).ToDecimal()), 500);

    [Fact]
    public void The_largest_and_the_smallest_decimals_are_exact()
    {
        foreach (var value in new[] { decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -7.9228162514264337593543950335m })
        {
            Assert.Equal(value, Fraction.FromDecimal(value).ToDecimal());
            Assert.Equal(value, (Fraction.FromDecimal(value) * 3m / 7m * 7m / 3m).ToDecimal());
        }
    }

    [Fact]
    public void What_does_not_fit_into_a_decimal_is_divided_all_the_same()
    {
        var huge = BigInteger.Pow(10, 60);
        Assert.Equal(0.3333333333333333333333333333m, new Fraction(huge, huge * 3 + 1).ToDecimal());
        Assert.Equal(-2m / 3m, new Fraction(-2 * huge - 1, 3 * huge).ToDecimal());
        Assert.Throws<OverflowException>(() => new Fraction(huge, 7).ToDecimal());
    }

    [Fact]
    public void Order_is_that_of_the_differences() => Property.Holds(AnyPair, p =>
    {
        Assert.Equal((p.A - p.B).Sign, p.A.CompareTo(p.B));
        Assert.Equal(p.A, p.A - p.B + p.B);
        var rest = p.A - new Fraction(p.A.Floor(), 1);
        Assert.True(rest >= Fraction.Zero && rest < Fraction.One);
    });

    private static FsCheck.Gen<decimal> AnyDecimal =>
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from scale in Gen.Choose(0, 28)
        from isNegative in Gen.Elements(true, false)
        select new decimal(low, middle, high, isNegative, (byte)scale);

    private static FsCheck.Gen<(Fraction A, Fraction B)> AnyPair =>
        from a in Gen.Choose(-1000, 1000)
        from b in Gen.Choose(-1000, 1000)
        from c in Gen.Choose(1, 50)
        from d in Gen.Choose(1, 50)
        select (new Fraction(a, c), new Fraction(b, d));
}
