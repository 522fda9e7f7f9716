namespace Spm.Samples.Quickstart;

/// <summary>
/// Chance that repeats itself: SplitMix64, whose sequence is fixed by its definition and not by a runtime's version.
/// </summary>
internal sealed class CompanyDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>In [0, <paramref name="count"/>).</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>Both ends included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index, each as likely as its weight says.</summary>
    public int PickWeighted(IReadOnlyList<double> weights)
    {
        var left = Unit() * weights.Sum();
        for (var i = 0; i < weights.Count - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Count - 1;
    }

    /// <summary>Log-normal, cut at <paramref name="most"/>: many small deals, a few that make the quarter. In whole cents.</summary>
    public decimal LongTail(decimal median, double spread, decimal most)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
        return Math.Min(decimal.Round(median * (decimal)Math.Exp(spread * normal), 2), most);
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
