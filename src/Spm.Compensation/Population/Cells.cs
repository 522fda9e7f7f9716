using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Spm.Compensation.Population;

/// <summary>
/// Sums of several measures side by side, a cell for each code and period. Most of the time of summing millions of rows is spent here, so cells are
/// as wide as the registers that add them.
/// </summary>
internal static class Cells
{
    /// <summary>From one cell to the next: a few unused numbers make each cell whole registers, which do not lie across two lines of the cache.</summary>
    public static int StrideOf(int measures) =>
        measures <= 2 ? measures : (measures + Vector256<long>.Count - 1) / Vector256<long>.Count * Vector256<long>.Count;

    /// <summary>Adds each row's measures to the cell of its code and period; a row outside the periods is passed over.</summary>
    /// <param name="isSafe">No sum can leave 64 bits by it. Else every addition is checked.</param>
    public static void Add(long[] sums, ReadOnlySpan<int> codes, ReadOnlySpan<int> periods, int periodCount, ReadOnlySpan<long> values, int stride, bool isSafe)
    {
        if (isSafe && stride == Vector256<long>.Count)
        {
            AddRegisters(sums, codes, periods, periodCount, values);
            return;
        }
        for (var i = 0; i < codes.Length; i++)
        {
            if (periods[i] >= 0)
            {
                var cell = sums.AsSpan(((codes[i] * periodCount) + periods[i]) * stride, stride);
                var value = values.Slice(i * stride, stride);
                for (var k = 0; k < cell.Length; k++)
                {
                    cell[k] = checked(cell[k] + value[k]);
                }
            }
        }
    }

    private static void AddRegisters(long[] sums, ReadOnlySpan<int> codes, ReadOnlySpan<int> periods, int periodCount, ReadOnlySpan<long> values)
    {
        var cells = MemoryMarshal.Cast<long, Vector256<long>>(sums.AsSpan());
        var rows = MemoryMarshal.Cast<long, Vector256<long>>(values)[..codes.Length];
        periods = periods[..codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            var period = periods[i];
            if (period >= 0)
            {
                cells[(codes[i] * periodCount) + period] += rows[i];
            }
        }
    }
}
