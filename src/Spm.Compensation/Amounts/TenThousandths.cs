namespace Spm.Compensation.Amounts;

/// <summary>
/// Amounts, quantities and margins of transactions are kept as whole ten-thousandths in a <see cref="long"/>:
/// four decimals cover every minor unit and the unit prices that sources send, sums are exact and cheap,
/// and 922 trillion is more than any company credits.
/// </summary>
public static class TenThousandths
{
    public const long One = 10_000;

    /// <summary>False when the value has more than four decimals or does not fit.</summary>
    public static bool TryFrom(decimal value, out long scaled)
    {
        scaled = 0;
        if (value is > 900_000_000_000_000m or < -900_000_000_000_000m)
        {
            return false;
        }
        var exact = value * One;
        if (exact != decimal.Truncate(exact))
        {
            return false;
        }
        scaled = (long)exact;
        return true;
    }

    public static long From(decimal value) =>
        TryFrom(value, out var scaled) ? scaled : throw new ArgumentOutOfRangeException(nameof(value), value, "More than four decimals, or too large.");

    public static decimal ToDecimal(long scaled) => scaled / 10_000m;
}
