namespace Spm.Compensation.Periods;

public enum PeriodKind : byte
{
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>A fiscal month, quarter, half-year or year. <see cref="From"/> is included, <see cref="To"/> is not.</summary>
public sealed record FiscalPeriod(string Id, PeriodKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>Stable number of the period among those of its kind: the day number of its first day. Sorts by time.</summary>
    public int No => From.DayNumber;

    public bool Contains(DateOnly day) => day >= From && day < To;
}

/// <summary>A fiscal month and the quarter and year it is part of. <see cref="Index"/> counts from 0 within the year.</summary>
public sealed record FiscalMonth(FiscalPeriod Period, FiscalPeriod Quarter, FiscalPeriod Year, int Index)
{
    public string Id => Period.Id;

    public int No => Period.No;

    /// <summary>Quarters 1 and 2 of the year, or those after them.</summary>
    public required FiscalPeriod Half { get; init; }

    /// <summary>The span of a kind that this month lies in: itself, its quarter, its half or its year.</summary>
    public FiscalPeriod Span(PeriodKind kind) => kind switch
    {
        PeriodKind.Month => Period,
        PeriodKind.Quarter => Quarter,
        PeriodKind.HalfYear => Half,
        _ => Year,
    };
}

public sealed record FiscalYear(FiscalPeriod Period, IReadOnlyList<FiscalMonth> Months)
{
    public string Id => Period.Id;
}

/// <summary>
/// The company's fiscal months, quarters, half-years and years. Years do not overlap; inside a year, months follow each other without
/// a gap and quarters are runs of months. Months need not be calendar months (4-4-5 and other patterns are given as dates).
/// </summary>
public sealed class FiscalCalendar
{
    public static readonly FiscalCalendar Empty = new([]);

    private readonly FiscalMonth[] _months;
    private readonly Dictionary<string, FiscalPeriod> _periods = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FiscalMonth> _monthsByNo = [];
    private readonly Dictionary<string, FiscalYear> _yearsById = new(StringComparer.Ordinal);

    public FiscalCalendar(IEnumerable<FiscalYear> years)
    {
        Years = [.. years.OrderBy(y => y.Period.From)];
        _months = [.. Years.SelectMany(y => y.Months)];
        for (var i = 1; i < Years.Count; i++)
        {
            if (Years[i].Period.From < Years[i - 1].Period.To)
            {
                throw new ArgumentException($"Fiscal years {Years[i - 1].Id} and {Years[i].Id} overlap.", nameof(years));
            }
        }
        foreach (var year in Years)
        {
            _yearsById.Add(year.Id, year);
            _periods.Add(year.Id, year.Period);
            foreach (var month in year.Months)
            {
                _monthsByNo.Add(month.No, month);
                _periods.TryAdd(month.Quarter.Id, month.Quarter);
                _periods.TryAdd(month.Half.Id, month.Half);
                _periods.Add(month.Id, month.Period);
            }
        }
    }

    public IReadOnlyList<FiscalYear> Years { get; }

    /// <summary>All months in order of time.</summary>
    public IReadOnlyList<FiscalMonth> Months => _months;

    public IEnumerable<FiscalPeriod> Periods => _periods.Values;

    public FiscalPeriod? Find(string periodId) => _periods.GetValueOrDefault(periodId);

    public FiscalMonth? MonthByNo(int no) => _monthsByNo.GetValueOrDefault(no);

    public FiscalYear? YearById(string id) => _yearsById.GetValueOrDefault(id);

    /// <summary>The month that a day lies in; null outside every fiscal year.</summary>
    public FiscalMonth? MonthOf(DateOnly day)
    {
        int low = 0, high = _months.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var period = _months[middle].Period;
            if (day < period.From)
            {
                high = middle - 1;
            }
            else if (day >= period.To)
            {
                low = middle + 1;
            }
            else
            {
                return _months[middle];
            }
        }
        return null;
    }

    /// <summary>
    /// How many months there are from the one that a day lies in to another, both included; 0 or below where that lies before it. Those that the calendar does not reach
    /// back to are counted as calendar months.
    /// </summary>
    /// <param name="isWhole">Without the first one where the day is not its first.</param>
    public int MonthsSince(DateOnly day, FiscalMonth through, bool isWhole = false)
    {
        var count = 0;
        foreach (var month in _months)
        {
            var counts = isWhole ? month.Period.From >= day : month.Period.To > day;
            count += counts && month.Period.From <= through.Period.From ? 1 : 0;
        }
        var first = _months.Length > 0 ? _months[0].Period.From : through.Period.From;
        if (day < first)
        {
            // From January 15 to March 1 there are two months, or one whole.
            var before = (first.Year - day.Year) * 12 + first.Month - day.Month;
            count += isWhole ? before - (day.Day > first.Day ? 1 : 0) : before + (day.Day < first.Day ? 1 : 0);
        }
        return count;
    }

    public IEnumerable<FiscalMonth> MonthsIn(FiscalPeriod span) =>
        _months.Where(m => m.Span(span.Kind).Id == span.Id);
}
