using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Quotas;

/// <summary>
/// What the days of a span weigh in its quota; all of them together weigh one. Where days are counted, each that counts weighs the
/// same. Where months are counted, or nothing is, months weigh the same, and so do the days within each.
/// </summary>
internal sealed class SpanWeights(ProrationRule rule, FiscalPeriod span, FiscalYear year, DaySet active)
{
    private readonly int _total = rule.Of(span, DaySet.Always, year).TotalDays;

    private bool ByDays => rule.By is ProrationBasis.CalendarDays or ProrationBasis.WorkingDays;

    /// <summary>Of the days <c>[from, to)</c> of a month, active or not.</summary>
    public Fraction Whole(FiscalMonth month, DateOnly from, DateOnly to) => Days(month, from, to, DaySet.Always);

    /// <summary>Of the same days, as far as the rep answers for them.</summary>
    public Fraction Active(FiscalMonth month, DateOnly from, DateOnly to) =>
        rule.By == ProrationBasis.None || (!ByDays && rule.Counts(month, active)) ? Whole(month, from, to) : ByDays ? Days(month, from, to, active) : Fraction.Zero;

    /// <summary>Of those of the same days that are in a set of active days.</summary>
    public Fraction Of(FiscalMonth month, DateOnly from, DateOnly to, DaySet days) => rule.Counts(month, active) ? Days(month, from, to, days) : Fraction.Zero;

    private Fraction Days(FiscalMonth month, DateOnly from, DateOnly to, DaySet days) => ByDays
        ? new Fraction(rule.Count(from, to, days), _total)
        : new Fraction(days.CountIn(from, to), (long)_total * (month.Period.To.DayNumber - month.Period.From.DayNumber));
}
