using FsCheck.Fluent;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Ramps;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas.Ramps;

public class RampRuleTests
{
    private static readonly FiscalCalendar Calendar = new([Year]);
    private static readonly RampStep[] HalfThenThreeQuarters = [new(3, 50m), new(6, 75m)];

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 50)]
    [InlineData(3, 50)]
    [InlineData(4, 75)]
    [InlineData(6, 75)]
    [InlineData(7, 100)]
    public void A_step_covers_the_months_up_to_and_with_its_last(int month, int percent) => Assert.Equal(percent, new RampRule(HalfThenThreeQuarters).PercentOf(month));

    [Fact]
    public void Month_1_is_the_first_active_month_or_the_first_full_one()
    {
        Assert.Equal([0, 0, 1, 2, 3], Served(new RampRule(HalfThenThreeQuarters), "2025-03-15").Take(5));
        Assert.Equal([0, 0, 0, 1, 2], Served(new RampRule(HalfThenThreeQuarters, RampStart.FirstFullMonth), "2025-03-15").Take(5));
        Assert.Equal([0, 0, 1, 2, 3], Served(new RampRule(HalfThenThreeQuarters, RampStart.FirstFullMonth), "2025-03-01").Take(5));
    }

    [Theory]
    [InlineData("2024-12-01", 2, 2)]
    [InlineData("2024-12-15", 2, 1)]
    [InlineData("2024-11-30", 3, 2)]
    public void Months_before_the_calendar_are_counted_too(string since, int active, int full)
    {
        Assert.Equal(active, Served(new RampRule(HalfThenThreeQuarters), since).First());
        Assert.Equal(full, Served(new RampRule(HalfThenThreeQuarters, RampStart.FirstFullMonth), since).First());
    }

    [Fact]
    public void Each_month_serves_one_more_whether_the_calendar_reaches_back_or_not() => Property.Holds(AnyStart, c =>
    {
        var (since, rule, yearStart) = c;
        FiscalYear[] years = [.. Enumerable.Range(0, 3).Select(i => FiscalYearPattern.Gregorian($"{2023 + i}", yearStart.AddYears(i)))];
        var served = years[^1].Months.Select(m => rule.ServiceMonth(m, since, new FiscalCalendar(years))).ToArray();
        Assert.Equal(Enumerable.Range(served[0], 12), served);
        Assert.Equal(served, years[^1].Months.Select(m => rule.ServiceMonth(m, since, new FiscalCalendar([years[^1]]))));
    });

    [Fact]
    public void The_rule_is_read_and_agrees_with_its_schema()
    {
        const string Text = """{"steps": [{"to_month": 3, "percent": 50}, {"to_month": 6, "percent": 75}], "counts_from": "first_full_month"}""";
        var rule = Documented.Read(Text, RampRule.Read);
        Assert.Equal(HalfThenThreeQuarters, rule.Steps);
        Assert.Equal(RampStart.FirstFullMonth, rule.CountsFrom);
        Documented.Agrees(RampRule.Schema, RampRule.Read, Text);
    }

    [Theory]
    [InlineData("""{}""", "field_missing")]
    [InlineData("""{"steps": []}""", "ramp_steps_count")]
    [InlineData("""{"steps": [{"to_month": 3, "percent": 50}, {"to_month": 3, "percent": 60}]}""", "ramp_steps_out_of_order")]
    [InlineData("""{"steps": [{"to_month": 3, "percent": 101}]}""", "percent_out_of_range")]
    [InlineData("""{"steps": [{"to_month": 0, "percent": 50}]}""", "number_out_of_range")]
    [InlineData("""{"steps": [{"percent": 50}]}""", "field_missing")]
    public void A_ramp_that_is_none_is_refused(string text, params string[] codes) => Assert.Equal(codes, Documented.Errors(text, RampRule.Read));

    [Fact]
    public void A_broken_ramp_cannot_be_constructed() => Assert.Throws<ArgumentException>(() => new RampRule([new(3, 50m), new(2, 60m)]));

    private static IEnumerable<int> Served(RampRule rule, string since) => Year.Months.Select(m => rule.ServiceMonth(m, Day(since), Calendar));

    private static FsCheck.Gen<(DateOnly Since, RampRule Rule, DateOnly YearStart)> AnyStart =>
        from day in Gen.Choose(0, 700)
        from start in Gen.Elements(Enum.GetValues<RampStart>())
        from month in Gen.Choose(1, 12)
        from first in Gen.Choose(1, 28)
        let yearStart = new DateOnly(2023, month, first)
        select (yearStart.AddDays(day), new RampRule(HalfThenThreeQuarters, start), yearStart);
}
