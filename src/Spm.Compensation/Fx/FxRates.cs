using Spm.Compensation.Amounts;
using Spm.Compensation.Exactness;

namespace Spm.Compensation.Fx;

/// <summary>One unit of <paramref name="From"/> is <paramref name="Rate"/> units of <paramref name="To"/>, from this day until the next rate.</summary>
public readonly record struct FxRate(Currency From, Currency To, DateOnly Day, decimal Rate);

/// <summary>What there is one rate of.</summary>
public readonly record struct FxRateKey(Currency From, Currency To, DateOnly Day);

/// <summary>Why an amount is not converted: <c>fx_rate_missing</c>, <c>fx_rate_out_of_range</c>, <c>fx_rate_twice</c>, <c>fx_amount_out_of_range</c>.</summary>
public sealed record FxRefusal(string Code, string Detail);

/// <summary>
/// Dated rates per pair of currencies. A pair is not turned round: the inverse of a rate is not exact, so both directions are given.
/// </summary>
public sealed class FxRates
{
    /// <summary>A rate has at most so many decimals, and lies above 0 and below a billion.</summary>
    public const int MaxDecimals = 10;

    private const decimal Least = 0m;
    private const decimal TooMuch = 1_000_000_000m;

    public static readonly FxRates None = new([]);

    private readonly Dictionary<(Currency From, Currency To), Series> _series;

    private FxRates(Dictionary<(Currency, Currency), Series> series) => _series = series;

    /// <summary>False with the rule that is broken: a rate out of range, or two rates of one pair and day.</summary>
    public static bool TryCreate(IEnumerable<FxRate> rates, out FxRates created, out FxRefusal? refusal)
    {
        (created, refusal) = (None, null);
        Dictionary<(Currency, Currency), Series> series = [];
        foreach (var pair in rates.GroupBy(r => (r.From, r.To)))
        {
            FxRate[] dated = [.. pair.OrderBy(r => r.Day).ThenBy(r => r.Rate)];
            refusal = Check(dated);
            if (refusal is not null)
            {
                return false;
            }
            series.Add(pair.Key, new Series(dated));
        }
        created = new FxRates(series);
        return true;
    }

    /// <summary>All of a pair, by their days.</summary>
    public IReadOnlyList<FxRate> Of(Currency from, Currency to) => _series.TryGetValue((from, to), out var series) ? series.Rates : [];

    /// <summary>In the order of the currencies' codes, then of the days.</summary>
    public IEnumerable<FxRate> All => _series.OrderBy(s => s.Key.From.Code, StringComparer.Ordinal).ThenBy(s => s.Key.To.Code, StringComparer.Ordinal).SelectMany(s => s.Value.Rates);

    public bool Any => _series.Count > 0;

    /// <summary>The rate dated on the very day.</summary>
    public decimal? Exactly(Currency from, Currency to, DateOnly day) =>
        _series.TryGetValue((from, to), out var series) && series.FirstFrom(day, strictly: false) is var at && at < series.Rates.Length && series.Rates[at].Day == day ? series.Rates[at].Rate : null;

    /// <summary>The first day after <paramref name="day"/> on which the pair has another rate; null: the day's rate stands for good.</summary>
    public DateOnly? DayAfter(Currency from, Currency to, DateOnly day) =>
        _series.TryGetValue((from, to), out var series) && series.FirstFrom(day, strictly: true) is var at && at < series.Rates.Length ? series.Rates[at].Day : null;

    /// <summary>The same with other rates on some days; null takes the day's rate away. Throws where <see cref="TryCreate"/> would refuse.</summary>
    public FxRates With(IReadOnlyDictionary<FxRateKey, decimal?> changes)
    {
        var series = new Dictionary<(Currency, Currency), Series>(_series);
        foreach (var pair in changes.GroupBy(c => (c.Key.From, c.Key.To)))
        {
            var dated = new SortedDictionary<DateOnly, FxRate>(Of(pair.Key.From, pair.Key.To).ToDictionary(r => r.Day));
            foreach (var (key, rate) in pair)
            {
                if (rate is { } value)
                {
                    dated[key.Day] = new FxRate(key.From, key.To, key.Day, value);
                }
                else
                {
                    dated.Remove(key.Day);
                }
            }
            FxRate[] next = [.. dated.Values];
            if (Check(next) is { } refusal)
            {
                throw new ArgumentException(refusal.Detail, nameof(changes));
            }
            series.Remove(pair.Key);
            if (next.Length > 0)
            {
                series.Add(pair.Key, new Series(next));
            }
        }
        return new FxRates(series);
    }

    /// <summary>The latest rate on or before a day; null when there is none. A currency is worth one of itself on any day.</summary>
    public FxRate? AsOf(Currency from, Currency to, DateOnly day)
    {
        if (from == to)
        {
            return new FxRate(from, to, day, 1m);
        }
        if (!_series.TryGetValue((from, to), out var series))
        {
            return null;
        }
        var after = series.FirstFrom(day, strictly: true);
        return after == 0 ? null : series.Rates[after - 1];
    }

    /// <summary>
    /// The mean of the rates dated in the days from <paramref name="first"/> (included) to <paramref name="end"/> (not included), each counting
    /// once, rounded half to even at <paramref name="decimals"/>; null when none is dated in them.
    /// </summary>
    public (decimal Rate, int Count)? Average(Currency from, Currency to, DateOnly first, DateOnly end, int decimals)
    {
        if (from == to)
        {
            return (1m, 1);
        }
        if (!_series.TryGetValue((from, to), out var series))
        {
            return null;
        }
        var (low, high) = (series.FirstFrom(first, strictly: false), series.FirstFrom(end, strictly: false));
        return high <= low ? null : (Exact.RatioAt(series.Sums[high] - series.Sums[low], 1m, high - low, decimals), high - low);
    }

    private static FxRefusal? Check(FxRate[] dated)
    {
        for (var i = 0; i < dated.Length; i++)
        {
            var (from, to, day, rate) = dated[i];
            if (!IsRate(rate))
            {
                return new FxRefusal("fx_rate_out_of_range", $"{from} to {to} on {day:O}: {rate} is not above 0, below a billion, with at most {MaxDecimals} decimals.");
            }
            if (from == to)
            {
                return new FxRefusal("fx_rate_out_of_range", $"{from} needs no rate to itself: it is 1.");
            }
            if (i > 0 && dated[i - 1].Day == day)
            {
                return new FxRefusal("fx_rate_twice", $"{from} to {to} has two rates on {day:O}.");
            }
        }
        return null;
    }

    /// <summary>Above 0 and below a billion, with at most <see cref="MaxDecimals"/> decimals.</summary>
    public static bool IsRate(decimal rate) => rate > Least && rate < TooMuch && decimal.Round(rate, MaxDecimals) == rate;

    /// <summary>Rates in order of their days, and the sums of all before each, which are exact: a billion days of them fit.</summary>
    private sealed class Series
    {
        public Series(FxRate[] rates)
        {
            Rates = rates;
            Sums = new decimal[rates.Length + 1];
            for (var i = 0; i < rates.Length; i++)
            {
                Sums[i + 1] = Sums[i] + rates[i].Rate;
            }
        }

        public FxRate[] Rates { get; }

        public decimal[] Sums { get; }

        /// <summary>The index of the first rate on or after a day; <paramref name="strictly"/>: after it.</summary>
        public int FirstFrom(DateOnly day, bool strictly)
        {
            var (low, high) = (0, Rates.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (Rates[middle].Day < day || (strictly && Rates[middle].Day == day))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            return low;
        }
    }
}
