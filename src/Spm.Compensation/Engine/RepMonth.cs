using Spm.Compensation.Periods;

namespace Spm.Compensation.Engine;

/// <summary>A rep in a fiscal month: what expressions see that look at no credits.</summary>
public readonly record struct RepMonth(RepProfile Rep, FiscalMonth Month)
{
    /// <summary>
    /// 1 in the month of hire, 2 in the next one: the whole months from the day of hire to the month's last day, and one more. Null where the day of
    /// hire is not known or lies behind the month.
    /// </summary>
    public int? MonthOfService => Rep.HiredOn is { } hired && hired < Month.Period.To ? Months.Between(hired, Month.Period.To.AddDays(-1)) + 1 : null;
}

/// <summary>Counts in months.</summary>
public static class Months
{
    /// <summary>
    /// The whole months from one day to another, negative where the other is earlier: 1 from 31 January to 28 February of 2025 on, 0 the day before.
    /// </summary>
    public static int Between(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Between(to, from);
        }
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }
}
