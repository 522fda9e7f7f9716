using Spm.Compensation.Amounts;
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
/// While a quota is missing, and before a month has begun, the earnings to date stay where they were: the month pays nothing and
/// takes nothing back.
/// </para>
/// <para>
/// Rounding: the year's earnings to date are summed over components exactly and rounded once, half to even; a month is paid the
/// difference between two such figures. Its cents are then laid on the components (<see cref="Allocation.ToTotal"/>).
/// </para>
/// </summary>
public static class IncentiveCalculation
{
    private const int OnStack = 16;

    /// <summary>A component from the start of its attainment period to the end of a month, in the months on its plan.</summary>
    private readonly record struct Standing(decimal Credited, decimal? Quota, decimal Earned);

    public static YearStatement Calculate(YearInputs inputs)
    {
        if (inputs.Plans.Count != inputs.Year.Months.Count)
        {
            throw new ArgumentException($"{inputs.Plans.Count} plans are given for {inputs.Year.Months.Count} months.", nameof(inputs));
        }
        var months = new MonthStatement[inputs.Year.Months.Count];
        Standing[] before = [], after = [];
        decimal earned = 0m;
        long paid = 0;
        for (var month = 0; month < months.Length; month++)
        {
            if (inputs.Plans[month] is not { } plan)
            {
                months[month] = new MonthStatement(inputs.Year.Months[month], [], 0);
                continue;
            }
            var components = plan.Version.Components;
            Array.Resize(ref before, components.Count);
            Array.Resize(ref after, components.Count);
            for (var c = 0; c < components.Count; c++)
            {
                before[c] = Continues(inputs, month, components[c]) ? after[c] : Before(inputs, month, plan, components[c]);
                after[c] = Next(inputs, month, plan, components[c], before[c]);
                earned += after[c].Earned - before[c].Earned;
            }
            var toDate = Rounding.ToMinorUnits(earned, inputs.Currency);
            months[month] = Statement(inputs, month, plan, before, after, toDate - paid);
            paid = toDate;
        }
        return new YearStatement(inputs.Year, months);
    }

    /// <summary>
    /// The tiers behind a component's month: those of the earnings to date, and those of the month before, which are taken off.
    /// None on either side while the quota is missing.
    /// </summary>
    public static (IReadOnlyList<Band> ToDate, IReadOnlyList<Band> Before) Bands(YearInputs inputs, ComponentResult result)
    {
        List<Band> toDateBands = [], beforeBands = [];
        var month = IndexOf(inputs, result.Key.Month);
        var before = Before(inputs, month, result.Plan, result.Component);
        var toDate = Next(inputs, month, result.Plan, result.Component, before);
        if (Knows(result.Component.RateTable, toDate.Quota))
        {
            Earn(result.Component, toDate.Credited, toDate.Quota, toDateBands);
            if (Knows(result.Component.RateTable, before.Quota))
            {
                Earn(result.Component, before.Credited, before.Quota, beforeBands);
            }
        }
        return (toDateBands, beforeBands);
    }

    /// <summary>True when the month goes on from where the one before ended: same attainment period, same version.</summary>
    private static bool Continues(YearInputs inputs, int month, Component component) =>
        month > 0
        && inputs.Plans[month - 1] is { } previous
        && ReferenceEquals(previous.Version, inputs.Plans[month]!.Version)
        && ReferenceEquals(previous.Plan, inputs.Plans[month]!.Plan)
        && IsSameSpan(inputs, month - 1, month, component);

    /// <summary>The standing at the start of a month, worked out from the start of its attainment period.</summary>
    private static Standing Before(YearInputs inputs, int month, PlanInEffect plan, Component component)
    {
        var span = inputs.Year.Months[month].Span(component.AttainmentPeriod);
        var standing = new Standing(
            0m, component.Quota == QuotaBasis.ToDate ? 0m : inputs.Quotas.For(component.Measure.No, span, inputs.Year), 0m);
        var first = month;
        while (first > 0 && IsSameSpan(inputs, first - 1, month, component))
        {
            first--;
        }
        for (var i = first; i < month; i++)
        {
            standing = Next(inputs, i, plan, component, standing);
        }
        return standing;
    }

    /// <summary>One month further. A month on another plan, or on none, adds neither credits nor quota.</summary>
    private static Standing Next(YearInputs inputs, int month, PlanInEffect plan, Component component, in Standing before)
    {
        if (inputs.Plans[month]?.Plan.Id != plan.Plan.Id)
        {
            return before;
        }
        var credited = before.Credited + CreditedIn(inputs, month, component);
        var quota = component.Quota == QuotaBasis.ToDate
            ? before.Quota + inputs.Quotas.For(component.Measure.No, inputs.Year.Months[month].Period, inputs.Year)
            : before.Quota;
        var known = quota is not null || !component.RateTable.NeedsQuota;
        return new Standing(credited, quota, month < inputs.Begun && known ? Earn(component, credited, quota) : before.Earned);
    }

    /// <summary>From the start of the attainment period: what is paid for a month is the difference of two such earnings.</summary>
    private static decimal Earn(Component component, decimal credited, decimal? quota, ICollection<Band>? bands = null) =>
        component.RateTable.Earn(new Stretch(0m, credited, quota, TargetIncentive: null), bands);

    private static bool Knows(RateTable table, decimal? quota) => quota > 0m || !table.NeedsQuota;

    private static MonthStatement Statement(
        YearInputs inputs, int month, PlanInEffect plan, ReadOnlySpan<Standing> before, ReadOnlySpan<Standing> after, long total)
    {
        var count = before.Length;
        Span<decimal> exact = count <= OnStack ? stackalloc decimal[count] : new decimal[count];
        Span<long> minor = count <= OnStack ? stackalloc long[count] : new long[count];
        var unit = new Money(1m, inputs.Currency).ToMinor();
        for (var c = 0; c < count; c++)
        {
            exact[c] = (after[c].Earned - before[c].Earned) * unit;
        }
        Allocation.ToTotal(total, exact, minor);
        var results = new ComponentResult[count];
        for (var c = 0; c < count; c++)
        {
            var component = plan.Version.Components[c];
            results[c] = new ComponentResult(
                new IncentiveKey(inputs.Year.Months[month].No, plan.Plan.Id, component.Id),
                plan,
                component,
                CreditedIn(inputs, month, component),
                after[c].Credited,
                after[c].Quota,
                after[c].Earned,
                before[c].Earned,
                minor[c]);
        }
        return new MonthStatement(inputs.Year.Months[month], results, total) { Begun = month < inputs.Begun };
    }

    private static decimal CreditedIn(YearInputs inputs, int month, Component component) =>
        TenThousandths.ToDecimal(component.Count(inputs.Measurements[component.Measure.No, inputs.Year.Months[month].No]));

    private static bool IsSameSpan(YearInputs inputs, int one, int other, Component component) =>
        inputs.Year.Months[one].Span(component.AttainmentPeriod).No == inputs.Year.Months[other].Span(component.AttainmentPeriod).No;

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
