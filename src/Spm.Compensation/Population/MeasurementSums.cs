namespace Spm.Compensation.Population;

/// <summary>
/// What one worker has summed so far: one array of [code, period, measure] for each grouping of the calculation. Not shared between
/// threads; the parts of all workers together make the cube.
/// </summary>
public sealed class MeasurementSums
{
    private Int128 _reach;

    internal MeasurementSums(int[] sizes, int stride)
    {
        Groups = [.. sizes.Select(s => new long[s])];
        Values = new long[PopulationCalculation.BlockRows * stride];
        Periods = new int[PopulationCalculation.BlockRows];
    }

    internal long[][] Groups { get; }

    /// <summary>The measures of the block at hand, row by row.</summary>
    internal long[] Values { get; }

    /// <summary>The periods of the block at hand.</summary>
    internal int[] Periods { get; }

    /// <summary>
    /// Whether no sum can leave 64 bits by the rows at hand: even if every row so far had gone into one cell with the largest value of its block.
    /// </summary>
    internal bool HasRoomFor(int rows)
    {
        long largest = 0, smallest = 0;
        foreach (var value in Values)
        {
            largest = Math.Max(largest, value);
            smallest = Math.Min(smallest, value);
        }
        _reach += Int128.Max(largest, -(Int128)smallest) * rows;
        return _reach <= long.MaxValue;
    }

    /// <summary>Back to nothing summed, to be used again without new arrays.</summary>
    public void Clear()
    {
        _reach = 0;
        foreach (var group in Groups)
        {
            Array.Clear(group);
        }
    }

    /// <summary>The parts added up; every addition is checked.</summary>
    internal static long[] Total(IReadOnlyList<MeasurementSums> parts, int group)
    {
        var total = (long[])parts[0].Groups[group].Clone();
        foreach (var part in parts.Skip(1))
        {
            var sums = part.Groups[group];
            for (var i = 0; i < total.Length; i++)
            {
                total[i] = checked(total[i] + sums[i]);
            }
        }
        return total;
    }
}
