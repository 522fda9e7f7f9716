using System.Numerics;

namespace Spm.Compensation.RateTables;

/// <summary>
/// Divides products exactly. A decimal product of more than 28 digits is rounded without a word, and a quotient of it may then fall
/// on the other side of half a cent. So products that may not fit are taken as integers of any length, and the quotient is the
/// only thing that is rounded: to the most digits a decimal holds, half to even.
/// </summary>
internal static class Quotient
{
    private const int MaxScale = 28;

    private static readonly BigInteger Limit = BigInteger.One << 96;

    /// <summary>The product of the factors over the product of the divisors; none of those is 0.</summary>
    public static decimal Of(ReadOnlySpan<decimal> factors, ReadOnlySpan<decimal> divisors)
    {
        if (!Fits(factors) || !Fits(divisors))
        {
            return Wide(factors, divisors);
        }
        var (over, under) = (1m, 1m);
        foreach (var factor in factors)
        {
            over *= factor;
        }
        foreach (var divisor in divisors)
        {
            under *= divisor;
        }
        return over / under;
    }

    /// <summary>True when the product is sure to be exact: lengths of factors add up to at least that of their product.</summary>
    private static bool Fits(ReadOnlySpan<decimal> factors)
    {
        var (bits, scale) = (0, 0);
        Span<int> parts = stackalloc int[4];
        foreach (var factor in factors)
        {
            decimal.GetBits(factor, parts);
            bits += parts[2] != 0 ? 96 - BitOperations.LeadingZeroCount((uint)parts[2])
                : parts[1] != 0 ? 64 - BitOperations.LeadingZeroCount((uint)parts[1])
                : 32 - BitOperations.LeadingZeroCount((uint)parts[0]);
            scale += factor.Scale;
        }
        return bits <= 96 && scale <= MaxScale;
    }

    private static decimal Wide(ReadOnlySpan<decimal> factors, ReadOnlySpan<decimal> divisors)
    {
        var (over, overScale) = Product(factors);
        var (under, underScale) = Product(divisors);
        var negative = over.Sign * under.Sign < 0;
        (over, under) = (BigInteger.Abs(over), BigInteger.Abs(under));
        for (var scale = MaxScale; scale >= 0; scale--)
        {
            var shift = scale - overScale + underScale;
            var (top, bottom) = shift >= 0 ? (over * BigInteger.Pow(10, shift), under) : (over, under * BigInteger.Pow(10, -shift));
            var whole = BigInteger.DivRem(top, bottom, out var rest);
            var half = (rest * 2).CompareTo(bottom);
            whole += half > 0 || (half == 0 && !whole.IsEven) ? 1 : 0;
            if (whole < Limit)
            {
                return Decimal(whole, negative, scale);
            }
        }
        throw new OverflowException("A quotient of amounts is larger than any amount.");
    }

    private static (BigInteger Digits, int Scale) Product(ReadOnlySpan<decimal> factors)
    {
        var (digits, scale) = (BigInteger.One, 0);
        Span<int> parts = stackalloc int[4];
        foreach (var factor in factors)
        {
            decimal.GetBits(factor, parts);
            digits *= new BigInteger(new decimal(parts[0], parts[1], parts[2], factor < 0m, 0));
            scale += factor.Scale;
        }
        return (digits, scale);
    }

    /// <summary>Without trailing zeros, as the division of decimals writes it.</summary>
    private static decimal Decimal(BigInteger digits, bool negative, int scale)
    {
        while (scale > 0 && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }
        var low = (ulong)(digits & ulong.MaxValue);
        return new decimal((int)low, (int)(low >> 32), (int)(uint)(digits >> 64), negative, (byte)scale);
    }
}
