using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Incentives;
using Spm.Compensation.Plans;

namespace Spm.Compensation.Tests.Incentives;

public class IncentiveLaws
{
    [Fact]
    public void A_years_months_sum_to_the_rounded_year_and_a_months_components_to_the_month() => Property.Holds<int, int[]>((seed, deals) =>
    {
        foreach (var inputs in EveryRep(seed, deals))
        {
            var year = IncentiveCalculation.Calculate(inputs);
            decimal exact = 0m;
            long paid = 0;
            foreach (var month in year.Months)
            {
                exact += month.Components.Sum(c => c.Incentive);
                paid += month.IncentiveMinor;
                Assert.Equal(Rounding.ToMinorUnits(exact, inputs.Currency), paid);
                Assert.Equal(month.IncentiveMinor, month.Components.Sum(c => c.IncentiveMinor));
                Assert.All(month.Components, c => Assert.InRange(c.IncentiveMinor - c.Incentive * 100m, -1m, 1m));
            }
        }
    });

    [Fact]
    public void The_one_pass_equals_every_month_worked_out_on_its_own() => Property.Holds<int, int[]>((seed, deals) =>
    {
        foreach (var inputs in EveryRep(seed, deals))
        {
            foreach (var result in IncentiveCalculation.Calculate(inputs).Months.SelectMany((m, i) => m.Components.Select(c => (Month: i, Is: c))))
            {
                var (is_, month) = (result.Is, result.Month);
                Assert.Equal(EarnedTo(inputs, month, month, is_.Plan, is_.Component), is_.EarnedToDate);
                Assert.Equal(EarnedTo(inputs, month - 1, month, is_.Plan, is_.Component), is_.EarnedBefore);
            }
        }
    });

    [Fact]
    public void Bands_sum_to_the_incentive_of_every_component() => Property.Holds<int, int[]>((seed, deals) =>
    {
        foreach (var inputs in EveryRep(seed, deals))
        {
            foreach (var result in IncentiveCalculation.Calculate(inputs).Months.SelectMany(m => m.Components))
            {
                var (toDate, before) = IncentiveCalculation.Bands(inputs, result);
                Assert.Equal(result.Incentive, toDate.Sum(b => b.Earned) - before.Sum(b => b.Earned));
            }
        }
    }, 100);

    private static IEnumerable<YearInputs> EveryRep(int seed, int[] deals)
    {
        var company = new RandomCompany(seed);
        var changes = new MeasurementChanges();
        foreach (var deal in deals)
        {
            company.Apply(changes, company.Deal(deal));
        }
        return Enumerable.Range(0, company.RepCount).Select(rep => company.Inputs(rep, changes.All));
    }

    /// <summary>The rule said plainly: sum the span's months on the plan up to a month; of those with a known quota the last one counts.</summary>
    private static decimal EarnedTo(YearInputs inputs, int last, int paying, PlanInEffect plan, Component component)
    {
        var span = inputs.Year.Months[paying].Span(component.AttainmentPeriod).Id;
        int[] months = [.. Enumerable.Range(0, last + 1).Where(i => inputs.Year.Months[i].Span(component.AttainmentPeriod).Id == span && inputs.Plans[i]?.Plan.Id == plan.Plan.Id)];
        for (var known = months.Length; known > 0; known--)
        {
            var counted = months[..known];
            decimal? quota = component.Quota == QuotaBasis.ToDate
                ? counted.Aggregate((decimal?)0m, (sum, i) => sum + inputs.Quotas.For(component.Measure.No, inputs.Year.Months[i].Period, inputs.Year))
                : inputs.Quotas.For(component.Measure.No, inputs.Year.Months[paying].Span(component.AttainmentPeriod), inputs.Year);
            if (quota is { } value)
            {
                var credited = counted.Sum(i => component.Count(inputs.Measurements[component.Measure.No, inputs.Year.Months[i].No]));
                return component.RateTable.Earn(TenThousandths.ToDecimal(credited), value);
            }
        }
        return 0m;
    }
}
