using Spm.Compensation.Amounts;
using Spm.Compensation.Incentives;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.Quotas;
using Spm.Compensation.RateTables;
using Spm.Compensation.RateTables.Step;
using static Spm.Compensation.Tests.Given;

namespace Spm.Compensation.Tests.Incentives;

public class IncentiveCalculationTests
{
    private static readonly QuotaBook Quarters = Book(("2025-Q1", 6000), ("2025-Q2", 7000), ("2025-Q3", 6000), ("2025-Q4", 6000));
    private static readonly QuotaBook Months = Book([.. Year.Months.Select(m => (m.Id, 1000m))]);
    private static readonly StepTable TenTwenty = new([new(0, 100, 10), new(100, null, 20)]);
    private static readonly StepTable FivePercent = new([new(0, null, 5)]);

    [Fact]
    public void The_attainment_period_to_date_sets_the_rate_and_begins_anew_each_quarter()
    {
        var year = Calculate(Plan("ae", Component(PeriodKind.Quarter)), Credited((1, 2500), (2, 3000), (3, 1800), (4, 3500)), Quarters);
        Assert.Equal([125m, 275m, 245m, 175m, 0m], Paid(year, 5));
        var march = year.Months[2].Components[0];
        Assert.Equal((1800m, 7300m, 6000m), (march.Credited, march.CreditedToDate, march.Quota!.Value));
        Assert.Equal(121.6667m, Rounding.Percent(march.Attainment!.Value));
    }

    [Fact]
    public void A_refund_takes_back_what_its_sale_earned_to_date() =>
        Assert.Equal([450m, -200m, 0m], Paid(Calculate(Plan("ae", Component(PeriodKind.Quarter)), Credited((1, 6000), (2, -2000)), Quarters), 3));

    [Fact]
    public void With_quota_to_date_a_slow_month_takes_back_an_early_accelerator() =>
        Assert.Equal([200m, -50m, 150m], Paid(Calculate(ToDate(PeriodKind.Year), Credited((1, 1500), (3, 1500)), Months), 3));

    [Fact]
    public void Cents_are_rounded_to_date_so_that_the_year_pays_the_rounded_year()
    {
        var tenths = Credited([.. Enumerable.Range(1, 12).Select(m => (m, 0.1m))]);
        var year = Calculate(Plan("ae", Component(PeriodKind.Month, QuotaBasis.Full, FivePercent)), tenths, Months);
        Assert.Equal([0m, 0.01m, 0.01m, 0m], Paid(year, 4));
        Assert.Equal(6, year.Months.Sum(m => m.IncentiveMinor));
    }

    [Fact]
    public void The_components_of_a_month_sum_to_the_month()
    {
        var plan = Plan("ae", Component(PeriodKind.Month, QuotaBasis.Full, FivePercent, "a"), Component(PeriodKind.Month, QuotaBasis.Full, FivePercent, "b"));
        var january = Calculate(plan, Credited((1, 0.1m)), Months).Months[0];
        Assert.Equal(1, january.IncentiveMinor);
        Assert.Equal([1L, 0L], january.Components.Select(c => c.IncentiveMinor));
    }

    [Fact]
    public void Without_its_quota_a_component_pays_nothing_and_says_so()
    {
        var january = Calculate(Plan("ae", Component(PeriodKind.Quarter)), Credited((1, 2500)), QuotaBook.Empty).Months[0].Components[0];
        Assert.Equal((0L, true), (january.IncentiveMinor, january.QuotaMissing));
        Assert.Null(january.Attainment);
    }

    [Fact]
    public void A_months_missing_quota_takes_back_nothing_that_was_earned_before()
    {
        var year = Calculate(ToDate(PeriodKind.Year), Credited((1, 1500), (2, 800)), Book(("2025-01", 1000), ("2025-03", 1000)));
        Assert.Equal([200m, 0m, 0m], Paid(year, 3));
        Assert.Equal([false, true, true], year.Months.Take(3).Select(m => m.Components[0].QuotaMissing));
        Assert.Equal(200m, year.Months[2].Components[0].EarnedToDate);
    }

    [Fact]
    public void A_new_version_reprices_no_month_before_it()
    {
        var plan = new Plan(1, "ae", "AE",
        [
            new PlanVersion(1, DateOnly.MinValue, [Component(PeriodKind.Quarter)]),
            new PlanVersion(2, Day("2025-03-01"), [Component(PeriodKind.Quarter, QuotaBasis.Full, TenTwenty)]),
        ]);
        // March: 6,000 of 7,300 to date at 10 % and 1,300 at 20 %, less 5,500 at 10 %: the new version on both sides.
        Assert.Equal([125m, 275m, 310m], Paid(Calculate(plan, Credited((1, 2500), (2, 3000), (3, 1800)), Quarters), 3));
    }

    [Fact]
    public void Months_on_another_plan_count_neither_credits_nor_quota_to_date()
    {
        var (one, other) = (Plan("one", ToDate(PeriodKind.Year).Versions[0].Components[0]), Plan("other"));
        PlanInEffect?[] plans = [.. Year.Months.Select(m => PlanInEffect.In(m, Timeline<Plan>.Always(m.Index == 1 ? other : one)))];
        var year = IncentiveCalculation.Calculate(new YearInputs(Year, plans, Credited((1, 500), (2, 9999), (3, 2500)), Months, Currency.Usd));
        Assert.Equal([50m, 0m, 350m], Paid(year, 3));
        Assert.Equal(2000m, year.Months[2].Components[0].Quota);
    }

    [Fact]
    public void A_month_without_a_plan_pays_nothing()
    {
        var inputs = new YearInputs(Year, new PlanInEffect?[12], Credited((1, 2500)), Quarters, Currency.Usd);
        Assert.All(IncentiveCalculation.Calculate(inputs).Months, m => Assert.Equal((0L, 0), (m.IncentiveMinor, m.Components.Count)));
        Assert.Throws<ArgumentException>(() => IncentiveCalculation.Calculate(inputs with { Plans = new PlanInEffect?[11] }));
    }

    [Fact]
    public void A_component_counts_the_sources_it_names()
    {
        var measurement = new Compensation.Attainment.Measurement(1, 20, 300, 1, 1, 1);
        Assert.Equal(321, (Component(PeriodKind.Month) with { Credits = CreditSources.Direct | CreditSources.Overlay | CreditSources.RollUp }).Count(measurement));
        Assert.Equal(300, (Component(PeriodKind.Month) with { Credits = CreditSources.RollUp }).Count(measurement));
        Assert.Equal(0, (Component(PeriodKind.Month) with { Credits = CreditSources.None }).Count(measurement));
    }

    [Fact]
    public void Bands_explain_the_month_to_the_cent()
    {
        var plan = Plan("ae", Component(PeriodKind.Quarter));
        var inputs = new YearInputs(Year, AllYear(plan), Credited((1, 2500), (2, 3000), (3, 1800)), Quarters, Currency.Usd);
        var march = IncentiveCalculation.Calculate(inputs).Months[2].Components[0];
        var (toDate, before) = IncentiveCalculation.Bands(inputs, march);
        Assert.Equal([new Band(0, 50, 5, 3000, 150), new Band(50, 100, 10, 3000, 300), new Band(100, null, 15, 1300, 195)], toDate);
        Assert.Equal([new Band(0, 50, 5, 3000, 150), new Band(50, 100, 10, 2500, 250)], before);
        Assert.Equal(march.Incentive, toDate.Sum(b => b.Earned) - before.Sum(b => b.Earned));
    }

    private static Plan ToDate(PeriodKind attainment) => Plan("ae", Component(attainment, QuotaBasis.ToDate, TenTwenty));
}
