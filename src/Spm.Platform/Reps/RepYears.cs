using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>
/// A rep's fiscal years as the engine calculates them, kept up to date. Where the plans need only sums, they are calculated from the rep's
/// measurements. Where a plan looks at single credits, those are read from the store, month by month, and read again once a month has changed.
/// </summary>
internal sealed class RepYears(SpmStore store, int rep, Measurements measurements)
{
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    private sealed class Kept(RepYear year, bool looksAtCredits)
    {
        public RepYear Year => year;

        public bool LooksAtCredits => looksAtCredits;

        public bool IsStale { get; set; } = true;

        /// <summary>By the month's index; null: to be read.</summary>
        public List<CreditLine>?[] Credits { get; } = new List<CreditLine>?[year.Months];
    }

    public void Apply(Company company, MeasuredChange change)
    {
        if (change.Measure != MeasurementChanges.AnyCredit)
        {
            measurements.Add(change.Measure, change.Month, change.Change);
        }
        if (company.Calendar.MonthByNo(change.Month) is { } month && _kept.TryGetValue(month.Year.Id, out var kept))
        {
            kept.IsStale = true;
            kept.Credits[month.Index] = null;
        }
    }

    /// <summary>Under another version of the company everything is calculated anew.</summary>
    public void Forget() => _kept.Clear();

    /// <summary>All years of the calendar, in order of time.</summary>
    public IReadOnlyList<RepYear> Of(Company company)
    {
        var years = company.Calendar.Years.Select(y => Get(company, y)).ToList();
        if (years.Exists(y => y.LooksAtCredits && y.IsStale))
        {
            store.Read(session =>
            {
                years.ForEach(y => Read(new RepCredits(session, company), y));
                return true;
            });
        }
        var last = LastMonth(years);
        foreach (var kept in years)
        {
            var begun = company.MonthsBegun(kept.Year.Inputs.Year, last);
            if (kept.IsStale || kept.Year.Inputs.Begun != begun)
            {
                Calculate(kept, begun);
            }
        }
        return [.. years.Select(y => y.Year)];
    }

    private Kept Get(Company company, FiscalYear year)
    {
        if (!_kept.TryGetValue(year.Id, out var kept))
        {
            var inputs = company.InputsOf(rep, year);
            _kept.Add(year.Id, kept = new Kept(new RepYear(inputs), company.LooksAtCredits(inputs)));
        }
        return kept;
    }

    private void Read(RepCredits credits, Kept kept)
    {
        if (!kept.LooksAtCredits)
        {
            return;
        }
        foreach (var month in kept.Year.Inputs.Year.Months.Where(m => kept.Credits[m.Index] is null))
        {
            var lines = kept.Credits[month.Index] = [];
            credits.ForEach(rep, month, RepCredits.CountsRollUp(kept.Year), credit => lines.Add(credit.Line));
        }
    }

    private void Calculate(Kept kept, int begun)
    {
        var year = kept.Year;
        year.Restart(year.Inputs with { Begun = begun });
        for (var m = 0; m < year.Months; m++)
        {
            if (kept.LooksAtCredits)
            {
                kept.Credits[m]!.ForEach(line => year.Add(line));
            }
            else
            {
                year.Measure(m, measurements);
            }
        }
        year.Calculate();
        kept.IsStale = false;
    }

    /// <summary>The number of the last month in which something is credited to the rep.</summary>
    private int? LastMonth(List<Kept> years)
    {
        var last = measurements.LastMonth;
        foreach (var (kept, month) in years.SelectMany(y => y.Year.Inputs.Year.Months.Select(m => (y, m))))
        {
            if (kept.Credits[month.Index] is { Count: > 0 } && !(last >= month.No))
            {
                last = month.No;
            }
        }
        return last;
    }
}
