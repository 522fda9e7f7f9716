using Spm.Compensation.Amounts;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Fx;

/// <summary>Which days' amounts may be converted differently after a change of rates.</summary>
public static class FxReach
{
    /// <summary>
    /// Days of <paramref name="from"/> whose rate by the rule may be another one than before; all other days keep theirs. In order, and no two ranges
    /// share a day.
    /// </summary>
    /// <param name="changed">On which a rate came, went or became another one.</param>
    public static IReadOnlyList<DateRange> Reach(
        this FxRule rule, Currency from, Currency to, IEnumerable<DateOnly> changed, FxRates before, FxRates after, FiscalCalendar calendar)
    {
        List<DateRange> reached = [];
        foreach (var day in changed.Order())
        {
            if (DecidedBy(rule, day, before.DayAfter(from, to, day), after.DayAfter(from, to, day), calendar) is not { } range)
            {
                continue;
            }
            if (reached.Count > 0 && (reached[^1].To is null || range.From <= reached[^1].To))
            {
                reached[^1] = new DateRange(reached[^1].From, Later(reached[^1].To, range.To));
            }
            else
            {
                reached.Add(range);
            }
        }
        return reached;
    }

    /// <summary>The days that a day's rate may decide.</summary>
    private static DateRange? DecidedBy(FxRule rule, DateOnly day, DateOnly? nextBefore, DateOnly? nextAfter, FiscalCalendar calendar) => rule.Basis switch
    {
        FxBasis.Fixed => null,
        FxBasis.MonthAverage => calendar.MonthOf(day) is { } month ? new DateRange(month.Period.From, month.Period.To) : null,
        _ => new DateRange(day, Later(nextBefore, nextAfter)),
    };

    /// <summary>Null is for good.</summary>
    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other is null ? null : one > other ? one : other;
}
