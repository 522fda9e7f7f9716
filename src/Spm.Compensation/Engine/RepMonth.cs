using Spm.Compensation.Periods;

namespace Spm.Compensation.Engine;

/// <summary>A rep in a fiscal month: what expressions see that look at no credits.</summary>
/// <param name="Calendar">The fiscal months that service is counted in; null: calendar months.</param>
public readonly record struct RepMonth(RepProfile Rep, FiscalMonth Month, FiscalCalendar? Calendar)
{
    /// <summary>1 in the month of hire, 2 in the next one. Null where the day of hire is not known or lies behind the month.</summary>
    public int? MonthOfService => Hired is { } hired ? Since(hired) : null;

    /// <summary>The same from the month of the last anniversary of the day of hire on.</summary>
    public int? MonthOfServiceYear => Hired is { } hired ? Since(hired.AddYears(Months.Between(hired, LastDay) / 12)) : null;

    private DateOnly? Hired => Rep.HiredOn < Month.Period.To ? Rep.HiredOn : null;

    private DateOnly LastDay => Month.Period.To.AddDays(-1);

    private int Since(DateOnly day) => Calendar?.MonthsSince(day, Month) ?? Months.Between(day, LastDay) + 1;
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
