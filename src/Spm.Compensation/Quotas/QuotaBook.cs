using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas;

/// <summary>
/// One rep's quotas, by measure and fiscal period. A quota is above zero. The quota of a span is the one set for exactly that
/// span; else the sum of those of its parts (a year of its quarters, a quarter of its months), which must all be there.
/// Nothing is spread downwards and nothing missing counts as zero.
/// </summary>
public sealed class QuotaBook
{
    public static readonly QuotaBook Empty = new(new Dictionary<(int, string), decimal>());

    private readonly IReadOnlyDictionary<(int Measure, string Period), decimal> _quotas;

    public QuotaBook(IReadOnlyDictionary<(int Measure, string Period), decimal> quotas) => _quotas = quotas;

    public IEnumerable<(int Measure, string Period, decimal Amount)> All => _quotas.Select(q => (q.Key.Measure, q.Key.Period, q.Value));

    public QuotaBook With(int measure, string period, decimal amount) =>
        new(new Dictionary<(int, string), decimal>(_quotas.ToDictionary(q => (q.Key.Measure, q.Key.Period), q => q.Value)) { [(measure, period)] = amount });

    /// <summary>Null when the quota is not fully set.</summary>
    public decimal? For(int measure, FiscalPeriod span, FiscalYear year)
    {
        if (_quotas.TryGetValue((measure, span.Id), out var exact))
        {
            return exact;
        }
        return span.Kind switch
        {
            PeriodKind.Year => Sum(year.Months.Select(m => m.Quarter).DistinctBy(q => q.Id).Select(q => For(measure, q, year))),
            PeriodKind.Quarter => Sum(year.Months.Where(m => m.Quarter.Id == span.Id).Select(m => For(measure, m.Period, year))),
            _ => null,
        };
    }

    private static decimal? Sum(IEnumerable<decimal?> parts)
    {
        var sum = 0m;
        foreach (var part in parts)
        {
            if (part is null)
            {
                return null;
            }
            sum += part.Value;
        }
        return sum;
    }
}
