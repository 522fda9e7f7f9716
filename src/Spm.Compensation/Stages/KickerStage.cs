using Spm.Compensation.Bounds;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Kickers;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Stages;

/// <summary>
/// Adds an amount once a milestone is reached. The kicker's period may be another one than the component's: what it has earned since the
/// start of the year, less what it had earned before the measurement period, is its part.
/// </summary>
public sealed record KickerStage(Kicker Kicker) : EarningStage
{
    public override string Kind => "kickers";

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing)
    {
        if (Earned(period) is { } more)
        {
            return earned + more;
        }
        missing = Kicker.Amount.IfKnown(period) is null || Milestone.Of(period) is null ? Standstill.FigureMissing : Standstill.QuotaMissing;
        return null;
    }

    public override ExplainNode Explain(PeriodContext period, ExplainNode before) => ExplainNode.Of(
        "with kicker", ExplainOperation.Sum, before,
        ExplainNode.Given("kicker", Earned(period) ?? 0m, $"{Kicker.Amount} at {Milestone.Shown(period)}{(Kicker.At is null ? "" : " % of quota")}"));

    private Bound Milestone => (Kicker.At ?? Kicker.AtAmount)!;

    private decimal? Earned(PeriodContext period)
    {
        var (now, first) = (period.Month, period.FirstMonthOf(period.Rule.MeasurementPeriod));
        var earned = Since(period, now) - (first == 0 ? 0m : Since(period, first - 1));
        period.Month = now;
        return earned;
    }

    /// <summary>Earned from the first month of the year to the end of one.</summary>
    private decimal? Since(PeriodContext period, int last)
    {
        decimal? sum = 0m;
        for (var month = last; month >= 0;)
        {
            var first = period.State.FirstOf(month, Kicker.Once);
            var standings = new KickerStanding[month - first + 1];
            var (credited, isKnown) = (0m, true);
            var quota = period.State.QuotaOf(period.Component, month, Kicker.Once);
            for (var m = first; m <= month; m++)
            {
                period.Month = m;
                credited += period.At(m).Month;
                standings[m - first] = new KickerStanding(credited + period.State.AtTargetOf(period.Component, m, Kicker.Once), quota is { } known ? (Fraction)known : null, Milestone.Of(period));
                isKnown &= standings[m - first].Milestone is not null;
            }
            period.Month = month;
            sum += isKnown && Kicker.IsEarned(standings) is { } earned ? (earned ? Kicker.Amount.IfKnown(period) : 0m) : null;
            month = first - 1;
        }
        return sum;
    }
}
