using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Leave;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Quotas;

/// <summary>
/// A rep's quotas after the rules of the plan. In this order, all of it exact: seasonality (the period's part of the year's quota,
/// rounded as its rule says), what was set anew within the period, ramp, proration; then rounding, where the rules ask for it.
/// <para>
/// Found as in <see cref="QuotaBook"/>: what is set for exactly the period, else the sum of its parts, which must all be known. The
/// rules are applied where a quota was set and sums are taken after them. With a seasonality a year is always the sum of its parts,
/// so that the parts a rep is measured by sum to the year.
/// </para>
/// <para>
/// Within a period a month weighs as many days as it has where days are counted, and as much as any other month where months are
/// counted or nothing is. So a ramp of 50, 75 and 100 % leaves 75 % of a quarter's quota, or a little more or less by days.
/// </para>
/// Worked example: quotas.md.
/// </summary>
public sealed class EffectiveQuotas
{
    private readonly FiscalCalendar _calendar;
    private readonly QuotaRules _rules;
    private readonly QuotaFacts _facts;
    private readonly RawQuotas _raw;
    private readonly DaySet _active;
    private readonly DaySet _atTarget;

    /// <param name="dated">Quotas that were set anew within their period; a book has the ones from its start on.</param>
    /// <exception cref="ArgumentException">A dated quota begins outside its period, or two begin on the same day.</exception>
    public EffectiveQuotas(QuotaBook book, IReadOnlyList<DatedQuota> dated, FiscalCalendar calendar, QuotaRules rules, QuotaFacts facts)
    {
        if (dated.FirstOrDefault(d => calendar.Find(d.Period) is { } period && !period.Contains(d.From)) is { } outside)
        {
            throw new ArgumentException($"{outside.From:O} is not in {outside.Period}, whose quota it sets anew.", nameof(dated));
        }
        if (dated.DistinctBy(d => (d.Measure, d.Period, d.From)).Count() != dated.Count)
        {
            throw new ArgumentException("Two quotas of the same period begin on the same day.", nameof(dated));
        }
        (_calendar, _rules, _facts) = (calendar, rules, facts);
        _raw = new RawQuotas(book, dated, rules.Seasonality);
        _active = facts.Active.Without(LeaveRange.Days(facts.Leaves, LeaveEffect.Exclude));
        _atTarget = _active.And(LeaveRange.Days(facts.Leaves, LeaveEffect.CreditAtTarget));
    }

    /// <summary>The quota of a month, quarter or year.</summary>
    public EffectiveQuota For(int measure, FiscalPeriod span, FiscalYear year) => For(measure, span, year, _atTarget);

    /// <summary>The part of a span's quota that is credited at target for the leave before a day, which is not included.</summary>
    public Fraction CreditedAtTarget(int measure, FiscalPeriod span, FiscalYear year, DateOnly before) =>
        For(measure, span, year, _atTarget.And(DaySet.Of(new DateRange(DateOnly.MinValue, before)))).CreditedAtTarget;

    /// <summary>
    /// The part of a span that the proration leaves, its months weighing the same; null where nothing is prorated. Where the quota of a measure is put
    /// together from those of shorter spans, each of them is prorated by itself, and so is its part here.
    /// </summary>
    /// <param name="measure">Null: of no quota.</param>
    public Fraction? ActivePart(int? measure, FiscalPeriod span, FiscalYear year)
    {
        if (_rules.Proration.By == ProrationBasis.None)
        {
            return null;
        }
        if (measure is { } quotas && span.Kind != PeriodKind.Month && (_raw.IsSpread(span) || _raw.Of(quotas, span, year, out _).Count == 0) && For(quotas, span, year).Problem == QuotaProblem.None)
        {
            var months = year.Months.Count(m => m.Span(span.Kind).Id == span.Id);
            return PartsOf(span, year).Aggregate(Fraction.Zero, (sum, part) => sum + (ActivePart(quotas, part.Span, year)!.Value * part.Months / months));
        }
        return _rules.Proration.Of(span, _active, year) is { TotalDays: > 0 } active ? active.Fraction : Fraction.Zero;
    }

    /// <summary>
    /// The quotas of the months from the start of <paramref name="kind"/>'s span up to and including a month. A quarter that is over
    /// and whose months have none of their own counts with its own quota.
    /// </summary>
    public EffectiveQuota ToDate(int measure, PeriodKind kind, FiscalMonth through, FiscalYear year)
    {
        EffectiveQuota? sum = null;
        var months = year.Months.Where(m => m.Span(kind).Id == through.Span(kind).Id && m.Index <= through.Index);
        foreach (var quarter in months.GroupBy(m => m.Quarter.Id))
        {
            var part = quarter.Select(m => For(measure, m.Period, year)).Aggregate((a, b) => a + b);
            var last = quarter.Last();
            if (part.Problem == QuotaProblem.QuotaMissing && kind != PeriodKind.Month && last.Period.To == last.Quarter.To)
            {
                part = For(measure, last.Quarter, year);
            }
            sum = sum is null ? part : sum + part;
        }
        return sum ?? EffectiveQuota.Unknown(QuotaProblem.QuotaMissing);
    }

    private EffectiveQuota For(int measure, FiscalPeriod span, FiscalYear year, DaySet atTarget)
    {
        if (_raw.IsSpread(span))
        {
            return Sum(measure, span, year, atTarget);
        }
        var raw = _raw.Of(measure, span, year, out var problem);
        return problem != QuotaProblem.None ? EffectiveQuota.Unknown(problem)
            : raw.Count > 0 ? Apply(raw, span, year, atTarget)
            : Sum(measure, span, year, atTarget);
    }

    private EffectiveQuota Sum(int measure, FiscalPeriod span, FiscalYear year, DaySet atTarget)
    {
        if (span.Kind == PeriodKind.Month)
        {
            return EffectiveQuota.Unknown(QuotaProblem.QuotaMissing);
        }
        EffectiveQuota? sum = null;
        foreach (var (part, _) in PartsOf(span, year))
        {
            var quota = For(measure, part, year, atTarget);
            sum = sum is null ? quota : sum + quota;
        }
        return sum ?? EffectiveQuota.Unknown(QuotaProblem.QuotaMissing);
    }

    /// <summary>The spans that are one kind shorter.</summary>
    private static IEnumerable<(FiscalPeriod Span, int Months)> PartsOf(FiscalPeriod span, FiscalYear year) =>
        year.Months.Where(m => m.Span(span.Kind).Id == span.Id).GroupBy(m => m.Span(span.Kind - 1).Id).Select(part => (part.First().Span(span.Kind - 1), part.Count()));

    private EffectiveQuota Apply(IReadOnlyList<RawQuota> raw, FiscalPeriod span, FiscalYear year, DaySet leave)
    {
        var part = _rules.Proration.Of(span, _active, year);
        if (part.TotalDays == 0)
        {
            return EffectiveQuota.Unknown(QuotaProblem.NoWorkingDays);
        }
        var (set, ramped, prorated, atTarget) = (Fraction.Zero, Fraction.Zero, Fraction.Zero, Fraction.Zero);
        var weights = new SpanWeights(_rules.Proration, span, year, _active);
        foreach (var month in year.Months.Where(m => m.Span(span.Kind).Id == span.Id))
        {
            var percent = Fraction.FromPercent(_rules.Ramp?.PercentIn(month, _facts.Since, _calendar) ?? 100m);
            for (var i = 0; i < raw.Count; i++)
            {
                var from = Later(raw[i].From, month.Period.From);
                var to = i + 1 < raw.Count ? Earlier(raw[i + 1].From, month.Period.To) : month.Period.To;
                if (from < to)
                {
                    var whole = weights.Whole(month, from, to) * raw[i].Amount;
                    set += whole;
                    ramped += whole * percent;
                    prorated += weights.Active(month, from, to) * raw[i].Amount * percent;
                    atTarget += weights.Of(month, from, to, leave) * raw[i].Amount * percent;
                }
            }
        }
        List<QuotaStep> steps = [];
        Add(steps, span, QuotaStepRule.Seasonality, raw[0].Whole, raw[0].Amount);
        Add(steps, span, QuotaStepRule.Dated, raw[0].Amount, set);
        Add(steps, span, QuotaStepRule.Ramp, set, ramped);
        Add(steps, span, QuotaStepRule.Proration, ramped, prorated, part);
        var rounded = _rules.Decimals is { } decimals ? prorated.Rounded(decimals) : prorated;
        Add(steps, span, QuotaStepRule.Rounding, prorated, rounded);
        return new EffectiveQuota(rounded, Fraction.Min(atTarget, rounded), steps);
    }

    private static void Add(List<QuotaStep> steps, FiscalPeriod span, QuotaStepRule rule, Fraction before, Fraction after, ActivePart? part = null)
    {
        if (before == after)
        {
            return;
        }
        var factor = before.Sign == 0 ? Fraction.Zero : after / before;
        var (numerator, denominator) = part is { } active && active.Fraction == factor
            ? (active.ActiveDays, active.TotalDays)
            : (factor.Numerator, factor.Denominator);
        steps.Add(new QuotaStep(span.Id, rule, numerator, denominator, before, after));
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
