namespace Spm.Compensation.Amounts;

/// <summary>
/// Amounts, quantities and margins of transactions are kept as whole ten-thousandths in a <see cref="long"/>:
/// four decimals cover every minor unit and the unit prices that sources send, sums are exact and cheap,
/// and 922 trillion is more than any company credits.
/// </summary>
public static class TenThousandths
{
    public const long One = 10_000;

    /// <summary>The largest amount, in whole units.</summary>
    private const long Most = 900_000_000_000_000;

    /// <summary>False when the value has more than four decimals or does not fit.</summary>
    public static bool TryFrom(decimal value, out long scaled)
    {
        scaled = 0;
        if (value is > Most or < -Most)
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
        TryFrom(value, out var scaled)
            ? scaled
            : throw new ArgumentOutOfRangeException(nameof(value), value, "More than four decimals, or too large.");

    /// <summary>An amount at a rate of at most ten decimals, rounded half to even at a ten-thousandth. False when it does not fit.</summary>
    /// <param name="rate">Below a billion either way, so that the exact product fits into 128 bits.</param>
    public static bool TryAt(long scaled, decimal rate, out long converted)
    {
        const long rateUnit = 10_000_000_000;
        var exact = scaled * (Int128)(rate * rateUnit);
        var (quotient, remainder) = Int128.DivRem(exact, rateUnit);
        var twice = Int128.Abs(remainder) * 2;
        if (twice > rateUnit || (twice == rateUnit && Int128.IsOddInteger(quotient)))
        {
            quotient += exact < 0 ? -1 : 1;
        }
        var fits = Int128.Abs(quotient) <= (Int128)Most * One;
        converted = fits ? (long)quotient : 0;
        return fits;
    }

    /// <summary>Without trailing zeros: 25,000 is 2.5. The same as a division by 10,000 and several times as fast.</summary>
    public static decimal ToDecimal(long scaled)
    {
        byte scale = 4;
        while (scale > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            scale--;
        }
        var size = scaled < 0 ? 0UL - (ulong)scaled : (ulong)scaled;
        return new decimal((int)size, (int)(size >> 32), 0, scaled < 0, scale);
    }
}
