using Spm.Compensation.Engine;

namespace Spm.Compensation.Contests;

/// <summary>When a rep stood at an amount: by the days of credits, not by the order in which they came.</summary>
internal static class Race
{
    /// <summary>
    /// The day at whose end what is measured in the measurement period first stood at the goal. Null for who did not, or no longer does at the end
    /// of the month: a refund takes the place with it.
    /// </summary>
    public static DateOnly? Reached(PeriodContext period, decimal goal)
    {
        var rule = period.Rule;
        ref readonly var own = ref period.Own;
        if (rule.Tally < 0 || own.ToDate - own.Before < goal)
        {
            return null;
        }
        var days = new SortedDictionary<DateOnly, decimal>();
        for (var month = period.FirstMonthOf(rule.MeasurementPeriod); month <= period.Month; month++)
        {
            if (!period.State.OnPlan(month))
            {
                continue;
            }
            foreach (var (line, counted) in period.State.Deals.Counted(rule.Tally, month))
            {
                days[line.Date] = days.GetValueOrDefault(line.Date) + counted;
            }
        }
        var sum = 0m;
        foreach (var (day, counted) in days)
        {
            sum += counted;
            if (sum >= goal)
            {
                return day;
            }
        }
        // Only leave that is credited at target brought the figure there: nobody sold it on a day.
        return null;
    }
}
