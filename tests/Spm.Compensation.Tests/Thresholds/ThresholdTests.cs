using FsCheck.Fluent;
using Spm.Compensation.Quotas;
using Spm.Compensation.Tests.Quotas;
using Spm.Compensation.Thresholds;

namespace Spm.Compensation.Tests.Thresholds;

public class ThresholdTests
{
    private static readonly Threshold FromFirst = new(50m);
    private static readonly Threshold ExcessOnly = new(50m, ThresholdThen.ExcessOnly);

    [Fact]
    public void Below_the_threshold_nothing_is_paid_and_on_it_something_is()
    {
        Assert.Null(FromFirst.PaidFrom(499.99m, 1_000m));
        Assert.Equal(Fraction.Zero, FromFirst.Counted(499.99m, 1_000m));
        Assert.Null(FromFirst.PaidFrom(-100m, 1_000m));
        Assert.Equal((Fraction.Zero, 500m), (FromFirst.PaidFrom(500m, 1_000m), FromFirst.Counted(500m, 1_000m)));
        Assert.Equal((500m, Fraction.Zero), (ExcessOnly.PaidFrom(500m, 1_000m), ExcessOnly.Counted(500m, 1_000m)));
        Assert.Equal(200m, ExcessOnly.Counted(700m, 1_000m));
    }

    [Fact]
    public void The_threshold_of_a_prorated_quota_is_met_exactly() =>
        Assert.True(new Threshold(31m).IsReached(1_700m, new Fraction(170_000, 31)));

    [Fact]
    public void Nothing_stands_against_a_quota_that_is_not_above_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FromFirst.PaidFrom(1m, Fraction.Zero));

    [Fact]
    public void A_threshold_of_nothing_cannot_be_constructed() => Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(0m));

    [Fact]
    public void More_credited_never_counts_less_and_everything_scales() => Property.Holds(AnyCase, c =>
    {
        foreach (var threshold in new[] { new Threshold(c.At), new Threshold(c.At, ThresholdThen.ExcessOnly) })
        {
            var counted = threshold.Counted(c.Credited, c.Quota);
            Assert.True(counted <= threshold.Counted(c.Credited + c.More, c.Quota));
            Assert.True(counted >= Fraction.Zero && counted <= Math.Max(0m, c.Credited));
            Assert.Equal(counted * 3m, threshold.Counted(c.Credited * 3m, c.Quota * 3m));
        }
        Assert.True(new Threshold(c.At, ThresholdThen.ExcessOnly).Counted(c.Credited, c.Quota) <= new Threshold(c.At).Counted(c.Credited, c.Quota));
    });

    [Fact]
    public void The_rule_is_read_and_agrees_with_its_schema()
    {
        const string Text = """{"at": 50, "then": "excess_only"}""";
        Assert.Equal(ExcessOnly, Documented.Read(Text, Threshold.Read));
        Assert.Equal(FromFirst, Documented.Read("""{"at": 50}""", Threshold.Read));
        Documented.Agrees(Threshold.Schema, Threshold.Read, Text);
    }

    [Theory]
    [InlineData("""{}""", "field_missing")]
    [InlineData("""{"at": 0}""", "percent_out_of_range")]
    [InlineData("""{"at": 50, "then": "all"}""", "value_unknown")]
    public void A_threshold_that_is_none_is_refused(string text, string code) => Assert.Equal([code], Documented.Errors(text, Threshold.Read));

    private static FsCheck.Gen<(decimal At, decimal Credited, decimal More, decimal Quota)> AnyCase =>
        from at in Gen.Choose(1, 20_000)
        from credited in Gen.Choose(-100_000, 1_000_000)
        from more in Gen.Choose(0, 500_000)
        from quota in Gen.Choose(1, 1_000_000)
        select (at / 100m, credited / 100m, more / 100m, quota / 100m);
}
