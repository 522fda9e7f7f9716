using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Seasonality;

namespace Spm.Compensation.Quotas;

/// <summary>The quota of a whole period that holds from a day of it on, and what it is a part of.</summary>
/// <param name="Whole">The year's quota where it is a seasonal part of one; else the amount itself.</param>
internal readonly record struct RawQuota(DateOnly From, decimal Amount, decimal Whole);

/// <summary>
/// The quotas of a rep as they were set: for the whole period in the <see cref="QuotaBook"/>, anew within it, or as the seasonal
/// part of the year's.
/// </summary>
internal sealed class RawQuotas(QuotaBook book, IReadOnlyList<DatedQuota> dated, SeasonalityRule? seasonality)
{
    /// <summary>
    /// What holds in a period from its first day on, in order; empty when nothing is set for exactly this period, or not from its
    /// first day on. What is set for the period itself comes before its seasonal part of the year.
    /// </summary>
    public IReadOnlyList<RawQuota> Of(int measure, FiscalPeriod period, FiscalYear year, out QuotaProblem problem)
    {
        problem = QuotaProblem.None;
        var own = Set(measure, period, year);
        if (own.Count > 0 || seasonality is null || !IsPart(period))
        {
            return own;
        }
        if (seasonality.IsEven)
        {
            return EvenPart(measure, period, year);
        }
        var parts = Parts(year);
        var whole = Set(measure, year.Period, year);
        if (whole.Count > 0 && parts.Length != seasonality.Percents.Count)
        {
            problem = QuotaProblem.SeasonalityPartsMismatch;
            return [];
        }
        var index = Array.IndexOf(parts, period.Id);
        return Parts(whole, period, amount => seasonality.Spread(amount)[index]);
    }

    /// <summary>True for a span that is put together from its seasonal parts instead of standing as one.</summary>
    public bool IsSpread(FiscalPeriod period) => seasonality is { } rule && (period.Kind == PeriodKind.Year || (rule.IsEven && period.Kind != PeriodKind.Month));

    /// <summary>A month's even part of what is set for its quarter; else for its year.</summary>
    private RawQuota[] EvenPart(int measure, FiscalPeriod period, FiscalYear year)
    {
        var month = year.Months.First(m => m.Id == period.Id);
        foreach (var span in new[] { month.Quarter, year.Period })
        {
            if (Set(measure, span, year) is { Count: > 0 } whole)
            {
                var months = year.Months.Where(m => m.Span(span.Kind).Id == span.Id).Select(m => m.Id).ToList();
                return Parts(whole, period, amount => seasonality!.SpreadEvenly(amount, months.Count)[months.IndexOf(period.Id)]);
            }
        }
        return [];
    }

    /// <summary>The parts of a period in what is set for a longer one. What was set last before the period began holds at its start.</summary>
    private static RawQuota[] Parts(List<RawQuota> whole, FiscalPeriod period, Func<decimal, decimal> part)
    {
        RawQuota[] seasonal = [.. whole.Where(q => q.From < period.To).Select(q => new RawQuota(q.From, part(q.Amount), q.Amount))];
        var first = Array.FindLastIndex(seasonal, q => q.From <= period.From);
        return [.. seasonal.Skip(first).Select(q => q with { From = q.From < period.From ? period.From : q.From })];
    }

    private bool IsPart(FiscalPeriod period) =>
        period.Kind == (seasonality!.Over == SeasonalParts.Quarters ? PeriodKind.Quarter : PeriodKind.Month);

    private string[] Parts(FiscalYear year) =>
        [.. year.Months.Select(m => seasonality!.Over == SeasonalParts.Quarters ? m.Quarter.Id : m.Id).Distinct()];

    private List<RawQuota> Set(int measure, FiscalPeriod period, FiscalYear year)
    {
        List<RawQuota> set = [];
        if (book.Exactly(measure, period.Id) is { } amount)
        {
            set.Add(new RawQuota(period.From, amount, amount));
        }
        foreach (var quota in dated.Where(d => d.Measure == measure && d.Period == period.Id && period.Contains(d.From)).OrderBy(d => d.From))
        {
            if (quota.From == period.From)
            {
                set.Clear();
            }
            set.Add(new RawQuota(quota.From, quota.Amount, quota.Amount));
        }
        return set.Count > 0 && set[0].From == period.From ? set : [];
    }
}
