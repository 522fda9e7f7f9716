namespace Spm.Compensation.RateTables;

/// <summary>
/// Turns credited amounts into earnings. Each mode is one folder below this one. A tier is half-open, [from, to): a value on an
/// edge belongs to the higher tier. A table without a first tier at 0, with gaps, overlaps or an end cannot be constructed.
/// </summary>
public abstract record RateTable
{
    /// <summary>The mode's name in plan documents: "step", "flat", …</summary>
    public abstract string Mode { get; }

    /// <summary>
    /// What <paramref name="credited"/> earns against <paramref name="quota"/> (above zero), exact and unrounded.
    /// A net negative amount earns the first tier's rate on the negative amount, so that a refund takes back what its sale earned.
    /// </summary>
    /// <param name="bands">Receives the amount, rate and earning of each tier touched, for explanations; may be null.</param>
    public abstract decimal Earn(decimal credited, decimal quota, ICollection<Band>? bands = null);
}

/// <summary>One tier's part in an earning. From and to are percent of quota; <c>Earned = Amount * Rate / 100</c>.</summary>
public readonly record struct Band(decimal From, decimal? To, decimal Rate, decimal Amount, decimal Earned);

/// <summary>From and to in percent of quota, rate in percent of the credited amount.</summary>
public readonly record struct Tier(decimal From, decimal? To, decimal Rate);
