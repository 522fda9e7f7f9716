using Spm.Compensation.Bounds;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Kickers;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Stages;

/// <summary>
/// Adds an amount once a milestone is reached. The kicker's period, its window, may be another one than the component's: what its windows have earned to
/// date, less what they had earned before the measurement period, is its part.
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

    /// <summary>Windows that had ended before the measurement period were paid there, or stood still and were paid nothing: the ones inside of it count.</summary>
    private decimal? Earned(PeriodContext period)
    {
        var (now, start) = (period.Month, period.FirstMonthOf(period.Rule.MeasurementPeriod));
        var earned = Window(period, now);
        var first = period.State.FirstOf(now, Kicker.Once);
        for (; first > start; first = period.State.FirstOf(first - 1, Kicker.Once))
        {
            earned += Window(period, first - 1) ?? 0m;
        }
        earned -= Before(period, first, start);
        period.Month = now;
        return earned;
    }

    /// <summary>What the window that the measurement period begins in had earned before it: in a month that lacked a figure, what it had earned until then.</summary>
    private decimal Before(PeriodContext period, int first, int start)
    {
        for (var month = start - 1; month >= first; month--)
        {
            if (!period.At(month).LacksAFigure && Window(period, month) is { } earned)
            {
                return earned;
            }
        }
        return 0m;
    }

    /// <summary>Earned from the start of the kicker's period to the end of a month. A month whose milestone was not known, as before the hire, reached none.</summary>
    private decimal? Window(PeriodContext period, int month)
    {
        var first = period.State.FirstOf(month, Kicker.Once);
        var quota = period.State.QuotaOf(period.Component, month, Kicker.Once);
        var standings = new KickerStanding[month - first + 1];
        var (credited, known) = (0m, 0);
        for (var m = first; m <= month; m++)
        {
            period.Month = m;
            credited += period.At(m).Month;
            if (Milestone.Of(period) is { } milestone)
            {
                standings[known++] = new KickerStanding(credited + period.State.AtTargetOf(period.Component, m, Kicker.Once), quota is { } set ? (Fraction)set : null, milestone);
            }
            else if (m == month)
            {
                return null;
            }
        }
        return Kicker.IsEarned(standings.AsSpan(0, known)) is { } earned ? (earned ? Kicker.Amount.IfKnown(period) : 0m) : null;
    }
}
