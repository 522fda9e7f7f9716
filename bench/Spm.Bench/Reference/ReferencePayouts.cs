using Spm.Compensation.Population;

namespace Spm.Bench.Reference;

/// <summary>From the cube to the rows of the output, payee by payee.</summary>
internal sealed class ReferencePayouts(MeasurementCube cube, ReferenceData data, IRepYearEvaluator evaluator, ReferenceRow[] rows)
{
    private const int Width = ReferenceSize.Months * 3;

    /// <summary>Decimals of c1 (1/100 cent), c2 (1/100 unit) and c3 (1e-4 cent) as the output writes them.</summary>
    private static readonly int[] OutputScales = [4, 2, 6];

    /// <summary>What turns one unit of the cube into units of the output; the cube is never the finer one.</summary>
    private readonly long[] _toOutput = [.. OutputScales.Select((scale, k) => Power(scale - cube.Scale(k)))];

    /// <summary>Payees <c>[from, to)</c>; disjoint ranges may be calculated at the same time.</summary>
    public void Calculate(int from, int to)
    {
        Span<decimal> measurements = stackalloc decimal[Width];
        Span<decimal> quotas = stackalloc decimal[Width];
        Span<RepMonth> months = stackalloc RepMonth[ReferenceSize.Months];
        for (var payee = from; payee < to; payee++)
        {
            for (var i = 0; i < Width; i++)
            {
                measurements[i] = cube.Measurement(payee, i / 3, i % 3);
                quotas[i] = data.Quotas[(payee * Width) + i];
            }
            evaluator.Evaluate(measurements, quotas, months);
            Write(payee, months);
        }
    }

    private void Write(int payee, ReadOnlySpan<RepMonth> months)
    {
        Span<long> toDate = stackalloc long[3];
        Span<long> quota = stackalloc long[3];
        for (var month = 0; month < months.Length; month++)
        {
            var sums = cube.Of(payee, month);
            for (var k = 0; k < 3; k++)
            {
                toDate[k] += sums[k] * _toOutput[k];
                quota[k] += data.Quotas[(payee * Width) + (month * 3) + k];
            }
            rows[(payee * ReferenceSize.Months) + month] = new(
                sums[0] * _toOutput[0], sums[1] * _toOutput[1], sums[2] * _toOutput[2],
                toDate[0] / quota[0], 100 * toDate[1] / quota[1], toDate[2] / (100 * quota[2]),
                (long)(months[month].EarnedToDate * 100_000_000m), (long)(months[month].Payout * 100m));
        }
    }

    private static long Power(int exponent) => exponent switch
    {
        < 0 => throw new InvalidOperationException("The cube is finer than the output."),
        0 => 1,
        _ => checked(10 * Power(exponent - 1)),
    };
}
