using FsCheck.Fluent;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Proration;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas.Proration;

public class ProrationRuleTests
{
    private static readonly FiscalPeriod January = Year.Months[0].Period;
    private static readonly DaySet FromMidJanuary = DaySet.Of(From("2025-01-15"));

    [Fact]
    public void Who_starts_on_January_15_answers_for_17_of_31_days()
    {
        var part = new ProrationRule(ProrationBasis.CalendarDays).Of(January, FromMidJanuary, Year);
        Assert.Equal(new ActivePart(17, 31), part);
        Assert.Equal(5483.87m, decimal.Round(part.Of(10_000m).ToDecimal(), 2));
        Assert.Equal(109.41m, decimal.Round((6_000m * 100m / part.Of(10_000m)).ToDecimal(), 2));
        Assert.Equal(2741.94m, decimal.Round(part.Of(5_000m).ToDecimal(), 2));
        Assert.Equal(2193.55m, decimal.Round(part.Of(4_000m).ToDecimal(), 2));
    }

    [Fact]
    public void Working_days_leave_out_weekends_and_holidays()
    {
        Assert.Equal(new ActivePart(13, 23), new ProrationRule(ProrationBasis.WorkingDays).Of(January, FromMidJanuary, Year));
        var holidays = new ProrationRule(ProrationBasis.WorkingDays, holidays: [Day("2025-01-01"), Day("2025-01-20"), Day("2025-01-25")]);
        Assert.Equal(new ActivePart(12, 21), holidays.Of(January, FromMidJanuary, Year));
        var sixDays = new ProrationRule(ProrationBasis.WorkingDays, workDays: [.. ProrationRule.MondayToFriday, DayOfWeek.Saturday]);
        Assert.Equal(new ActivePart(15, 27), sixDays.Of(January, FromMidJanuary, Year));
    }

    [Fact]
    public void A_month_counts_with_any_active_day_or_by_its_first_day()
    {
        var quarter = Year.Months[0].Quarter;
        Assert.Equal(new ActivePart(3, 3), new ProrationRule(ProrationBasis.Months).Of(quarter, FromMidJanuary, Year));
        Assert.Equal(new ActivePart(2, 3), new ProrationRule(ProrationBasis.Months, MonthRule.FirstDay).Of(quarter, FromMidJanuary, Year));
        Assert.Equal(new ActivePart(12, 12), new ProrationRule(ProrationBasis.Months).Of(Year.Period, FromMidJanuary, Year));
    }

    [Fact]
    public void Adjoining_active_ranges_sum_to_the_whole_quota_exactly() => Property.Holds(AnyCut, c =>
    {
        var (by, span, quota, cuts) = c;
        ProrationRule rule = new(by, MonthRule.FirstDay, holidays: [Day("2025-01-01"), Day("2025-05-01")]);
        DateOnly[] edges = [span.From.AddDays(-3), .. cuts.Select(span.From.AddDays).Where(d => d < span.To).Distinct().Order(), span.To.AddDays(3)];
        var sum = edges.Zip(edges.Skip(1)).Aggregate(Fraction.Zero, (all, edge) => all + rule.Of(span, DaySet.Of(new DateRange(edge.First, edge.Second)), Year).Of(quota));
        Assert.Equal(quota, sum);
    });

    [Fact]
    public void More_active_days_never_make_less_quota() => Property.Holds(AnyCut, c =>
    {
        var (by, span, quota, cuts) = c;
        var start = span.From.AddDays(cuts[0] - 50);
        var shorter = DaySet.Of(new DateRange(start, start.AddDays(10)));
        var longer = DaySet.Of(new DateRange(start.AddDays(-1), start.AddDays(10 + cuts[1])));
        foreach (var month in Enum.GetValues<MonthRule>())
        {
            ProrationRule rule = new(by, month);
            var (less, more) = (rule.Of(span, shorter, Year).Of(quota), rule.Of(span, longer, Year).Of(quota));
            Assert.True(Fraction.Zero <= less && less <= more && more <= quota);
        }
    });

    [Fact]
    public void The_rule_is_read_with_its_defaults()
    {
        var rule = Documented.Read("""{"by": "working_days", "work_days": ["sunday", "monday"], "holidays": ["2025-12-25"]}""", ProrationRule.Read);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday], rule.WorkDays.Order());
        Assert.Equal(Day("2025-12-25"), Assert.Single(rule.Holidays));
        Assert.Equal(MonthRule.AnyDay, Documented.Read("""{"by": "months"}""", ProrationRule.Read).Month);
        Assert.Equal(ProrationRule.MondayToFriday, Documented.Read("""{"by": "working_days"}""", ProrationRule.Read).WorkDays.Order());
        Documented.Agrees(
            ProrationRule.Schema, ProrationRule.Read,
            """{"by": "months", "month": "first_day"}""", """{"by": "working_days", "work_days": ["monday"], "holidays": []}""");
    }

    [Theory]
    [InlineData("""{}""", "field_missing")]
    [InlineData("""{"by": "weeks"}""", "value_unknown")]
    [InlineData("""{"by": "calendar_days", "holidays": []}""", "field_without_effect")]
    [InlineData("""{"by": "working_days", "work_days": []}""", "work_days_empty")]
    [InlineData("""{"by": "months", "mont": "first_day"}""", "field_unknown")]
    public void A_rule_that_says_less_or_more_than_it_means_is_refused(string text, string code) =>
        Assert.Equal([code], Documented.Errors(text, ProrationRule.Read));

    private static FsCheck.Gen<(ProrationBasis By, FiscalPeriod Span, decimal Quota, int[] Cuts)> AnyCut =>
        from basis in Gen.Elements(ProrationBasis.CalendarDays, ProrationBasis.WorkingDays, ProrationBasis.Months)
        from span in Gen.Elements(Year.Months.SelectMany(m => new[] { m.Period, m.Quarter, m.Year }).ToArray())
        from quota in Gen.Choose(1, 100_000_000)
        from cuts in Gen.ArrayOf(Gen.Choose(0, 400), 5)
        select (basis, span, quota / 100m, cuts);
}
