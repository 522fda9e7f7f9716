using FsCheck.Fluent;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;

namespace Spm.Compensation.Tests.RateTables;

/// <summary>Target incentive × value × rate may have more digits than a decimal: what is divided must not have been rounded before.</summary>
public class QuotientTests
{
    [Fact]
    public void A_product_beyond_28_digits_is_divided_exactly()
    {
        // 11 + 16 + 9 digits over the same quota: the value is the quota, so the earning is target incentive × rate to the last digit.
        var table = new StepTable([new(0, null, 1.23456789m)], yields: RateYield.TargetMultiplier);
        var quota = 123_456_789_012.3457m;
        Assert.Equal(123_456_789.01m * 1.23456789m, table.Earn(new Stretch(0m, quota, quota, 123_456_789.01m)));
        Assert.Equal(-123_456_789.01m * 1.23456789m, table.Earn(new Stretch(quota, 0m, quota, 123_456_789.01m)));
    }

    [Fact]
    public void Half_a_cent_stays_half_a_cent() => Property.Holds(
        from cents in Gen.Choose(1, int.MaxValue)
        from quota in Gen.Choose(1, int.MaxValue)
        select (Target: cents + 0.5m, Quota: quota * 1_000_003m + 0.0001m),
        c =>
        {
            var table = new StepTable([new(0, null, 0.01m)], yields: RateYield.TargetMultiplier);
            Assert.Equal(c.Target / 100m, table.Earn(new Stretch(0m, c.Quota, c.Quota, c.Target)));
        });
}
