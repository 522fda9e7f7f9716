using System.Numerics;

namespace Spm.Compensation.Amounts;

/// <summary>
/// Cuts a whole number of units into parts that sum to it (largest remainder). Units left over after every part
/// has been rounded down go one each to the largest fractions; equal fractions are served in the order of the parts.
/// The result is the same for the same parts in the same order.
/// </summary>
public static class Allocation
{
    private const int OnStack = 64;

    /// <summary>By shares in millionths, none negative, that sum to 1,000,000. Negating the total negates every part.</summary>
    public static void ByShare(long total, ReadOnlySpan<int> millionths, Span<long> parts)
    {
        Check(millionths, parts);
        var sign = Math.Sign(total);
        var size = Int128.Abs(total);
        Span<int> remainders = millionths.Length <= OnStack ? stackalloc int[millionths.Length] : new int[millionths.Length];
        var left = size;
        for (var i = 0; i < millionths.Length; i++)
        {
            var (floor, remainder) = Int128.DivRem(size * millionths[i], Share.Whole);
            parts[i] = checked((long)floor);
            remainders[i] = (int)remainder;
            left -= floor;
        }
        for (; left > 0; left--)
        {
            var largest = Largest(remainders);
            remainders[largest] = -1;
            parts[largest]++;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] *= sign;
        }
    }

    /// <summary>In proportion to weights, none negative and not all zero. Nothing is rounded before the end, whatever the digits of the weights.</summary>
    public static void ByWeight(long total, ReadOnlySpan<decimal> weights, Span<long> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var scale = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            scale = Math.Max(scale, weight.Scale);
        }
        var (whole, sizes) = (BigInteger.Zero, new BigInteger[weights.Length]);
        for (var i = 0; i < weights.Length; i++)
        {
            sizes[i] = Exactness.Exact.Mantissa(weights[i]) * BigInteger.Pow(10, scale - weights[i].Scale);
            whole += sizes[i];
        }
        var (left, remainders) = (total, sizes);
        for (var i = 0; i < weights.Length; i++)
        {
            parts[i] = (long)BigInteger.DivRem(total * sizes[i], whole, out remainders[i]);
            left -= parts[i];
        }
        foreach (var next in Enumerable.Range(0, weights.Length).OrderByDescending(i => remainders[i]).Take((int)left))
        {
            parts[next]++;
        }
    }

    /// <summary>
    /// Rounds exact parts to whole units that sum to <paramref name="total"/>. Every part is rounded down; units then missing go
    /// one each to the largest fractions, units too many are taken one each from the smallest. Equal fractions are served in the
    /// order of the parts, and a part that is exactly zero stays zero while another can take the unit.
    /// </summary>
    public static void ToTotal(long total, ReadOnlySpan<decimal> exact, Span<long> parts)
    {
        var left = total;
        for (var i = 0; i < exact.Length; i++)
        {
            parts[i] = (long)decimal.Floor(exact[i]);
            left = checked(left - parts[i]);
        }
        if (left != 0)
        {
            Serve(left, exact, parts);
        }
    }

    private static void Serve(long left, ReadOnlySpan<decimal> exact, Span<long> parts)
    {
        if (exact.Length == 0)
        {
            throw new ArgumentException($"{left} units cannot be cut into no parts.", nameof(exact));
        }
        Span<decimal> fractions = exact.Length <= OnStack ? stackalloc decimal[exact.Length] : new decimal[exact.Length];
        Span<bool> takes = exact.Length <= OnStack ? stackalloc bool[exact.Length] : new bool[exact.Length];
        var takers = 0;
        for (var i = 0; i < exact.Length; i++)
        {
            fractions[i] = exact[i] - decimal.Floor(exact[i]);
            takes[i] = exact[i] != 0m;
            takers += takes[i] ? 1 : 0;
        }
        if (takers == 0)
        {
            takes.Fill(true);
            takers = exact.Length;
        }
        // Parts that nearly sum to the total, which is the rule, leave less than one whole round.
        var (rounds, rest) = Math.DivRem(left, takers);
        for (var i = 0; rounds != 0 && i < exact.Length; i++)
        {
            parts[i] += takes[i] ? rounds : 0;
        }
        for (var step = Math.Sign(rest); rest != 0; rest -= step)
        {
            var next = Next(fractions, takes, largest: step > 0);
            takes[next] = false;
            parts[next] += step;
        }
    }

    /// <summary>The first among those that still take with the largest fraction, or with the smallest.</summary>
    private static int Next(ReadOnlySpan<decimal> fractions, ReadOnlySpan<bool> takes, bool largest)
    {
        var next = -1;
        for (var i = 0; i < fractions.Length; i++)
        {
            if (takes[i] && (next < 0 || (largest ? fractions[i] > fractions[next] : fractions[i] < fractions[next])))
            {
                next = i;
            }
        }
        return next;
    }

    private static void Check(ReadOnlySpan<int> millionths, Span<long> parts)
    {
        if (parts.Length != millionths.Length)
        {
            throw new ArgumentException($"{millionths.Length} shares cannot fill {parts.Length} parts.", nameof(parts));
        }
        long sum = 0;
        foreach (var share in millionths)
        {
            sum += share >= 0 ? share : throw new ArgumentException($"A share of {share} millionths is negative.", nameof(millionths));
        }
        if (sum != Share.Whole)
        {
            throw new ArgumentException($"Shares sum to {sum} millionths, not {Share.Whole}.", nameof(millionths));
        }
    }

    private static int Largest(ReadOnlySpan<int> remainders)
    {
        var largest = 0;
        for (var i = 1; i < remainders.Length; i++)
        {
            if (remainders[i] > remainders[largest])
            {
                largest = i;
            }
        }
        return largest;
    }
}
