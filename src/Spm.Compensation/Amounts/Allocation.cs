namespace Spm.Compensation.Amounts;

/// <summary>
/// Cuts a whole number of units into parts that sum to it (largest remainder). Units left over after every part
/// has been rounded down go one each to the largest fractions; equal fractions are served in the order of the parts.
/// The result is the same for the same parts in the same order, and negating the total negates every part.
/// </summary>
public static class Allocation
{
    /// <summary>Shares in millionths that sum to 1,000,000.</summary>
    public static void ByShare(long total, ReadOnlySpan<int> millionths, Span<long> parts)
    {
        long shareSum = 0;
        foreach (var share in millionths)
        {
            shareSum += share;
        }
        if (shareSum != Share.Whole)
        {
            throw new ArgumentException($"Shares sum to {shareSum} millionths, not {Share.Whole}.", nameof(millionths));
        }
        var sign = Math.Sign(total);
        var size = Int128.Abs(total);
        Span<long> remainders = millionths.Length <= 64 ? stackalloc long[millionths.Length] : new long[millionths.Length];
        var given = Int128.Zero;
        for (var i = 0; i < millionths.Length; i++)
        {
            var exact = size * millionths[i];
            var floor = exact / Share.Whole;
            parts[i] = (long)floor;
            remainders[i] = (long)(exact - floor * Share.Whole);
            given += floor;
        }
        for (var left = (long)(size - given); left > 0; left--)
        {
            parts[TakeLargest(remainders)]++;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] *= sign;
        }
    }

    /// <summary>
    /// Rounds exact parts to whole units that sum to <paramref name="total"/>. Every part is rounded down; units then missing go
    /// one each to the largest fractions, units too many are taken one each from the smallest. Equal fractions are served in the
    /// order of the parts, and a part that is exactly zero stays zero while another can take the unit.
    /// </summary>
    public static void ToTotal(long total, ReadOnlySpan<decimal> exact, Span<long> parts)
    {
        var order = new int[exact.Length];
        var fractions = new decimal[exact.Length];
        long given = 0;
        for (var i = 0; i < exact.Length; i++)
        {
            var floor = decimal.Floor(exact[i]);
            parts[i] = (long)floor;
            given += parts[i];
            order[i] = i;
            fractions[i] = exact[i] == 0m ? -1m : exact[i] - floor;
        }
        var left = total - given;
        if (left == 0)
        {
            return;
        }
        if (exact.Length == 0)
        {
            throw new ArgumentException($"{total} cannot be cut into no parts.", nameof(exact));
        }
        var taken = fractions.Any(f => f >= 0m) ? Array.FindAll(order, i => fractions[i] >= 0m) : order;
        Array.Sort(taken, (a, b) => fractions[a] != fractions[b]
            ? (left > 0 ? fractions[b].CompareTo(fractions[a]) : fractions[a].CompareTo(fractions[b]))
            : a.CompareTo(b));
        var step = Math.Sign(left);
        for (var i = 0; left != 0; i++, left -= step)
        {
            parts[taken[i % taken.Length]] += step;
        }
    }

    private static int TakeLargest(Span<long> remainders)
    {
        var largest = 0;
        for (var i = 1; i < remainders.Length; i++)
        {
            if (remainders[i] > remainders[largest])
            {
                largest = i;
            }
        }
        remainders[largest] = -1;
        return largest;
    }
}
