using System.Globalization;
using System.Numerics;

namespace Spm.Compensation.Quotas;

/// <summary>
/// An exact ratio in lowest terms with a denominator above zero; <c>default</c> is zero. 17/31 of a quota has no end as a decimal
/// number: it stays a fraction until somebody is paid or shown a figure, so that the parts of a quota sum to the quota and a tier's
/// edge is met exactly. Ordered and equal by value: 1/2 is 2/4.
/// </summary>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    public static readonly Fraction Zero;

    public static readonly Fraction One = 1m;

    private static readonly BigInteger MostInDecimal = new(decimal.MaxValue);

    // Zero in default(Fraction), which nobody constructed.
    private readonly BigInteger _denominator;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException($"{numerator} is divided by zero.");
        }
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / common;
        _denominator = denominator / common;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public int Sign => Numerator.Sign;

    public static implicit operator Fraction(decimal value) => FromDecimal(value);

    public static Fraction operator +(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);

    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    /// <summary>Exact, whatever the decimal.</summary>
    public static Fraction FromDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new Fraction(decimal.IsNegative(value) ? -digits : digits, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>50 is one half.</summary>
    public static Fraction FromPercent(decimal percent) => FromDecimal(percent) / 100m;

    public static Fraction Min(Fraction a, Fraction b) => a <= b ? a : b;

    public static Fraction Max(Fraction a, Fraction b) => a >= b ? a : b;

    /// <summary>The only division: exact where the digits end within a decimal's 28, else the nearest one, half to even.</summary>
    /// <exception cref="OverflowException">Larger than a decimal can be.</exception>
    public decimal ToDecimal()
    {
        if (BigInteger.Abs(Numerator) <= MostInDecimal && Denominator <= MostInDecimal)
        {
            return (decimal)Numerator / (decimal)Denominator;
        }
        for (var decimals = 28; decimals > 0; decimals--)
        {
            var scaled = Round(this * new Fraction(BigInteger.Pow(10, decimals), 1));
            if (BigInteger.Abs(scaled) <= MostInDecimal)
            {
                return (decimal)scaled / (decimal)BigInteger.Pow(10, decimals);
            }
        }
        return (decimal)Round(this);
    }

    /// <summary>The nearest figure with so many decimals, half to even.</summary>
    public Fraction Rounded(int decimals)
    {
        var unit = BigInteger.Pow(10, decimals);
        return new Fraction(Round(this * new Fraction(unit, 1)), unit);
    }

    /// <summary>The largest whole number that is not above the fraction.</summary>
    public BigInteger Floor()
    {
        var (whole, rest) = BigInteger.DivRem(Numerator, Denominator);
        return rest.Sign < 0 ? whole - 1 : whole;
    }

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Fraction other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public override string ToString() =>
        Denominator.IsOne
            ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static BigInteger Round(Fraction value)
    {
        var floor = value.Floor();
        var twice = (value.Numerator - floor * value.Denominator) * 2;
        var up = twice > value.Denominator || (twice == value.Denominator && !floor.IsEven);
        return up ? floor + 1 : floor;
    }
}
