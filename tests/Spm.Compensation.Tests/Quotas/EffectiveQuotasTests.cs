using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Proration;
using Spm.Compensation.Quotas.Ramps;
using Spm.Compensation.Quotas.Seasonality;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Quotas;

public class EffectiveQuotasTests
{
    private static readonly FiscalPeriod January = Year.Months[0].Period;
    private static readonly FiscalPeriod June = Year.Months[5].Period;
    private static readonly FiscalPeriod Q1 = Year.Months[0].Quarter;
    private static readonly ProrationRule ByDays = new(ProrationBasis.CalendarDays);
    private static readonly RampRule HalfForThreeMonths = new([new(3, 50m)]);
    private static readonly QuotaFacts FromMidJanuary = Facts("2025-01-15");

    [Fact]
    public void A_start_within_the_month_leaves_the_days_that_are_active()
    {
        var quota = For(Book(("2025-01", 10_000)), January, QuotaRules.None with { Proration = ByDays }, FromMidJanuary);
        Assert.Equal(new Fraction(170_000, 31), quota.Exact);
        Assert.Equal(5483.87m, decimal.Round(quota.Amount!.Value, 2));
        Assert.Equal(109.41m, decimal.Round(quota.AttainmentOf(6_000m)!.Value.ToDecimal(), 2));
        Assert.Equal(new QuotaStep("2025-01", QuotaStepRule.Proration, 17, 31, 10_000m, quota.Exact!.Value), Assert.Single(quota.Steps));
    }

    [Fact]
    public void Ramp_comes_before_proration_and_both_are_told()
    {
        var whole = For(Book(("2025-01", 10_000)), January, QuotaRules.None with { Ramp = HalfForThreeMonths }, Facts("2025-01-01"));
        Assert.Equal(5_000m, whole.Amount);
        var quota = For(Book(("2025-01", 10_000)), January, new QuotaRules(null, HalfForThreeMonths, ByDays), FromMidJanuary);
        Assert.Equal(2741.94m, decimal.Round(quota.Amount!.Value, 2));
        Assert.Equal(
            [
                new QuotaStep("2025-01", QuotaStepRule.Ramp, 1, 2, 10_000m, 5_000m),
                new QuotaStep("2025-01", QuotaStepRule.Proration, 17, 31, 5_000m, new Fraction(85_000, 31)),
            ],
            quota.Steps);
    }

    [Fact]
    public void A_seasonal_year_is_the_sum_of_its_prorated_quarters()
    {
        var year2019 = FiscalYearPattern.Gregorian("2019", Day("2019-01-01"));
        var rules = new QuotaRules(new SeasonalityRule(SeasonalParts.Quarters, [20, 20, 20, 40], 0), null, new ProrationRule(ProrationBasis.Months), 0);
        var facts = new QuotaFacts(DaySet.Of(From("2019-03-01", "2020-01-01")), Day("2019-03-01"), []);
        var quotas = new EffectiveQuotas(Book(("2019", 100_000)), [], new FiscalCalendar([year2019]), rules, facts);
        var quarters = year2019.Months.Select(m => m.Quarter).Distinct().Select(q => quotas.For(Revenue.No, q, year2019)).ToArray();
        Assert.Equal([6_667m, 20_000m, 20_000m, 40_000m], quarters.Select(q => q.Amount!.Value));
        Assert.Equal(86_667m, quotas.For(Revenue.No, year2019.Period, year2019).Amount);
        Assert.Equal(
            [(QuotaStepRule.Seasonality, 1, 5), (QuotaStepRule.Proration, 1, 3), (QuotaStepRule.Rounding, 20_001, 20_000)],
            quarters[0].Steps.Select(s => (s.Rule, (int)s.Numerator, (int)s.Denominator)));
        Assert.Equal(46_667m, quotas.ToDate(Revenue.No, PeriodKind.Year, year2019.Months[8], year2019).Amount);
    }

    [Fact]
    public void What_is_set_for_a_quarter_itself_comes_before_its_part_of_the_year()
    {
        var rules = QuotaRules.None with { Seasonality = new SeasonalityRule(SeasonalParts.Quarters, [20, 20, 20, 40]) };
        var book = Book(("2025", 100), ("2025-Q1", 30));
        Assert.Equal(30m, For(book, Q1, rules).Amount);
        Assert.Equal(20m, For(book, Year.Months[3].Quarter, rules).Amount);
        Assert.Equal(110m, For(book, Year.Period, rules).Amount);
        Assert.Equal(QuotaProblem.QuotaMissing, For(book, January, rules).Problem);
    }

    [Fact]
    public void Months_of_a_seasonal_year_sum_to_its_quarters()
    {
        var rules = QuotaRules.None with { Seasonality = new SeasonalityRule(SeasonalParts.Months, [10, 10, 10, 10, 10, 10, 10, 10, 10, 5, 3, 2]) };
        Assert.Equal(30m, For(Book(("2025", 100)), Q1, rules).Amount);
        Assert.Equal(10m, For(Book(("2025", 100)), Year.Months[9].Quarter, rules).Amount);
    }

    [Fact]
    public void A_seasonality_with_another_number_of_parts_is_a_named_problem()
    {
        var rules = QuotaRules.None with { Seasonality = new SeasonalityRule(SeasonalParts.Quarters, [60, 40]) };
        var quota = For(Book(("2025", 100)), Q1, rules);
        Assert.Null(quota.Exact);
        Assert.Equal(QuotaProblem.SeasonalityPartsMismatch, quota.Problem);
        Assert.Equal(QuotaProblem.SeasonalityPartsMismatch, For(Book(("2025", 100)), Year.Period, rules).Problem);
    }

    [Fact]
    public void A_quota_that_is_not_fully_set_is_not_known_and_no_zero()
    {
        var quota = For(Book(("2025-01", 1), ("2025-03", 3)), Q1, QuotaRules.None);
        Assert.Equal((null, null, QuotaProblem.QuotaMissing), (quota.Exact, quota.Amount, quota.Problem));
        Assert.Null(quota.AttainmentOf(5m));
        Assert.Null((quota + For(Book(("2025-01", 1)), January, QuotaRules.None)).Exact);
    }

    [Fact]
    public void A_period_without_a_working_day_says_so()
    {
        var rules = QuotaRules.None with { Proration = new(ProrationBasis.WorkingDays, holidays: [.. Enumerable.Range(0, 31).Select(January.From.AddDays)]) };
        Assert.Equal(QuotaProblem.NoWorkingDays, For(Book(("2025-01", 1)), January, rules).Problem);
    }

    [Fact]
    public void Who_is_not_active_at_all_has_a_known_quota_of_zero_and_no_attainment()
    {
        var quota = For(Book(("2025-01", 10)), January, QuotaRules.None with { Proration = ByDays }, Facts("2025-02-01"));
        Assert.Equal(Fraction.Zero, quota.Exact);
        Assert.Null(quota.AttainmentOf(5m));
    }

    [Fact]
    public void A_quota_set_anew_within_its_period_counts_for_its_days()
    {
        DatedQuota[] anew = [new(Revenue.No, "2025-06", Day("2025-06-16"), 16_000)];
        var quota = For(Book(("2025-06", 10_000)), June, QuotaRules.None, dated: anew);
        Assert.Equal(13_000m, quota.Amount);
        Assert.Equal(new QuotaStep("2025-06", QuotaStepRule.Dated, 13, 10, 10_000m, 13_000m), Assert.Single(quota.Steps));
        // Hired on June 16, only the new quota is answered for.
        Assert.Equal(8_000m, For(Book(("2025-06", 10_000)), June, QuotaRules.None with { Proration = ByDays }, Facts("2025-06-16"), anew).Amount);
        // Without a quota for the days before, the month is not fully set.
        Assert.Equal(QuotaProblem.QuotaMissing, For(QuotaBook.Empty, June, QuotaRules.None, dated: anew).Problem);
    }

    [Fact]
    public void Every_step_is_told_in_the_order_of_application()
    {
        DatedQuota[] anew = [new(Revenue.No, "2025-06", Day("2025-06-16"), 16_000)];
        var quota = For(Book(("2025-06", 10_000)), June, new QuotaRules(null, HalfForThreeMonths, ByDays), Facts("2025-06-11"), anew);
        Assert.Equal(
            [
                new QuotaStep("2025-06", QuotaStepRule.Dated, 13, 10, 10_000m, 13_000m),
                new QuotaStep("2025-06", QuotaStepRule.Ramp, 1, 2, 13_000m, 6_500m),
                new QuotaStep("2025-06", QuotaStepRule.Proration, 29, 39, 6_500m, new Fraction(14_500, 3)),
            ],
            quota.Steps);
    }

    [Fact]
    public void A_years_quota_set_anew_changes_its_seasonal_parts_from_that_day_on()
    {
        var rules = QuotaRules.None with { Seasonality = new SeasonalityRule(SeasonalParts.Months, [.. Enumerable.Repeat(8m, 11), 12m]) };
        DatedQuota[] anew = [new(Revenue.No, "2025", Day("2025-06-16"), 200)];
        Assert.Equal([8m, 12m, 16m], new[] { 4, 5, 6 }.Select(i => For(Book(("2025", 100)), Year.Months[i].Period, rules, dated: anew).Amount!.Value));
    }

    [Fact]
    public void A_dated_quota_outside_its_period_or_twice_on_a_day_cannot_be_put_in()
    {
        Assert.Throws<ArgumentException>(() => For(QuotaBook.Empty, June, QuotaRules.None, dated: [new(1, "2025-06", Day("2025-07-01"), 1)]));
        Assert.Throws<ArgumentException>(() => For(QuotaBook.Empty, June, QuotaRules.None, dated: [new(1, "2025-06", June.From, 1), new(1, "2025-06", June.From, 2)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatedQuota(1, "2025-06", June.From, 0));
    }

    [Fact]
    public void To_date_adds_the_months_up_and_takes_a_quarter_that_is_over_where_they_are_not_set()
    {
        var book = Book(("2025-Q1", 90), ("2025-04", 40), ("2025-05", 50));
        Assert.Equal(130m, ToDate(book, PeriodKind.Year, 4).Amount);
        Assert.Equal(90m, ToDate(book, PeriodKind.Quarter, 5).Amount);
        Assert.Equal(90m, ToDate(book, PeriodKind.Quarter, 3).Amount);
        Assert.Equal(QuotaProblem.QuotaMissing, ToDate(book, PeriodKind.Year, 2).Problem);
        Assert.Equal(40m, ToDate(book, PeriodKind.Month, 4).Amount);
        Assert.Null(ToDate(book, PeriodKind.Month, 3).Exact);
    }

    [Fact]
    public void Rules_are_read_and_agree_with_their_schema()
    {
        const string Text = """
            {
              "seasonality": {"over": "quarters", "percents": [20, 20, 20, 40], "decimals": 0},
              "ramp": {"steps": [{"to_month": 3, "percent": 50}], "counts_from": "first_full_month"},
              "proration": {"by": "months", "month": "first_day"},
              "decimals": 0
            }
            """;
        var rules = Documented.Read(Text, QuotaRules.Read);
        Assert.Equal(0, rules.Decimals);
        Assert.Equal(ProrationBasis.None, Documented.Read("{}", QuotaRules.Read).Proration.By);
        Assert.Equal(["field_unknown"], Documented.Errors("""{"ramps": {}}""", QuotaRules.Read));
        Assert.Equal(["type_mismatch"], Documented.Errors("[]", QuotaRules.Read));
        Documented.Agrees(QuotaRules.Schema, QuotaRules.Read, Text, """{"proration": {"by": "working_days", "work_days": ["monday"], "holidays": []}}""");
    }

    private static QuotaFacts Facts(string since) => new(DaySet.Of(From(since)), Day(since), []);

    private static EffectiveQuota For(
        QuotaBook book, FiscalPeriod span, QuotaRules rules, QuotaFacts? facts = null, IReadOnlyList<DatedQuota>? dated = null) =>
        new EffectiveQuotas(book, dated ?? [], new FiscalCalendar([Year]), rules, facts ?? QuotaFacts.AlwaysActive).For(Revenue.No, span, Year);

    private static EffectiveQuota ToDate(QuotaBook book, PeriodKind kind, int month) =>
        new EffectiveQuotas(book, [], new FiscalCalendar([Year]), QuotaRules.None, QuotaFacts.AlwaysActive).ToDate(Revenue.No, kind, Year.Months[month - 1], Year);
}
