namespace Spm.Compensation.Amounts;

/// <summary>
/// The rounding rules of the platform, all of them.
/// <list type="number">
/// <item>Money is rounded once, when a payout is calculated: half to even, at the currency's minor unit.</item>
/// <item>Shares of a whole are cut by <see cref="Allocation"/>, so that the parts sum to the whole.</item>
/// <item>An attainment is shown at four decimals of a percent, half to even; no later figure is calculated from the shown one.</item>
/// </list>
/// </summary>
public static class Rounding
{
    public static decimal ToMinorDigits(decimal amount, Currency currency) =>
        decimal.Round(amount, currency.MinorDigits, MidpointRounding.ToEven);

    /// <summary>Whole minor units, half to even.</summary>
    public static long ToMinorUnits(decimal amount, Currency currency) => new Money(ToMinorDigits(amount, currency), currency).ToMinor();

    /// <summary>Percent at four decimals: 80.6596 means 80.6596 %.</summary>
    public static decimal Percent(decimal fraction) => decimal.Round(fraction * 100m, 4, MidpointRounding.ToEven);
}
