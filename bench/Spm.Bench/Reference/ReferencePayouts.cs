using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;
using Spm.Compensation.Population;
using Spm.Compensation.Quotas;

namespace Spm.Bench.Reference;

/// <summary>From the cube through the engine to the rows of the output, payee by payee.</summary>
internal sealed class ReferencePayouts(MeasurementCube cube, ReferenceData data, QuotaBook[] quotas, PlanRules plan, ReferenceRow[] rows)
{
    public static readonly FiscalYear Year = FiscalYearPattern.Gregorian("2025", new DateOnly(2025, 1, 1));

    private readonly PlanPaying[] _plans = [.. Enumerable.Repeat(new PlanPaying(plan, plan.Versions[0]), ReferenceSize.Months)];

    /// <summary>Decimals of c1 (1/100 cent), c2 (1/100 unit) and c3 (1e-4 cent) as the output writes them.</summary>
    private static readonly int[] OutputScales = [4, 2, 6];

    /// <summary>What turns one unit of the cube into units of the output; the cube is never the finer one.</summary>
    private readonly long[] _toOutput = [.. OutputScales.Select((scale, k) => Power(scale - cube.Scale(k)))];

    /// <summary>Payees <c>[from, to)</c>; disjoint ranges may be calculated at the same time.</summary>
    public void Calculate(int from, int to)
    {
        var rep = new RepProfile("payee");
        var year = new RepYear(new RepYearInputs(Year, rep, _plans, QuotaBook.Empty));
        for (var payee = from; payee < to; payee++)
        {
            PlanPopulation.Load(year, new RepYearInputs(Year, rep, _plans, quotas[payee]), cube, payee);
            year.Calculate();
            Write(payee, year);
        }
    }

    public static QuotaBook[] Quotas(ReferenceData data) => [.. Enumerable.Range(0, data.Size.Payees).Select(payee => new QuotaBook(
        Enumerable.Range(0, ReferenceSize.Months * 3).ToDictionary(
            i => (i % 3, Year.Months[i / 3].Id), i => (decimal)data.Quotas[(payee * ReferenceSize.Months * 3) + i])))];

    private void Write(int payee, RepYear year)
    {
        Span<long> toDate = stackalloc long[3];
        Span<long> quota = stackalloc long[3];
        var state = year.States[0];
        var paid = new YearToDate();
        for (var month = 0; month < year.Months; month++)
        {
            var sums = cube.Of(payee, month);
            for (var k = 0; k < 3; k++)
            {
                toDate[k] += sums[k] * _toOutput[k];
                quota[k] += data.Quotas[(((payee * ReferenceSize.Months) + month) * 3) + k];
            }
            var payout = paid.Pay(state.Figures(month, 0).Incentive + state.Figures(month, 1).Incentive + state.Figures(month, 2).Incentive, plan.Currency);
            rows[(payee * ReferenceSize.Months) + month] = new(
                sums[0] * _toOutput[0], sums[1] * _toOutput[1], sums[2] * _toOutput[2],
                toDate[0] / quota[0], 100 * toDate[1] / quota[1], toDate[2] / (100 * quota[2]),
                (long)(paid.Due * 100_000_000m), payout);
        }
    }

    private static long Power(int exponent) => exponent switch
    {
        < 0 => throw new InvalidOperationException("The cube is finer than the output."),
        0 => 1,
        _ => checked(10 * Power(exponent - 1)),
    };
}
