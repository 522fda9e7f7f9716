using Spm.Compensation.RateTables;

namespace Spm.Bench.Reference;

/// <summary>What a rep has earned by the end of a month, exact, and the payout of the month, rounded to cents.</summary>
internal readonly record struct RepMonth(decimal EarnedToDate, decimal Payout);

/// <summary>
/// The place of the component engine: a rep's year from measurements and quotas, both [month, measure] in the measure's unit.
/// Called by several threads at once.
/// </summary>
internal interface IRepYearEvaluator
{
    void Evaluate(ReadOnlySpan<decimal> measurements, ReadOnlySpan<decimal> quotas, Span<RepMonth> months);
}

/// <summary>
/// The three components of the reference plan on year-to-date attainment, straight through the rate table. The second, 500.00 a unit,
/// is paid while the first is at 80 % or more.
/// </summary>
internal sealed class StepEvaluator(RateTable rates) : IRepYearEvaluator
{
    public void Evaluate(ReadOnlySpan<decimal> measurements, ReadOnlySpan<decimal> quotas, Span<RepMonth> months)
    {
        var (y1, y2, y3) = (0m, 0m, 0m);
        var (q1, q2, q3) = (0m, 0m, 0m);
        var paid = 0m;
        for (var month = 0; month < months.Length; month++)
        {
            var m = measurements.Slice(month * 3, 3);
            var q = quotas.Slice(month * 3, 3);
            (y1, y2, y3) = (y1 + m[0], y2 + m[1], y3 + m[2]);
            (q1, q2, q3) = (q1 + q[0], q2 + q[1], q3 + q[2]);
            var earned = rates.Earn(y1, q1) + rates.Earn(y3, q3);
            if (y1 * 5m >= q1 * 4m)
            {
                earned += rates.Earn(y2, q2) * 500m;
            }
            var due = decimal.Round(earned, 2, MidpointRounding.ToEven);
            months[month] = new(earned, due - paid);
            paid = due;
        }
    }
}
