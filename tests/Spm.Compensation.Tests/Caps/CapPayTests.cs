using FsCheck.Fluent;
using Spm.Compensation.Caps;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;

namespace Spm.Compensation.Tests.Caps;

public class CapPayTests
{
    private static readonly IReadOnlyList<FiscalMonth> Months = Given.Year.Months;

    [Fact]
    public void A_deal_is_capped_over_all_its_lines()
    {
        var rule = RuleText.Read(CapRule.Read, """{ "amount": 500, "per": "deal" }""");
        var capped = rule.Pay(
        [
            new DealLine("d1", Given.Day("2025-03-01"), "refund", -750m),
            new DealLine("d1", Given.Day("2025-02-01"), "order", 1000m),
            new DealLine("d2", Given.Day("2025-02-01"), "order", 400m),
        ]);
        Assert.Equal([500m, -250m, 400m], capped.Select(c => c.Step.Paid));
        Assert.Equal([500m, 0m, 0m], capped.Select(c => c.Step.CutToDate));
    }

    [Fact]
    public void Months_are_not_deals_and_a_month_counts_once()
    {
        Assert.Throws<InvalidOperationException>(() => new CapRule(1m, CapSpan.Deal).Pay(Earned(1m)));
        Assert.Throws<InvalidOperationException>(() => new CapRule(1m, CapSpan.Month).Pay(Array.Empty<DealLine>()));
        Assert.Throws<ArgumentException>(() => new CapRule(1m, CapSpan.Month).Pay([.. Earned(1m), .. Earned(2m)]));
    }

    [Theory]
    [InlineData("""{ "amount": 0, "per": "month" }""", "cap_out_of_range")]
    [InlineData("""{ "amount": 1, "per": "week" }""", "value_unknown")]
    [InlineData("""{ "per": "week" }""", "field_missing", "value_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, params string[] codes) => Assert.Equal(codes, RuleText.Refusals(CapRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(CapRule.Read, CapRule.Schema);

    [Fact]
    public void A_span_is_paid_the_smaller_of_its_sum_and_its_cap_and_never_more_on_the_way() => Property.Holds(AnyCase, c =>
    {
        var capped = c.Rule.Pay(Earned(c.Earned));
        Assert.Equal(capped, c.Rule.Pay(Earned(c.Earned).Reverse()));
        foreach (var span in capped.GroupBy(m => m.Span.Id))
        {
            Assert.Equal(Math.Min(span.Sum(m => m.Step.Earned), c.Rule.Amount.Written), span.Sum(m => m.Step.Paid));
            Assert.All(span, m => Assert.True(m.Step.PaidToDate <= c.Rule.Amount.Written));
            Assert.All(span, m => Assert.True(m.Step.CutToDate >= 0m));
        }
        Assert.All(capped, m => Assert.Equal(m.Step.Earned, m.Step.Paid + m.Step.Cut));
        Assert.All(capped.Where(m => m.Step.Earned >= 0m), m => Assert.InRange(m.Step.Paid, decimal.MinValue, m.Step.Earned));
        // Nothing earned to the good is ever taken back by the cap itself.
        Assert.All(capped.Where(m => m.Step.Earned >= 0m), m => Assert.True(m.Step.Paid >= 0m));
    }, 500);

    [Fact]
    public void A_deal_is_paid_the_smaller_of_its_sum_and_its_cap_in_any_order() => Property.Holds(AnyCase, c =>
    {
        var rule = new CapRule(c.Rule.Amount, CapSpan.Deal);
        DealLine[] lines = [.. c.Earned.Select((e, i) => new DealLine($"d{i % 3}", Given.Day("2025-01-01").AddDays(i % 4), $"t{i}", e))];
        var capped = rule.Pay(lines);
        Assert.Equal(capped, rule.Pay(lines.Reverse()));
        Assert.All(capped.GroupBy(l => l.Line.Deal), d => Assert.Equal(Math.Min(d.Sum(l => l.Step.Earned), rule.Amount.Written), d.Sum(l => l.Step.Paid)));
    });

    private static IEnumerable<CapMonth> Earned(params decimal[] earned) => earned.Select((e, i) => new CapMonth(Months[i], e));

    private static FsCheck.Gen<(CapRule Rule, decimal[] Earned)> AnyCase =>
        from amount in Gen.Choose(1, 2_000_000)
        from per in Gen.Elements(CapSpan.Month, CapSpan.Quarter, CapSpan.Year)
        from least in Gen.Elements(-500_000, 0)
        from earned in Gen.Choose(least, 1_000_000).ListOf(12)
        select (new CapRule(amount / 1000m, per), earned.Select(e => e / 1000m).ToArray());
}
