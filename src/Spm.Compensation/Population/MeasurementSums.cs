namespace Spm.Compensation.Population;

/// <summary>
/// What one worker has summed so far: one array of [code, period, measure] for each grouping of the calculation. Not shared between
/// threads; the parts of all workers together make the cube.
/// </summary>
public sealed class MeasurementSums
{
    internal MeasurementSums(int[] sizes, int measures)
    {
        Groups = [.. sizes.Select(s => new long[s])];
        Values = new long[PopulationCalculation.BlockRows * measures];
        Periods = new int[PopulationCalculation.BlockRows];
    }

    internal long[][] Groups { get; }

    /// <summary>The measures of the block at hand, row by row.</summary>
    internal long[] Values { get; }

    /// <summary>The periods of the block at hand.</summary>
    internal int[] Periods { get; }

    /// <summary>Back to nothing summed, to be used again without new arrays.</summary>
    public void Clear()
    {
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
