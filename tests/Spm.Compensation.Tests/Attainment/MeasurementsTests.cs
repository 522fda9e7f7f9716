using Spm.Compensation.Attainment;

namespace Spm.Compensation.Tests.Attainment;

public class MeasurementsTests
{
    [Fact]
    public void What_was_never_added_measures_nothing() => Assert.True(new Measurements()[1, 1].IsEmpty);

    [Fact]
    public void Measurements_are_the_sums_of_their_changes_in_order_of_month_and_measure() => Property.Holds<int[]>(changes =>
    {
        var measurements = new Measurements();
        var expected = new SortedDictionary<(int Month, int Measure), long>();
        foreach (var change in changes)
        {
            var (measure, month) = (Math.Abs(change % 3), Math.Abs(change % 7));
            measurements.Add(measure, month, new Measurement(change, 0, 0, 1, 0, 0));
            expected[(month, measure)] = expected.GetValueOrDefault((month, measure)) + change;
        }
        Assert.Equal(expected.Count, measurements.Count);
        Assert.Equal(expected.Select(e => (e.Key.Measure, e.Key.Month, e.Value)), measurements.All().Select(m => (m.Measure, m.Month, m.Value.Direct)));
        Assert.All(expected, e => Assert.Equal(e.Value, measurements[e.Key.Measure, e.Key.Month].Direct));
    });

    [Fact]
    public void A_sum_that_does_not_fit_throws_instead_of_wrapping()
    {
        var measurements = new Measurements();
        measurements.Add(1, 1, new Measurement(long.MaxValue, 0, 0, 1, 0, 0));
        Assert.Throws<OverflowException>(() => measurements.Add(1, 1, new Measurement(1, 0, 0, 1, 0, 0)));
    }
}
