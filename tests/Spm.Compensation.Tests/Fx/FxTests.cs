using FsCheck.Fluent;
using Spm.Compensation.Amounts;
using Spm.Compensation.Fx;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Fx;

public class FxTests
{
    private static readonly Currency Eur = Currency.Parse("EUR");

    private static readonly FiscalPeriod March = Given.Year.Months[2].Period;

    private static readonly FxRates Rates = Create(
        ("2025-03-17", 1.0922m), ("2025-02-28", 1.0411m), ("2025-03-14", 1.0889m), ("2025-03-03", 1.0465m));

    [Theory]
    [InlineData("2025-02-27", null)]
    [InlineData("2025-02-28", "1.0411")]
    [InlineData("2025-03-13", "1.0465")]
    [InlineData("2025-03-14", "1.0889")]
    [InlineData("2030-01-01", "1.0922")]
    public void A_rate_stands_from_its_day_until_the_next(string day, string? rate) =>
        Assert.Equal(rate is null ? null : decimal.Parse(rate), Rates.AsOf(Eur, Currency.Usd, Day(day))?.Rate);

    [Theory]
    [InlineData("""{ "rate": "transaction_date" }""")]
    [InlineData("""{ "rate": "month_average" }""")]
    [InlineData("""{ "rate": "fixed", "fixed_rates": { "GBP": 1.3 } }""")]
    public void A_missing_rate_is_refused_and_the_other_direction_is_no_rate(string json)
    {
        var rule = RuleText.Read(FxRule.Read, json);
        Assert.False(rule.TryConvert(new Money(1m, Currency.Usd), Eur, Day("2025-03-16"), March, Rates, out var none, out var refusal));
        Assert.Null(none);
        Assert.Equal("fx_rate_missing", refusal!.Code);
    }

    [Fact]
    public void A_month_without_rates_has_no_average()
    {
        var rule = new FxRule(FxBasis.MonthAverage);
        Assert.False(rule.TryConvert(new Money(1m, Eur), Currency.Usd, Day("2025-04-16"), Given.Year.Months[3].Period, Rates, out _, out var refusal));
        Assert.Equal("fx_rate_missing", refusal!.Code);
    }

    [Fact]
    public void An_amount_of_the_plans_currency_needs_no_rate()
    {
        Assert.True(new FxRule(FxBasis.MonthAverage).TryConvert(new Money(7m, Eur), Eur, Day("2025-03-16"), March, FxRates.None, out var same, out _));
        Assert.Equal((7m, 1m), (same!.Converted.Amount, same.Rate));
    }

    [Fact]
    public void A_product_that_does_not_fit_is_refused_instead_of_rounded()
    {
        var rule = new FxRule(FxBasis.Fixed, new Dictionary<Currency, decimal> { [Eur] = 123_456.0123456789m });
        Assert.False(rule.TryConvert(new Money(12_345_678_901_234.5678m, Eur), Currency.Usd, Day("2025-03-16"), March, Rates, out _, out var refusal));
        Assert.Equal("fx_amount_out_of_range", refusal!.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000)]
    [InlineData(0.00000000001)]
    public void A_rate_out_of_range_is_refused(double rate)
    {
        Assert.False(FxRates.TryCreate([new FxRate(Eur, Currency.Usd, Day("2025-01-01"), (decimal)rate)], out _, out var refusal));
        Assert.Equal("fx_rate_out_of_range", refusal!.Code);
    }

    [Fact]
    public void Two_rates_of_one_day_are_refused()
    {
        Assert.False(FxRates.TryCreate([new(Eur, Currency.Usd, Day("2025-01-01"), 1m), new(Eur, Currency.Usd, Day("2025-01-01"), 2m)], out _, out var refusal));
        Assert.Equal("fx_rate_twice", refusal!.Code);
    }

    [Theory]
    [InlineData("""{ "rate": "spot" }""", "value_unknown")]
    [InlineData("""{ "rate": "fixed" }""", "field_missing")]
    [InlineData("""{ "rate": "fixed", "fixed_rates": {} }""", "fx_rate_missing")]
    [InlineData("""{ "rate": "fixed", "fixed_rates": { "EURO": 1 } }""", "currency_unknown")]
    [InlineData("""{ "rate": "fixed", "fixed_rates": { "EUR": 0 } }""", "fx_rate_out_of_range")]
    [InlineData("""{ "rate": "month_average", "fixed_rates": { "EUR": 1 } }""", "fx_fixed_rates_unused")]
    [InlineData("""{ "rate": "transaction_date", "average_decimals": 4 }""", "fx_average_unused")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(FxRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(FxRule.Read, FxRule.Schema);

    [Fact]
    public void Rates_of_the_same_numbers_are_the_same_rule() => Assert.Equal(
        new FxRule(FxBasis.Fixed, new Dictionary<Currency, decimal> { [Eur] = 1m, [Currency.Usd] = 2m }),
        new FxRule(FxBasis.Fixed, new Dictionary<Currency, decimal> { [Currency.Usd] = 2m, [Eur] = 1m }));

    [Fact]
    public void Look_ups_are_those_of_a_plain_search_in_any_order_of_the_rates() => Property.Holds(AnyRates, c =>
    {
        Assert.True(FxRates.TryCreate(c.Rates, out var rates, out _));
        Assert.True(FxRates.TryCreate(c.Rates.Reverse(), out var again, out _));
        var plain = c.Rates.Where(r => r.Day <= c.Day).OrderBy(r => r.Day).Select(r => (FxRate?)r).LastOrDefault();
        Assert.Equal(plain, rates.AsOf(Eur, Currency.Usd, c.Day));
        Assert.Equal(plain, again.AsOf(Eur, Currency.Usd, c.Day));
        var month = c.Rates.Where(r => March.Contains(r.Day)).ToArray();
        var mean = rates.Average(Eur, Currency.Usd, March.From, March.To, 4);
        Assert.Equal(month.Length == 0 ? null : (decimal.Round(month.Sum(r => r.Rate) / month.Length, 4, MidpointRounding.ToEven), month.Length), mean);
        Assert.Equal(mean, again.Average(Eur, Currency.Usd, March.From, March.To, 4));
    }, 500);

    [Fact]
    public void The_parts_of_an_amount_convert_to_the_parts_of_its_conversion() => Property.Holds<int, int>((one, other) =>
    {
        var rule = new FxRule(FxBasis.Fixed, new Dictionary<Currency, decimal> { [Eur] = 1.0823456789m });
        Assert.Equal(Converted(one) + Converted(other), Converted((long)one + other));
        decimal Converted(long tenThousandths) =>
            rule.TryConvert(new Money(tenThousandths / 10_000m, Eur), Currency.Usd, Day("2025-03-16"), March, Rates, out var c, out _) ? c!.Converted.Amount : throw new InvalidOperationException();
    });

    private static FxRates Create(params (string Day, decimal Rate)[] rates) =>
        FxRates.TryCreate(rates.Select(r => new FxRate(Eur, Currency.Usd, Day(r.Day), r.Rate)), out var created, out _)
            ? created
            : throw new ArgumentException("The test's rates are refused.");

    private static FsCheck.Gen<(FxRate[] Rates, DateOnly Day)> AnyRates =>
        from days in Gen.Choose(0, 150).ListOf()
        from rates in Gen.Choose(1, 1_000_000_000).ListOf(200)
        from day in Gen.Choose(0, 160)
        select (
            days.Distinct().Take(200).Select((d, i) => new FxRate(Eur, Currency.Usd, Day("2025-01-01").AddDays(d), rates[i] / 10_000_000m)).ToArray(),
            Day("2025-01-01").AddDays(day));
}
