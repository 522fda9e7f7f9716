namespace Spm.Compensation.Population;

/// <summary>Whole numbers of 10^-scale units.</summary>
internal static class ScaledNumbers
{
    /// <summary>10^<paramref name="exponent"/> for 0 to 18; beyond, it does not fit and throws.</summary>
    public static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
        {
            power = checked(power * 10);
        }
        return power;
    }

    /// <summary>12.34 for 1234 at scale 2; exact.</summary>
    public static decimal ToDecimal(long value, int scale)
    {
        var size = value < 0 ? 0UL - (ulong)value : (ulong)value;
        return new decimal((int)size, (int)(size >> 32), 0, value < 0, (byte)scale);
    }
}
