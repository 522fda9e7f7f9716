using Spm.Compensation.Periods;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Periods;

public class DateRangeTests
{
    [Fact]
    public void From_is_included_and_to_is_not()
    {
        var march = From("2025-03-01", "2025-04-01");
        Assert.False(march.Contains(Day("2025-02-28")));
        Assert.True(march.Contains(Day("2025-03-01")));
        Assert.True(march.Contains(Day("2025-03-31")));
        Assert.False(march.Contains(Day("2025-04-01")));
    }

    [Fact]
    public void Without_an_end_a_range_goes_on()
    {
        Assert.True(From("2025-03-01").Contains(DateOnly.MaxValue));
        Assert.True(DateRange.Always.Contains(DateOnly.MinValue));
    }

    [Fact]
    public void An_open_beginning_or_end_is_not_written()
    {
        Assert.Equal("always", DateRange.Always.ToString());
        Assert.Equal("..2025-07-01", new DateRange(DateOnly.MinValue, new DateOnly(2025, 7, 1)).ToString());
        Assert.Equal("2025-01-01..", new DateRange(new DateOnly(2025, 1, 1), null).ToString());
        Assert.Equal("2025-01-01..2025-07-01", new DateRange(new DateOnly(2025, 1, 1), new DateOnly(2025, 7, 1)).ToString());
    }

    [Theory]
    [InlineData("2025-03-01", "2025-03-01")]
    [InlineData("2025-03-01", "2025-02-28")]
    public void An_empty_or_backward_range_cannot_be_constructed(string from, string to) =>
        Assert.Throws<ArgumentException>(() => From(from, to));

    [Fact]
    public void Ranges_that_follow_each_other_share_no_day()
    {
        Assert.False(From("2025-03-01", "2025-04-01").Overlaps(From("2025-04-01")));
        Assert.False(From("2025-04-01").Overlaps(From("2025-03-01", "2025-04-01")));
        Assert.True(From("2025-03-01", "2025-04-02").Overlaps(From("2025-04-01")));
        Assert.True(DateRange.Always.Overlaps(From("2025-03-01", "2025-03-02")));
    }

    [Fact]
    public void Two_ranges_overlap_exactly_when_some_day_lies_in_both() => Property.Holds<int[]>(days =>
    {
        if (days.Length < 4)
        {
            return;
        }
        var one = Between(days[0], days[1]);
        var other = Between(days[2], days[3]);
        var shared = Enumerable.Range(-120, 360).Any(d => one.Contains(Year.Period.From.AddDays(d)) && other.Contains(Year.Period.From.AddDays(d)));
        Assert.Equal(shared, one.Overlaps(other));
    });

    [Fact]
    public void A_timeline_holds_one_value_a_day_and_nothing_between_them()
    {
        var managers = Dated((From("2025-06-01"), 2), (From("2025-01-01", "2025-05-01"), 1));
        Assert.True(managers.TryAt(Day("2025-04-30"), out var before) && before == 1);
        Assert.False(managers.TryAt(Day("2025-05-01"), out _));
        Assert.False(managers.TryAt(Day("2024-12-31"), out _));
        Assert.True(managers.TryAt(Day("2025-06-01"), out var after) && after == 2);
        Assert.Equal([1, 2], managers.Entries.Select(e => e.Value));
    }

    [Fact]
    public void A_timeline_with_two_values_on_a_day_names_the_pair()
    {
        Dated<int>[] entries = [new(From("2025-06-01"), 2), new(From("2025-01-01", "2025-06-02"), 1)];
        Assert.False(Timeline<int>.TryCreate(entries, out var timeline, out var overlap));
        Assert.Empty(timeline.Entries);
        Assert.Equal((1, 2), (overlap.First.Value, overlap.Second.Value));
    }

    private static DateRange Between(int one, int other)
    {
        var (from, to) = (Math.Min(one % 100, other % 100), Math.Max(one % 100, other % 100) + 1);
        return new DateRange(Year.Period.From.AddDays(from), one % 7 == 0 ? null : Year.Period.From.AddDays(to));
    }
}
