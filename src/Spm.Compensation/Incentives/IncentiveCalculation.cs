using Spm.Compensation.Amounts;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Incentives;

/// <summary>
/// A rep's incentives of one fiscal year from its measurements: a pure function, the same for one transaction and a million.
/// <para>
/// A component pays by month: what its attainment period has earned to date, less what it had earned a month ago, both under the
/// version that pays the month. So a month never pays twice, and a new version does not reprice the months before it.
/// </para>
/// <para>
/// Rounding: the year's earnings to date are summed over components exactly and rounded once, half to even; a month is paid the
/// difference between two such figures. Its cents are then laid on the components (<see cref="Allocation.ToTotal"/>).
/// </para>
/// </summary>
public static class IncentiveCalculation
{
    public static YearStatement Calculate(YearInputs inputs)
    {
        var months = new MonthStatement[inputs.Year.Months.Count];
        decimal earned = 0m;
        long paid = 0;
        for (var i = 0; i < months.Length; i++)
        {
            var components = Month(inputs, i);
            foreach (var component in components)
            {
                earned += component.Incentive;
            }
            var toDate = Rounding.ToMinorUnits(earned, inputs.Currency);
            months[i] = new MonthStatement(inputs.Year.Months[i], InMinorUnits(components, toDate - paid, inputs.Currency), toDate - paid);
            paid = toDate;
        }
        return new YearStatement(inputs.Year, months);
    }

    /// <summary>The tiers behind a component's month: those of the earnings to date, and those of the month before, which are taken off.</summary>
    public static (IReadOnlyList<Band> ToDate, IReadOnlyList<Band> Before) Bands(YearInputs inputs, ComponentResult result)
    {
        var month = IndexOf(inputs, result.Key.Month);
        List<Band> toDate = [], before = [];
        Earned(inputs, month, result.Plan, result.Component, toDate);
        if (PreviousInSpan(inputs, month, result.Component) is { } previous)
        {
            Earned(inputs, previous, result.Plan, result.Component, before);
        }
        return (toDate, before);
    }

    private static ComponentResult[] Month(YearInputs inputs, int month)
    {
        if (inputs.Plans[month] is not { } plan)
        {
            return [];
        }
        var results = new ComponentResult[plan.Version.Components.Count];
        for (var c = 0; c < results.Length; c++)
        {
            var component = plan.Version.Components[c];
            var (credited, quota, earned) = Earned(inputs, month, plan, component);
            var before = PreviousInSpan(inputs, month, component) is { } previous ? Earned(inputs, previous, plan, component).Earned : 0m;
            results[c] = new ComponentResult(
                new IncentiveKey(inputs.Year.Months[month].No, plan.Plan.Id, component.Id),
                plan,
                component,
                CreditedIn(inputs, month, component),
                credited,
                quota,
                earned,
                before,
                0);
        }
        return results;
    }

    /// <summary>Credited and earned from the start of the attainment period to the end of a month, in the months on this plan.</summary>
    private static (decimal Credited, decimal? Quota, decimal Earned) Earned(
        YearInputs inputs, int month, PlanInEffect plan, Component component, ICollection<Band>? bands = null)
    {
        var span = inputs.Year.Months[month].Span(component.AttainmentPeriod);
        long credited = 0;
        decimal? toDate = 0m;
        for (var i = month; i >= 0 && inputs.Year.Months[i].Span(component.AttainmentPeriod).Id == span.Id; i--)
        {
            if (inputs.Plans[i]?.Plan.Id == plan.Plan.Id)
            {
                credited += component.Count(inputs.Measurements[component.Measure.No, inputs.Year.Months[i].No]);
                toDate += component.Quota == QuotaBasis.ToDate ? inputs.Quotas.For(component.Measure.No, inputs.Year.Months[i].Period, inputs.Year) : 0m;
            }
        }
        var quota = component.Quota == QuotaBasis.ToDate ? toDate : inputs.Quotas.For(component.Measure.No, span, inputs.Year);
        var amount = TenThousandths.ToDecimal(credited);
        return (amount, quota, quota is > 0m ? component.RateTable.Earn(amount, quota.Value, bands) : 0m);
    }

    private static int? PreviousInSpan(YearInputs inputs, int month, Component component) =>
        month > 0 && inputs.Year.Months[month - 1].Span(component.AttainmentPeriod).Id == inputs.Year.Months[month].Span(component.AttainmentPeriod).Id
            ? month - 1
            : null;

    private static decimal CreditedIn(YearInputs inputs, int month, Component component) =>
        TenThousandths.ToDecimal(component.Count(inputs.Measurements[component.Measure.No, inputs.Year.Months[month].No]));

    private static ComponentResult[] InMinorUnits(ComponentResult[] components, long total, Currency currency)
    {
        var unit = new Money(1m, currency).ToMinor();
        Span<decimal> exact = new decimal[components.Length];
        Span<long> parts = stackalloc long[components.Length];
        for (var i = 0; i < components.Length; i++)
        {
            exact[i] = components[i].Incentive * unit;
        }
        Allocation.ToTotal(total, exact, parts);
        for (var i = 0; i < components.Length; i++)
        {
            if (parts[i] != 0)
            {
                components[i] = components[i] with { IncentiveMinor = parts[i] };
            }
        }
        return components;
    }

    private static int IndexOf(YearInputs inputs, int monthNo)
    {
        for (var i = 0; i < inputs.Year.Months.Count; i++)
        {
            if (inputs.Year.Months[i].No == monthNo)
            {
                return i;
            }
        }
        throw new ArgumentException($"Month {monthNo} is not in fiscal year {inputs.Year.Id}.", nameof(monthNo));
    }
}
