using Spm.Compensation.Periods;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Periods;

public class FiscalCalendarTests
{
    [Theory]
    [InlineData("4-4-5", 52, 12, "2025-03-02", 35)]
    [InlineData("4-5-4", 53, 12, "2025-03-02", 28)]
    [InlineData("5-4-4", 52, 12, "2025-03-09", 28)]
    [InlineData("four_weeks", 52, 13, "2025-03-02", 28)]
    [InlineData("two_weeks", 53, 26, "2025-02-16", 14)]
    [InlineData("weeks", 53, 53, "2025-02-09", 7)]
    public void Weeks_fill_the_year_and_thirteen_make_a_quarter(string pattern, int weeks, int periods, string second, int daysOfThird)
    {
        var year = FiscalYearPattern.Weeks("2025", Given.Day("2025-02-02"), pattern, weeks);
        Assert.Equal((periods, 7 * weeks), (year.Months.Count, year.Period.To.DayNumber - year.Period.From.DayNumber));
        Assert.Equal((Given.Day(second), daysOfThird), (year.Months[1].Period.From, year.Months[2].Period.To.DayNumber - year.Months[2].Period.From.DayNumber));
        Assert.Equal([1, 2, 3, 4], year.Months.Select(m => int.Parse(m.Quarter.Id[^1..], System.Globalization.CultureInfo.InvariantCulture)).Distinct());
        Assert.All(year.Months.Zip(year.Months.Skip(1)), pair => Assert.Equal(pair.First.Period.To, pair.Second.Period.From));
        Assert.All(year.Months.Where(m => periods != 13 && periods != 26 && m.Quarter.Id != "2025-Q4"), m => Assert.Equal(91, m.Quarter.To.DayNumber - m.Quarter.From.DayNumber));
    }

    [Theory]
    [InlineData("4-4-6", 52)]
    [InlineData("weeks", 54)]
    public void A_year_of_other_weeks_is_none(string pattern, int weeks) => Assert.Throws<ArgumentException>(() => FiscalYearPattern.Weeks("2025", Given.Day("2025-02-02"), pattern, weeks));

    /// <summary>A 4-4-5 year of 52 weeks from Monday 30 December 2024.</summary>
    private static readonly FiscalYear Weeks = FiscalYearPattern.FromMonths("FY25", WeekMonths(Day("2024-12-30")), Day("2024-12-30").AddDays(364));

    [Fact]
    public void A_gregorian_year_has_twelve_months_and_four_quarters()
    {
        Assert.Equal(12, Year.Months.Count);
        Assert.Equal(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"], Year.Months.Select(m => m.Quarter.Id).Distinct());
        Assert.Equal((Day("2025-02-01"), Day("2025-03-01")), (Year.Months[1].Period.From, Year.Months[1].Period.To));
        Assert.Equal(Day("2026-01-01"), Year.Period.To);
    }

    [Fact]
    public void A_fiscal_year_may_start_inside_a_calendar_month()
    {
        var year = FiscalYearPattern.Gregorian("2025", Day("2025-01-28"));
        Assert.Equal(Day("2025-02-28"), year.Months[1].Period.From);
        Assert.Equal(Day("2026-01-28"), year.Period.To);
        Assert.Throws<ArgumentOutOfRangeException>(() => FiscalYearPattern.Gregorian("2025", Day("2025-01-29")));
    }

    [Fact]
    public void Months_of_weeks_keep_their_dates_and_quarters()
    {
        Assert.Equal([28, 28, 35], Weeks.Months.Take(3).Select(m => m.Period.To.DayNumber - m.Period.From.DayNumber));
        Assert.Equal(91, Weeks.Months[0].Quarter.To.DayNumber - Weeks.Months[0].Quarter.From.DayNumber);
        Assert.Equal("FY25-Q2", Weeks.Months[3].Quarter.Id);
        Assert.Equal(Weeks.Period.To, Weeks.Months[^1].Period.To);
    }

    [Fact]
    public void A_day_on_a_boundary_belongs_to_the_month_that_begins()
    {
        var calendar = new FiscalCalendar([Weeks]);
        Assert.Equal("FY25-02", calendar.MonthOf(Day("2025-01-27"))!.Id);
        Assert.Equal("FY25-01", calendar.MonthOf(Day("2025-01-26"))!.Id);
        Assert.Equal("FY25-01", calendar.MonthOf(Day("2024-12-30"))!.Id);
        Assert.Null(calendar.MonthOf(Day("2024-12-29")));
        Assert.Null(calendar.MonthOf(Weeks.Period.To));
    }

    [Fact]
    public void Every_day_of_a_year_lies_in_exactly_one_month() => Property.Holds<int>(offset =>
    {
        var day = Weeks.Period.From.AddDays(offset);
        var holding = Weeks.Months.Where(m => m.Period.Contains(day)).ToArray();
        Assert.Equal(Weeks.Period.Contains(day) ? 1 : 0, holding.Length);
        Assert.Equal(holding.SingleOrDefault(), new FiscalCalendar([Weeks]).MonthOf(day));
    });

    [Fact]
    public void Years_may_leave_a_gap_and_may_not_overlap()
    {
        var later = FiscalYearPattern.Gregorian("2027", Day("2027-01-01"));
        var calendar = new FiscalCalendar([later, Year]);
        Assert.Equal(["2025", "2027"], calendar.Years.Select(y => y.Id));
        Assert.Null(calendar.MonthOf(Day("2026-06-01")));
        Assert.Throws<ArgumentException>(() => new FiscalCalendar([Year, Weeks]));
    }

    [Fact]
    public void Periods_are_found_by_id_and_months_by_number()
    {
        var calendar = new FiscalCalendar([Year]);
        Assert.Equal(PeriodKind.Quarter, calendar.Find("2025-Q3")!.Kind);
        Assert.Null(calendar.Find("2025-13"));
        Assert.Equal("2025-05", calendar.MonthByNo(Month(5))!.Id);
        Assert.Equal(["2025-04", "2025-05", "2025-06"], calendar.MonthsIn(calendar.Find("2025-Q2")!).Select(m => m.Id));
        Assert.Equal(19, calendar.Periods.Count());
        Assert.Same(Year, calendar.YearById("2025"));
    }

    [Fact]
    public void A_period_is_numbered_by_its_first_day_also_when_it_is_copied_with_another()
    {
        var moved = Year.Months[0].Period with { From = Day("2025-01-02") };
        Assert.Equal(Day("2025-01-02").DayNumber, moved.No);
    }

    [Fact]
    public void Broken_patterns_are_refused()
    {
        var start = Day("2025-01-01");
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [], start));
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [(start, 1)], start));
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [(start, 2), (start.AddDays(28), 1)], start.AddDays(56)));
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [(start, 0)], start.AddDays(28)));
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [(start, 1), (start, 1)], start.AddDays(28)));
        Assert.Throws<ArgumentException>(() => FiscalYearPattern.FromMonths("x", [.. Enumerable.Range(0, 15).Select(i => (start.AddDays(i), 1))], start.AddDays(15)));
    }

    private static (DateOnly From, int Quarter)[] WeekMonths(DateOnly start)
    {
        int[] startWeeks = [0, 4, 8];
        return [.. Enumerable.Range(0, 12).Select(i => (start.AddDays(7 * (13 * (i / 3) + startWeeks[i % 3])), i / 3 + 1))];
    }
}
