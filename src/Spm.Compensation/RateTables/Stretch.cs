namespace Spm.Compensation.RateTables;

/// <summary>
/// The part of the attainment span's measured value that is being paid: (From, To]. From is 0 when what is measured and what sets
/// the rate are the same span. To lies below From when refunds outweigh sales.
/// </summary>
/// <param name="From">What had been measured before, in units of the measure.</param>
/// <param name="To">What is measured to date, in units of the measure.</param>
/// <param name="Quota">Of the attainment span, above zero; null when the table needs none.</param>
/// <param name="TargetIncentive">Of the attainment span, in units of the currency, zero or more; null when it is not given.</param>
public readonly record struct Stretch(decimal From, decimal To, decimal? Quota, decimal? TargetIncentive);

/// <summary>What the edges of the tiers are told in.</summary>
public enum RateBasis : byte
{
    /// <summary>Percent of quota.</summary>
    Attainment,

    /// <summary>Units of the measure.</summary>
    Amount,
}

/// <summary>What the rate of a tier is. The measured value is called the value; a band is its part in one tier.</summary>
public enum RateYield : byte
{
    /// <summary>Percent of the value, which is money: <c>earned = value × rate / 100</c>.</summary>
    Percent,

    /// <summary>
    /// Units of the currency, which do not grow with the value. Step: every tier reached adds its amount once. Flat: the amount of
    /// the tier reached. Interpolated: grows across the tier.
    /// </summary>
    Amount,

    /// <summary>Units of the currency for one unit of the measure: <c>earned = value × rate</c>.</summary>
    PerUnit,

    /// <summary>Multiplies the target incentive by the attained part of quota: <c>earned = target incentive × value / quota × rate</c>.</summary>
    TargetMultiplier,
}
