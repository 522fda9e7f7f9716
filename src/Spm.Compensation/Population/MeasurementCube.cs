namespace Spm.Compensation.Population;

/// <summary>
/// Measurements of a whole population: sums of credits by payee, period and measure, as whole 10^-scale units of the measure's own
/// scale. Every payee has every period; one without credits measures 0, because nothing was credited.
/// </summary>
public sealed class MeasurementCube
{
    private readonly long[] _sums;
    private readonly int[] _scales;

    internal MeasurementCube(int payees, int periods, IReadOnlyList<PopulationMeasure> measures, int[] scales, long[] sums)
    {
        (Payees, Periods, Measures) = (payees, periods, measures);
        (_scales, _sums) = (scales, sums);
    }

    public int Payees { get; }

    public int Periods { get; }

    public IReadOnlyList<PopulationMeasure> Measures { get; }

    /// <summary>In units of 10^-<see cref="Scale"/> of the measure.</summary>
    public long this[int payee, int period, int measure] => Of(payee, period)[measure];

    /// <summary>All measures of one payee and period, in the order of <see cref="Measures"/>.</summary>
    public ReadOnlySpan<long> Of(int payee, int period)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)period, (uint)Periods);
        return _sums.AsSpan(((payee * Periods) + period) * Measures.Count, Measures.Count);
    }

    public int Scale(int measure) => _scales[measure];

    /// <summary>In the measure's unit: 12.34, exact.</summary>
    public decimal Measurement(int payee, int period, int measure) => ScaledNumbers.ToDecimal(this[payee, period, measure], _scales[measure]);
}
