using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Amounts;

public class MoneyTests
{
    private static readonly Currency Jpy = Currency.Parse("JPY");
    private static readonly Currency Kwd = Currency.Parse("KWD");

    [Theory]
    [InlineData("0.005", "0.00")]
    [InlineData("0.015", "0.02")]
    [InlineData("0.025", "0.02")]
    [InlineData("-0.005", "0.00")]
    [InlineData("-0.015", "-0.02")]
    [InlineData("0.0050001", "0.01")]
    [InlineData("2.675", "2.68")]
    public void Money_is_rounded_half_to_even(string exact, string rounded)
    {
        Assert.Equal(decimal.Parse(rounded), new Money(decimal.Parse(exact), Currency.Usd).Round().Amount);
        Assert.Equal(decimal.Parse(rounded) * 100m, Rounding.ToMinorUnits(decimal.Parse(exact), Currency.Usd));
    }

    [Fact]
    public void A_currency_rounds_at_its_own_minor_unit()
    {
        Assert.Equal(2m, new Money(2.5m, Jpy).Round().Amount);
        Assert.Equal(1.002m, new Money(1.0025m, Kwd).Round().Amount);
        Assert.Equal(1002, Rounding.ToMinorUnits(1.0025m, Kwd));
        Assert.Equal(new Money(1.05m, Kwd), Money.FromMinor(1050, Kwd));
        Assert.Equal(new Money(1050m, Jpy), Money.FromMinor(1050, Jpy));
    }

    [Fact]
    public void Minor_units_of_an_unrounded_amount_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(0.001m, Currency.Usd).ToMinor());
        Assert.Equal(-1050, new Money(-10.5m, Currency.Usd).ToMinor());
    }

    [Fact]
    public void Two_currencies_are_never_combined_nor_compared()
    {
        var usd = new Money(1m, Currency.Usd);
        var yen = new Money(1m, Jpy);
        Assert.Throws<InvalidOperationException>(() => usd + yen);
        Assert.Throws<InvalidOperationException>(() => usd - yen);
        Assert.Throws<InvalidOperationException>(() => usd.CompareTo(yen));
    }

    [Fact]
    public void Negative_money_is_legal_because_recoveries_are()
    {
        var recovery = new Money(10m, Currency.Usd) - new Money(25m, Currency.Usd);
        Assert.Equal(new Money(-15m, Currency.Usd), recovery);
        Assert.Equal(new Money(15m, Currency.Usd), -recovery);
        Assert.Equal(new Money(-7.5m, Currency.Usd), recovery * 0.5m);
    }

    [Fact]
    public void Adding_money_loses_nothing() => Property.Holds<int[]>(minors =>
    {
        var sum = minors.Aggregate(Money.Zero(Currency.Usd), (total, minor) => total + Money.FromMinor(minor, Currency.Usd));
        Assert.Equal(minors.Sum(m => (long)m), sum.ToMinor());
    });

    [Theory]
    [InlineData("usd")]
    [InlineData("XXX")]
    [InlineData("")]
    [InlineData(null)]
    public void Only_upper_case_codes_that_people_are_paid_in_are_currencies(string? code) =>
        Assert.False(Currency.TryParse(code, out _));

    [Fact]
    public void A_default_currency_does_not_pass_for_one() => Assert.Throws<InvalidOperationException>(() => default(Currency).Code);

    [Fact]
    public void Attainment_is_shown_at_four_decimals_of_a_percent()
    {
        Assert.Equal(80.6596m, Rounding.Percent(0.80659607m));
        Assert.Equal(41.6667m, Rounding.Percent(2500m / 6000m));
    }
}
