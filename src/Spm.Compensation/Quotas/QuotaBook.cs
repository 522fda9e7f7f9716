using Spm.Compensation.Periods;

namespace Spm.Compensation.Quotas;

/// <summary>
/// One rep's quotas, by measure and fiscal period. A quota is above zero: another one cannot be put in. The quota of a span is the
/// one set for exactly that span; else the sum of those of its parts (a year of its quarters, a quarter of its months), which must
/// all be there. Nothing is spread downwards and nothing missing counts as zero.
/// </summary>
public sealed class QuotaBook
{
    public static readonly QuotaBook Empty = new(new Dictionary<(int, string), decimal>());

    private readonly Dictionary<(int Measure, string Period), decimal> _quotas;

    public QuotaBook(IReadOnlyDictionary<(int Measure, string Period), decimal> quotas)
    {
        _quotas = new(quotas, ByPeriod.Comparer);
        foreach (var (key, amount) in _quotas)
        {
            if (amount <= 0m)
            {
                throw new ArgumentOutOfRangeException(nameof(quotas), amount, $"The quota of {key.Period} is not above zero.");
            }
        }
    }

    public IEnumerable<(int Measure, string Period, decimal Amount)> All => _quotas.Select(q => (q.Key.Measure, q.Key.Period, q.Value));

    public QuotaBook With(int measure, string period, decimal amount) =>
        new(new Dictionary<(int Measure, string Period), decimal>(_quotas, ByPeriod.Comparer) { [(measure, period)] = amount });

    public QuotaBook Without(int measure, string period)
    {
        var others = new Dictionary<(int Measure, string Period), decimal>(_quotas, ByPeriod.Comparer);
        others.Remove((measure, period));
        return new QuotaBook(others);
    }

    /// <summary>What is set for exactly this period; null when nothing is.</summary>
    public decimal? Exactly(int measure, string period) => _quotas.TryGetValue((measure, period), out var amount) ? amount : null;

    /// <summary>Null when the quota is not fully set.</summary>
    public decimal? For(int measure, FiscalPeriod span, FiscalYear year)
    {
        if (_quotas.TryGetValue((measure, span.Id), out var exact))
        {
            return exact;
        }
        if (span.Kind == PeriodKind.Month)
        {
            return null;
        }
        decimal? sum = null;
        var counted = string.Empty;
        foreach (var month in year.Months)
        {
            if (month.Span(span.Kind).Id != span.Id)
            {
                continue;
            }
            var part = month.Span(span.Kind - 1);
            if (part.Id == counted)
            {
                continue;
            }
            if (For(measure, part, year) is not { } quota)
            {
                return null;
            }
            sum = (sum ?? 0m) + quota;
            counted = part.Id;
        }
        return sum;
    }

    /// <summary>Quotas are looked up by the thousand for every rep, by ids of periods that the company itself has chosen: a cheap hash is good enough.</summary>
    private sealed class ByPeriod : IEqualityComparer<(int Measure, string Period)>
    {
        public static readonly ByPeriod Comparer = new();

        public bool Equals((int Measure, string Period) x, (int Measure, string Period) y) => x.Measure == y.Measure && string.Equals(x.Period, y.Period);

        public int GetHashCode((int Measure, string Period) key)
        {
            var hash = key.Measure;
            foreach (var letter in key.Period)
            {
                hash = (hash * 31) + letter;
            }
            return hash;
        }
    }
}
