using Spm.Compensation.Attainment;
using Spm.Compensation.Engine;
using Spm.Compensation.Groups;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Grains;
using Spm.Storage;

namespace Spm.Platform.Reps;

/// <summary>
/// A rep's fiscal years as the engine calculates them, kept up to date. Where the plans need only sums, they are calculated from the rep's
/// measurements. Where a plan looks at single credits, those are read from the store, month by month, and read again once a month has changed. A plan
/// that follows deals through the years sees the credits of all of them.
/// </summary>
internal sealed class RepYears(SpmStore store, int rep, Measurements measurements)
{
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepGroups> _groups = new(StringComparer.Ordinal);

    private sealed class Kept(RepYear year, bool looksAtCredits)
    {
        public RepYear Year => year;

        public bool LooksAtCredits => looksAtCredits;

        public bool FollowsDeals { get; } = Company.FollowsDeals(year.Inputs);

        public bool IsStale { get; set; } = true;

        /// <summary>By the month's index; null: to be read.</summary>
        public List<CreditLine>?[] Credits { get; } = new List<CreditLine>?[year.Months];
    }

    public bool HasCredits => measurements.LastMonth is not null || _kept.Values.Any(k => Array.Exists(k.Credits, lines => lines is { Count: > 0 }));

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
    public void Forget()
    {
        _kept.Clear();
        _groups.Clear();
    }

    /// <summary>Begins to calculate anew under the same company.</summary>
    public void Restart() => _kept.Clear();

    /// <summary>What the rep sees of the groups and budgets of a plan. False: it is what was seen before.</summary>
    public bool See(string plan, RepGroups groups)
    {
        if (_groups.TryGetValue(plan, out var seen) && seen.IsSame(groups))
        {
            return false;
        }
        _groups[plan] = groups;
        return true;
    }

    /// <summary>What budgets that reps share do not cover of the rep's deals.</summary>
    public IReadOnlyList<SpiffCut> Cuts => [.. _groups.Values.SelectMany(g => g.Cuts).Select(c => c.ToSpiffCut())];

    /// <summary>All years of the calendar, in order of time.</summary>
    public IReadOnlyList<RepYear> Of(Company company)
    {
        var years = company.Calendar.Years.Select(y => Get(company, y)).ToList();
        var follows = years.Exists(y => y.FollowsDeals);
        var asked = years.Where(y => follows || y.LooksAtCredits).ToList();
        if (asked.Exists(y => y.IsStale))
        {
            Read(company, asked);
            years.ForEach(y => y.IsStale |= y.FollowsDeals);
        }
        var last = LastMonth(years);
        foreach (var kept in years)
        {
            var begun = company.MonthsBegun(kept.Year.Inputs.Year, last);
            if (kept.IsStale || kept.Year.Inputs.Begun != begun)
            {
                Calculate(kept, begun, kept.FollowsDeals ? years : [kept]);
            }
        }
        List<RepYear> calculated = [.. years.Select(y => y.Year)];
        foreach (var (plan, groups) in _groups)
        {
            groups.Give(calculated, plan);
        }
        return calculated;
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

    private void Read(Company company, List<Kept> asked)
    {
        var rollUp = asked.Exists(y => RepCredits.CountsRollUp(y.Year));
        store.Read(session =>
        {
            var credits = new RepCredits(session, company);
            foreach (var (kept, month) in asked.SelectMany(y => y.Year.Inputs.Year.Months.Select(m => (y, m))).Where(a => a.y.Credits[a.m.Index] is null))
            {
                kept.Credits[month.Index] = credits.Of(rep, month, rollUp);
            }
            return true;
        });
    }

    private void Calculate(Kept kept, int begun, List<Kept> years)
    {
        var year = kept.Year;
        year.Restart(year.Inputs with { Begun = begun });
        year.Fill(kept.LooksAtCredits ? years.SelectMany(y => y.Credits).SelectMany(lines => lines!) : null, measurements);
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
