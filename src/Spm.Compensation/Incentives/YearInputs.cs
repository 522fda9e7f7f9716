using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Incentives;

/// <summary>The plan a rep is on in a month, and the version that pays it.</summary>
public sealed record PlanInEffect(Plan Plan, PlanVersion Version)
{
    /// <summary>
    /// The plan assigned on the month's last day, else the last one assigned within the month: who leaves or changes plan
    /// during a month is paid for it under the plan they were on last. Null when none was.
    /// </summary>
    public static PlanInEffect? In(FiscalMonth month, Timeline<Plan> plans)
    {
        Plan? found = null;
        var days = new DateRange(month.Period.From, month.Period.To);
        foreach (var entry in plans.Entries)
        {
            if (entry.Range.Overlaps(days))
            {
                found = entry.Value;
            }
        }
        return found?.VersionAt(month.Period.From) is { } version ? new PlanInEffect(found, version) : null;
    }
}

/// <summary>Everything one rep's incentives of one fiscal year depend on. No clock and no history beyond the sums.</summary>
/// <param name="Plans">The plan in effect in each month of the year, by index; null where none is.</param>
public sealed record YearInputs(
    FiscalYear Year,
    IReadOnlyList<PlanInEffect?> Plans,
    Measurements Measurements,
    QuotaBook Quotas,
    Currency Currency)
{
    /// <summary>
    /// How many of the year's months have begun for the rep, from the first on; all of them by default. A month that has not begun
    /// pays nothing and takes nothing back: a strong January must not be paid out as a loss in February before February has
    /// happened, although the quota to date grows month by month.
    /// </summary>
    public int Begun { get; init; } = Year.Months.Count;
}
