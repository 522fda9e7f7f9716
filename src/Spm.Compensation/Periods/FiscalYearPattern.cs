namespace Spm.Compensation.Periods;

/// <summary>Builds fiscal years: twelve calendar months from a start day, periods of whole weeks, or months given one by one.</summary>
public static class FiscalYearPattern
{
    public const int MaxMonths = 14;

    /// <summary>A year that is paid week by week has so many.</summary>
    public const int MaxWeeks = 53;

    private const int WeeksOfAQuarter = 13;

    /// <summary>How many weeks the periods of a quarter have, by the name of the pattern; of a year of four-week periods, all.</summary>
    private static readonly Dictionary<string, int[]> _patterns = new(StringComparer.Ordinal)
    {
        ["4-4-5"] = [4, 4, 5],
        ["4-5-4"] = [4, 5, 4],
        ["5-4-4"] = [5, 4, 4],
        ["four_weeks"] = [4],
        ["two_weeks"] = [2],
        ["weeks"] = [1],
    };

    /// <summary>Patterns of whole weeks: 4-4-5, weeks, …</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. _patterns.Keys];

    /// <summary>
    /// Periods of whole weeks: three a quarter, or each of four weeks, two or one. A quarter has thirteen weeks and holds the periods that begin in it; the
    /// fifty-third week belongs to the last period, or where periods are weeks is one.
    /// </summary>
    /// <param name="pattern">One of <see cref="Patterns"/>.</param>
    /// <param name="weeks">52 or 53.</param>
    public static FiscalYear Weeks(string yearId, DateOnly start, string pattern, int weeks)
    {
        if (!_patterns.TryGetValue(pattern, out var lengths) || weeks is not (52 or MaxWeeks))
        {
            throw new ArgumentException($"A year of {weeks} weeks in the pattern '{pattern}' is none: 52 or {MaxWeeks}, {string.Join(", ", Patterns)}.", nameof(pattern));
        }
        List<(DateOnly From, int Quarter)> months = [];
        for (var (week, i) = (0, 0); week < (pattern == "weeks" ? weeks : 52); week += lengths[i++ % lengths.Length])
        {
            months.Add((start.AddDays(7 * week), Math.Min(4, (week / WeeksOfAQuarter) + 1)));
        }
        return Of(yearId, months, start.AddDays(7 * weeks));
    }

    /// <summary>
    /// Twelve months that each begin on the start's day of month (1 to 28, so that every month has that day).
    /// Months are named after the year: year "2025" has "2025-01" to "2025-12", "2025-Q1" to "2025-Q4", "2025-H1" and "2025-H2".
    /// </summary>
    public static FiscalYear Gregorian(string yearId, DateOnly start)
    {
        if (start.Day > 28)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "A fiscal year starts on day 1 to 28 of a month; give its months one by one otherwise.");
        }
        return FromMonths(yearId, [.. Enumerable.Range(0, 12).Select(i => (start.AddMonths(i), i / 3 + 1))], start.AddMonths(12));
    }

    /// <summary>
    /// Months in order, each with its first day and its quarter (1, 2, …, never falling). A month ends where the next begins;
    /// the last one ends at <paramref name="end"/>, which is not part of the year.
    /// </summary>
    public static FiscalYear FromMonths(string yearId, IReadOnlyList<(DateOnly From, int Quarter)> months, DateOnly end)
    {
        if (months.Count is 0 or > MaxMonths)
        {
            throw new ArgumentException($"A fiscal year has 1 to {MaxMonths} months.", nameof(months));
        }
        return Of(yearId, months, end);
    }

    private static FiscalYear Of(string yearId, IReadOnlyList<(DateOnly From, int Quarter)> months, DateOnly end)
    {
        DateOnly EndOf(int i) => i + 1 < months.Count ? months[i + 1].From : end;
        for (var i = 0; i < months.Count; i++)
        {
            if (EndOf(i) <= months[i].From)
            {
                throw new ArgumentException($"Month {i + 1} begins at {months[i].From:O} and would end at {EndOf(i):O}.", nameof(months));
            }
            if (months[i].Quarter < 1)
            {
                throw new ArgumentException($"Month {i + 1} is in quarter {months[i].Quarter}; quarters count from 1.", nameof(months));
            }
            if (i > 0 && months[i].Quarter < months[i - 1].Quarter)
            {
                throw new ArgumentException($"Month {i + 1} goes back to quarter {months[i].Quarter}.", nameof(months));
            }
        }
        var year = new FiscalPeriod(yearId, PeriodKind.Year, months[0].From, end);
        var quarters = Enumerable.Range(0, months.Count).GroupBy(i => months[i].Quarter).ToDictionary(
            g => g.Key,
            g => new FiscalPeriod($"{yearId}-Q{g.Key}", PeriodKind.Quarter, months[g.First()].From, EndOf(g.Last())));
        var halves = quarters.GroupBy(q => q.Key <= 2 ? 1 : 2).ToDictionary(
            h => h.Key, h => new FiscalPeriod($"{yearId}-H{h.Key}", PeriodKind.HalfYear, h.Min(q => q.Value.From), h.Max(q => q.Value.To)));
        return new FiscalYear(year,
        [
            .. months.Select((m, i) => new FiscalMonth(
                new FiscalPeriod($"{yearId}-{i + 1:00}", PeriodKind.Month, m.From, EndOf(i)), quarters[m.Quarter], year, i) { Half = halves[m.Quarter <= 2 ? 1 : 2] }),
        ]);
    }
}
