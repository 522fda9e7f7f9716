using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas;

/// <summary>A rep's quotas, and those that were set anew within their period.</summary>
public sealed record RepQuotas(QuotaBook Book, IReadOnlyList<DatedQuota> Dated)
{
    public static readonly RepQuotas Empty = new(QuotaBook.Empty, []);

    /// <summary>Measures and periods for which something is set.</summary>
    public IEnumerable<(int Measure, string Period)> Keys => Book.All.Select(q => (q.Measure, q.Period)).Concat(Dated.Select(d => (d.Measure, d.Period))).Distinct();

    /// <summary>Without those whose period is no more what it was when they were set.</summary>
    public IReadOnlyList<DatedQuota> DatedIn(FiscalCalendar calendar) =>
        Dated.Count == 0 ? Dated : [.. Dated.Where(d => calendar.Find(d.Period)?.Contains(d.From) == true)];

    /// <summary>As they were set, before the rules of any plan: each amount counts for its days. Null when the quota is not fully set.</summary>
    public decimal? For(int measure, FiscalPeriod span, FiscalYear year, FiscalCalendar calendar) =>
        Dated.Count == 0 ? Book.For(measure, span, year) : new EffectiveQuotas(Book, DatedIn(calendar), calendar, QuotaRules.None, QuotaFacts.AlwaysActive).For(measure, span, year).Amount;
}
