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

    public override int Steps => Kicker.Amount.Steps + (Milestone.Steps * Periods.FiscalYearPattern.MaxMonths);

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing)
    {
        if (Earned(period) is { } more)
        {
            return earned + more;
        }
        missing = Kicker.Amount.IfKnown(period) is null || Milestone.Of(period) is null ? Standstill.FigureMissing : Standstill.QuotaMissing;
        return null;
    }

    public override string? WhyUnknown(PeriodContext period) => Kicker.Amount.WhyUnknown(period) ?? Milestone.WhyUnknown(period);

    public override ExplainNode Explain(PeriodContext period, ExplainNode before)
    {
        var (now, start) = (period.Month, period.FirstMonthOf(period.Rule.MeasurementPeriod));
        List<ExplainNode> windows = [ExplainWindow(period, now)];
        var first = period.State.FirstOf(now, Kicker.Once);
        for (; first > start; first = period.State.FirstOf(first - 1, Kicker.Once))
        {
            windows.Add(ExplainWindow(period, first - 1));
        }
        var kicker = ExplainNode.Of("kicker", ExplainOperation.Sum, windows);
        if (first < start)
        {
            kicker = ExplainNode.Of("kicker", ExplainOperation.Difference, kicker with { Name = "earned to date" }, ExplainNode.Given("earned before the period", Before(period, first, start)));
        }
        period.Month = now;
        return ExplainNode.Of("with kicker", ExplainOperation.Sum, before, kicker);
    }

    /// <summary>The amount, or nothing of it, with what was credited in the window and the milestone.</summary>
    private ExplainNode ExplainWindow(PeriodContext period, int month)
    {
        var earned = Window(period, month);
        period.Month = month;
        var first = period.State.FirstOf(month, Kicker.Once);
        var credited = 0m;
        for (var m = first; m <= month; m++)
        {
            credited += period.At(m).Month;
        }
        credited += period.State.AtTargetOf(period.Component, month, Kicker.Once);
        List<ExplainNode> why = [ExplainNode.Given("credited", credited), Milestone.Explain(Kicker.At is null ? "milestone" : "milestone in percent of quota", period)];
        if (Kicker.At is not null && period.State.QuotaOf(period.Component, month, Kicker.Once) is { } quota)
        {
            why.Add(ExplainNode.Given("quota", quota));
        }
        var isEarned = earned is > 0m;
        var reached = ExplainNode.Because(isEarned ? "reached" : "not reached", ExplainNode.Given("once", isEarned ? 1m : 0m), why);
        var span = period.Span(Kicker.Once).Id;
        return ExplainNode.Of($"kicker of {span}", ExplainOperation.Product, Kicker.Amount.Explain("amount", period), reached);
    }

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
