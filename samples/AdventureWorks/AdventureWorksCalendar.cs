using Spm.Client;

namespace Spm.Samples.AdventureWorks;

/// <summary>
/// The company's quarters begin on its quota dates, which follow no calendar: 31 May, 31 August, 1 December, 29 February, …
/// A quarter is [quota date, next quota date); twelve of them make three fiscal years, named after the year they end in.
/// </summary>
internal sealed class AdventureWorksCalendar
{
    private const int QuartersPerYear = 4;
    private const int MonthsPerQuarter = 3;

    /// <summary>The last quarter has no next quota date. The orders end on 2014-06-30, so it ends the day after.</summary>
    private static readonly DateOnly End = new(2014, 7, 1);

    private readonly DateOnly[] _starts;

    public AdventureWorksCalendar(IEnumerable<Quota> quotas)
    {
        _starts = [.. quotas.Select(quota => quota.QuarterStart).Distinct().Order()];
        if (_starts.Length == 0 || _starts.Length % QuartersPerYear != 0 || _starts[^1] >= End)
            throw new InvalidDataException($"{_starts.Length} quota dates up to {_starts.LastOrDefault()} do not make whole fiscal years.");
    }

    /// <summary>Fiscal years in order, with explicit months.</summary>
    public IEnumerable<(string Year, FiscalYearBody Body)> Years()
    {
        for (var first = 0; first < _starts.Length; first += QuartersPerYear)
        {
            var months = from quarter in Enumerable.Range(0, QuartersPerYear)
                         from month in Enumerable.Range(0, MonthsPerQuarter)
                         select new FiscalMonth(_starts[first + quarter].AddMonths(month), quarter + 1);
            yield return (YearOf(first), new FiscalYearBody { Months = [.. months], End = EndOf(first + QuartersPerYear - 1) });
        }
    }

    /// <summary>All quarters' ids in order: 2012-Q1 to 2014-Q4.</summary>
    public IEnumerable<string> Quarters => Enumerable.Range(0, _starts.Length).Select(Id);

    /// <summary>The id of the quarter that begins on a quota date.</summary>
    public string QuarterOf(DateOnly start) => Id(Array.BinarySearch(_starts, start));

    private string Id(int quarter) => $"{YearOf(quarter)}-Q{quarter % QuartersPerYear + 1}";

    private string YearOf(int quarter)
    {
        var last = quarter - quarter % QuartersPerYear + QuartersPerYear - 1;
        return EndOf(last).Year.ToString();
    }

    private DateOnly EndOf(int quarter) => quarter + 1 < _starts.Length ? _starts[quarter + 1] : End;
}
