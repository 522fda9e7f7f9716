using System.Numerics;

namespace Spm.Compensation.Exactness;

/// <summary>
/// Products and quotients that a decimal alone would round without saying so: it holds 28 digits, and the product of two amounts may
/// have more. Products here are exact whatever their length; a quotient is rounded once, at its end, half to even.
/// </summary>
public static class Exact
{
    private const int MaxScale = 28;

    private static readonly BigInteger MaxMantissa = (BigInteger.One << 96) - 1;

    /// <summary><c>amount × part / whole</c> to as many digits as a decimal holds. Throws where <paramref name="whole"/> is zero or the result too large.</summary>
    public static decimal Ratio(decimal amount, decimal part, decimal whole)
    {
        if (part == whole && whole != 0m)
        {
            return amount;
        }
        if (FitsAsItIs(amount, part))
        {
            return amount * part / whole;
        }
        var (numerator, denominator) = Fraction(amount, part, whole);
        for (var scale = MaxScale; scale >= 0; scale--)
        {
            var quotient = Round(numerator, denominator, scale);
            if (BigInteger.Abs(quotient) <= MaxMantissa)
            {
                return ToDecimal(quotient, scale);
            }
        }
        throw new OverflowException($"{amount} x {part} / {whole} is larger than any amount.");
    }

    /// <summary><c>amount × percent / 100</c>.</summary>
    public static decimal Percent(decimal amount, decimal percent) => Ratio(amount, percent, 100m);

    /// <summary><c>amount × part / whole</c>, rounded once, half to even, at a number of decimals (0 to 28).</summary>
    public static decimal RatioAt(decimal amount, decimal part, decimal whole, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MaxScale);
        var (numerator, denominator) = Fraction(amount, part, whole);
        var quotient = Round(numerator, denominator, decimals);
        return BigInteger.Abs(quotient) <= MaxMantissa
            ? ToDecimal(quotient, decimals)
            : throw new OverflowException($"{amount} x {part} / {whole} does not fit with {decimals} decimals.");
    }

    /// <summary>False when the exact product has more digits than a decimal holds.</summary>
    public static bool TryProduct(decimal left, decimal right, out decimal product)
    {
        product = 0m;
        if (FitsAsItIs(left, right))
        {
            product = left * right;
            return true;
        }
        var (mantissa, scale) = (Mantissa(left) * Mantissa(right), left.Scale + right.Scale);
        while (scale > MaxScale || (scale > 0 && BigInteger.Abs(mantissa) > MaxMantissa))
        {
            mantissa = BigInteger.DivRem(mantissa, 10, out var lost);
            scale--;
            if (!lost.IsZero)
            {
                return false;
            }
        }
        if (BigInteger.Abs(mantissa) > MaxMantissa)
        {
            return false;
        }
        product = ToDecimal(mantissa, scale);
        return true;
    }

    /// <summary>Whether the processor of decimals has room for every digit of the product.</summary>
    private static bool FitsAsItIs(decimal left, decimal right) =>
        left.Scale + right.Scale <= MaxScale && Bits(left) + Bits(right) <= 96;

    private static int Bits(decimal value) => (int)(128 - UInt128.LeadingZeroCount(Size(value)));

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(decimal amount, decimal part, decimal whole)
    {
        if (whole == 0m)
        {
            throw new DivideByZeroException($"{amount} x {part} cannot be divided by a whole of zero.");
        }
        var numerator = Mantissa(amount) * Mantissa(part) * BigInteger.Pow(10, whole.Scale);
        var denominator = Mantissa(whole) * BigInteger.Pow(10, amount.Scale + part.Scale);
        return denominator.Sign < 0 ? (-numerator, -denominator) : (numerator, denominator);
    }

    private static BigInteger Round(BigInteger numerator, BigInteger denominator, int scale)
    {
        var quotient = BigInteger.DivRem(numerator * BigInteger.Pow(10, scale), denominator, out var rest);
        var over = (BigInteger.Abs(rest) * 2).CompareTo(denominator);
        return over > 0 || (over == 0 && !quotient.IsEven) ? quotient + numerator.Sign : quotient;
    }

    private static UInt128 Size(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    internal static BigInteger Mantissa(decimal value) => decimal.IsNegative(value) ? -(BigInteger)Size(value) : (BigInteger)Size(value);

    private static decimal ToDecimal(BigInteger mantissa, int scale)
    {
        var size = (UInt128)BigInteger.Abs(mantissa);
        return new decimal((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), mantissa.Sign < 0, (byte)scale);
    }
}
