using FsCheck.Fluent;
using Spm.Compensation.Guarantees;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Guarantees;

public class GuaranteePayTests
{
    private static readonly FiscalYear Year = Given.Year;

    private static FiscalPeriod Quarter(int number) => Year.Months[(number - 1) * 3].Quarter;

    [Fact]
    public void A_span_of_another_kind_or_a_part_beyond_the_whole_is_a_mistake()
    {
        var rule = new GuaranteeRule(1m, PeriodKind.Month);
        Assert.Throws<ArgumentException>(() => rule.Pay([new(Quarter(1), 1m)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.Pay([new(Year.Months[0].Period, 1m, 1.1m)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GuaranteeRule(0m, PeriodKind.Month));
    }

    [Theory]
    [InlineData("""{ "amount": 0, "per": "month" }""", "guarantee_out_of_range")]
    [InlineData("""{ "amount": 1, "per": "month", "from": "2025-02-01", "to": "2025-02-01" }""", "range_is_empty")]
    [InlineData("""{ "amount": 1, "per": "week" }""", "value_unknown")]
    [InlineData("""{ "amount": 1, "per": "month", "until": "2025-02-01" }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(GuaranteeRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(GuaranteeRule.Read, GuaranteeRule.Schema);

    [Fact]
    public void Nobody_is_paid_below_the_guarantee_nor_more_than_the_larger_of_both_in_any_order() => Property.Holds(AnyCase, c =>
    {
        var rule = new GuaranteeRule(c.Amount, PeriodKind.Month, new DateRange(Year.Months[2].Period.From, Year.Months[9].Period.From));
        GuaranteeSpan[] spans = [.. c.Earned.Select((e, i) => new GuaranteeSpan(Year.Months[i].Period, e, c.Parts[i]))];
        var paid = rule.Pay(spans);
        Assert.Equal(paid, rule.Pay(spans.Reverse()));
        Assert.All(paid, p => Assert.Equal(Math.Max(p.Earned, p.Guaranteed ?? p.Earned), p.Paid));
        Assert.All(paid, p => Assert.Equal(p.Guaranteed is not null, rule.Dates.Contains(p.Span.From)));
    });

    private static FsCheck.Gen<(decimal Amount, decimal[] Earned, decimal[] Parts)> AnyCase =>
        from amount in Gen.Choose(1, 1_000_000)
        from earned in Gen.Choose(-1_000_000, 2_000_000).ListOf(12)
        from parts in Gen.Choose(0, 365).ListOf(12)
        select (amount / 100m, earned.Select(e => e / 1000m).ToArray(), parts.Select(p => p / 365m).ToArray());
}
