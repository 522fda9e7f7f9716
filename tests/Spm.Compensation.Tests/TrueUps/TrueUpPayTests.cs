using FsCheck.Fluent;
using Spm.Compensation.Periods;
using Spm.Compensation.Tests.Exactness;
using Spm.Compensation.TrueUps;

namespace Spm.Compensation.Tests.TrueUps;

public class TrueUpPayTests
{
    [Fact]
    public void What_was_paid_too_much_is_not_held_back() =>
        Assert.Equal([500m, -600m], new TrueUpRule(PeriodKind.Year, 50m).Pay(Due(1000m, -100m)).Select(p => p.Paid));

    [Fact]
    public void A_month_counts_once() => Assert.Throws<ArgumentException>(() => new TrueUpRule(PeriodKind.Year).Pay([.. Due(1m), .. Due(2m)]));

    [Theory]
    [InlineData("""{ "per": "quarter", "hold_back_percent": 101 }""", "hold_back_out_of_range")]
    [InlineData("""{ "hold_back_percent": 10 }""", "field_missing")]
    [InlineData("""{ "per": "year", "holdback_percent": 10 }""", "field_unknown")]
    public void A_broken_rule_is_refused_by_name(string json, string code) => Assert.Equal([code], RuleText.Refusals(TrueUpRule.Read, json));

    [Fact]
    public void The_schema_names_what_is_read() => RuleText.AgreesWithSchema(TrueUpRule.Read, TrueUpRule.Schema);

    [Fact]
    public void The_months_of_a_span_sum_to_what_is_due_at_its_end() => Property.Holds(AnyCase, c =>
    {
        var paid = c.Rule.Pay(Due(c.Due));
        Assert.Equal(paid, c.Rule.Pay(Due(c.Due).Reverse()));
        Assert.All(paid.GroupBy(p => p.Span.Id), span => Assert.Equal(span.Last().DueToDate, span.Sum(p => p.Paid)));
        Assert.All(paid, p => Assert.Equal(p.DueToDate, p.PaidBefore + p.Paid + p.HeldBack));
        Assert.All(paid, p => Assert.InRange(p.HeldBack, 0m, Math.Max(0m, p.DueToDate)));
    });

    private static IEnumerable<TrueUpMonth> Due(params decimal[] due) => due.Select((d, i) => new TrueUpMonth(Given.Year.Months[i], d));

    private static FsCheck.Gen<(TrueUpRule Rule, decimal[] Due)> AnyCase =>
        from kind in Gen.Elements(PeriodKind.Month, PeriodKind.Quarter, PeriodKind.Year)
        from percent in Gen.Choose(0, 10_000)
        from due in Gen.Choose(-500_000, 1_000_000).ListOf(12)
        select (new TrueUpRule(kind, percent / 100m), due.Select(d => d / 1000m).ToArray());
}
