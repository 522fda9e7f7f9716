using FsCheck.Fluent;
using Spm.Compensation.Kickers;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Tests.Quotas;

namespace Spm.Compensation.Tests.Kickers;

public class KickerTests
{
    private static readonly Kicker AtQuota = new(100m, null, 5_000m, PeriodKind.Quarter);

    [Fact]
    public void The_amount_is_earned_once_when_the_milestone_is_reached() =>
        Assert.Equal([0m, 5_000m, 5_000m], ToDate(AtQuota, (60, 100), (100, 100), (250, 100)));

    [Fact]
    public void A_refund_below_the_milestone_takes_it_back_and_reaching_it_again_earns_it_again() =>
        Assert.Equal([5_000m, 0m, 5_000m], ToDate(AtQuota, (100, 100), (99.99m, 100), (101, 100)));

    [Fact]
    public void A_kicker_that_is_kept_is_not_taken_back() =>
        Assert.Equal([0m, 5_000m, 5_000m], ToDate(AtQuota with { Keep = true }, (99, 100), (100, 100), (0, 100)));

    [Fact]
    public void Against_a_quota_that_is_not_known_nothing_is_known()
    {
        Assert.Equal([null, 5_000m, null], ToDate(AtQuota, (100, null), (100, 100), (100, 0)));
        Assert.Equal([null, null, 5_000m, 5_000m], ToDate(AtQuota with { Keep = true }, (100, null), (0, 100), (100, 100), (100, null)));
    }

    [Fact]
    public void A_milestone_in_an_amount_needs_no_quota()
    {
        var kicker = new Kicker(null, 1_000_000m, 500m, PeriodKind.Year);
        Assert.Equal([0m, 500m], ToDate(kicker, (999_999.99m, null), (1_000_000m, null)));
        Assert.Equal(0m, kicker.Earned());
    }

    [Fact]
    public void The_milestone_of_a_prorated_quota_is_met_exactly()
    {
        // 31 % of 10,000 × 17/31 is 1,700 to the last digit.
        var kicker = new Kicker(31m, null, 5_000m, PeriodKind.Quarter);
        Assert.True(kicker.IsReached(new KickerStanding(1_700m, new Fraction(170_000, 31))));
        Assert.False(kicker.IsReached(new KickerStanding(1_699.9999m, new Fraction(170_000, 31))));
    }

    [Fact]
    public void More_credited_never_earns_less_and_nothing_but_the_amount_is_earned() => Property.Holds(AnyMonths, months =>
    {
        foreach (var kicker in new[] { AtQuota, AtQuota with { Keep = true } })
        {
            KickerStanding[] less = [.. months.Select(m => new KickerStanding(m.Credited, 100m))];
            KickerStanding[] more = [.. months.Select(m => new KickerStanding(m.Credited + m.More, 100m))];
            Assert.True(kicker.Earned(less) is 0m or 5_000m);
            Assert.True(kicker.Earned(less) <= kicker.Earned(more));
            Assert.True((kicker with { Keep = false }).Earned(less) <= (kicker with { Keep = true }).Earned(less));
        }
    });

    [Fact]
    public void The_rule_is_read_and_agrees_with_its_schema()
    {
        const string Text = """{"at": 100, "amount": 5000, "once": "quarter", "keep": true}""";
        Assert.Equal(AtQuota with { Keep = true }, Documented.Read(Text, Kicker.Read));
        Documented.Agrees(Kicker.Schema, Kicker.Read, Text, """{"at_amount": 1, "amount": 5000, "once": "year"}""");
    }

    [Theory]
    [InlineData("""{"amount": 1, "once": "month"}""", "kicker_milestone_missing")]
    [InlineData("""{"at": 1, "at_amount": 1, "amount": 1, "once": "month"}""", "kicker_milestone_twice")]
    [InlineData("""{"at": 0, "amount": 1, "once": "month"}""", "number_out_of_range")]
    [InlineData("""{"at": 1, "amount": -1, "once": "month"}""", "number_out_of_range")]
    [InlineData("""{"at": 1, "amount": 1}""", "field_missing")]
    [InlineData("""{"at": 1, "once": "month"}""", "field_missing")]
    public void A_kicker_that_is_none_is_refused(string text, string code) => Assert.Equal([code], Documented.Errors(text, Kicker.Read));

    [Fact]
    public void A_kicker_that_is_none_cannot_be_constructed()
    {
        Assert.Throws<ArgumentException>(() => new Kicker(null, null, 1m, PeriodKind.Year));
        Assert.Throws<ArgumentException>(() => new Kicker(1m, 1m, 1m, PeriodKind.Year));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Kicker(null, 0m, 1m, PeriodKind.Year));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Kicker(1m, null, 0m, PeriodKind.Year));
    }

    /// <summary>What is earned to date after each month.</summary>
    private static IEnumerable<decimal?> ToDate(Kicker kicker, params (decimal Credited, int? Quota)[] months)
    {
        KickerStanding[] standings = [.. months.Select(m => new KickerStanding(m.Credited, m.Quota is { } quota ? (Fraction)quota : null))];
        return Enumerable.Range(1, standings.Length).Select(n => kicker.Earned(standings.AsSpan(0, n)));
    }

    private static FsCheck.Gen<(int Credited, int More)[]> AnyMonths =>
        Gen.ArrayOf(from credited in Gen.Choose(-50, 200) from more in Gen.Choose(0, 60) select (credited, more), 4);
}
