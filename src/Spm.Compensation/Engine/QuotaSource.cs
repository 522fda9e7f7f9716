using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Quotas.Leave;
using Spm.Compensation.Quotas.Proration;

namespace Spm.Compensation.Engine;

/// <summary>
/// The quotas of a rep under one version. Where no rule of the plan and no leave touches them, they are read as they were set; else they are
/// exact fractions until the end and become decimals here.
/// </summary>
internal sealed class QuotaSource
{
    private readonly RepYearInputs _inputs;
    private readonly bool[] _onPlan;
    private readonly EffectiveQuotas? _effective;
    private readonly bool _hasLeaveAtTarget;
    private readonly HashSet<int> _prorated = [];

    // Asked for with every month that is calculated, and always the same.
    private readonly Dictionary<(int? Measure, string Span), Fraction?> _activeParts = [];

    public QuotaSource(RepYearInputs inputs, PlanRules plan, VersionRules version, bool[] onPlan)
    {
        (_inputs, _onPlan) = (inputs, onPlan);
        var rep = inputs.Rep;
        _hasLeaveAtTarget = rep.Leave.Any(l => l.Effect == LeaveEffect.CreditAtTarget);
        if (version.Quotas == QuotaRules.None && inputs.DatedQuotas.Count == 0 && !_hasLeaveAtTarget)
        {
            return;
        }
        // Days on another plan are not active ones; before and after the year only employment is known.
        List<FiscalMonth> elsewhere = [.. inputs.Year.Months.Where((_, m) => inputs.Plans[m] is { } paying && paying.Plan.Id != plan.Id)];
        _prorated = version.Quotas.Proration.By == ProrationBasis.None ? [] : [.. elsewhere.Select(m => m.No)];
        var active = rep.EmployedDays.Without(DaySet.Of(elsewhere.Select(m => new DateRange(m.Period.From, m.Period.To))));
        _effective = new EffectiveQuotas(
            inputs.Quotas, inputs.DatedQuotas, inputs.Calendar ?? new FiscalCalendar([inputs.Year]), version.Quotas, new QuotaFacts(active, rep.HiredOn ?? DateOnly.MinValue, rep.Leave));
    }

    /// <summary>What stands against the credits of a component's attainment period at the end of each month, and what each month is credited at target.</summary>
    /// <param name="firstOf">The first month of the attainment period that a month lies in.</param>
    public void Fill(int measure, PeriodKind attainment, QuotaUse use, Func<int, int> firstOf, Span<decimal?> quotas, Span<decimal> atTarget)
    {
        decimal? before = 0m, inQuarter = 0m;
        var atTargetInQuarter = 0m;
        var wholeQuarter = true;
        for (var m = 0; m < quotas.Length; m++)
        {
            var month = _inputs.Year.Months[m];
            if (use == QuotaUse.Full)
            {
                var span = month.Span(attainment);
                atTarget[m] = _onPlan[m] ? AtTarget(measure, span, month.Period.To) - AtTarget(measure, span, month.Period.From) : 0m;
                quotas[m] = attainment == PeriodKind.Month || firstOf(m) == m ? For(measure, span) : quotas[m - 1];
                continue;
            }
            if (firstOf(m) == m)
            {
                (before, inQuarter, atTargetInQuarter, wholeQuarter) = (0m, 0m, 0m, month.Period.From == month.Quarter.From);
            }
            else if (month.Period.From == month.Quarter.From)
            {
                (before, inQuarter, atTargetInQuarter, wholeQuarter) = (before + inQuarter, 0m, 0m, true);
            }
            inQuarter += _onPlan[m] ? For(measure, month.Period) : 0m;
            atTarget[m] = _onPlan[m] ? AtTarget(measure, month.Period, month.Period.To) : 0m;
            wholeQuarter &= _onPlan[m] || IsAway(month);
            if (inQuarter is null && wholeQuarter && (month.Period.To == month.Quarter.To || (attainment != PeriodKind.Month && IsLastOfQuarter(m))))
            {
                // A quarter that is over for the rep, and whose months have no quotas of their own, counts with its own one.
                inQuarter = For(measure, month.Quarter);
                atTarget[m] = AtTarget(measure, month.Quarter, month.Quarter.To) - atTargetInQuarter;
            }
            atTargetInQuarter += atTarget[m];
            quotas[m] = before + inQuarter;
        }
    }

    /// <summary>
    /// Whether the rep has nothing to do with the month's part of a quarter's quota: not employed, or on another plan where the quota is prorated. Unprorated it would
    /// stand against the rep on both plans.
    /// </summary>
    public bool IsAway(FiscalMonth month) => !Employment.OnPlan(_inputs.Rep, month.Period) || _prorated.Contains(month.No);

    private bool IsLastOfQuarter(int month)
    {
        var months = _inputs.Year.Months;
        for (var m = month + 1; m < months.Count && months[m].Quarter.No == months[month].Quarter.No; m++)
        {
            if (!IsAway(months[m]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The part of a span that the rep answers for, of which the target incentive is prorated as the quota is; null: the whole.</summary>
    /// <param name="measure">Whose quota it is; null: of none.</param>
    public Fraction? ActivePart(int? measure, FiscalPeriod span)
    {
        if (_effective is null)
        {
            return null;
        }
        if (!_activeParts.TryGetValue((measure, span.Id), out var part))
        {
            _activeParts.Add((measure, span.Id), part = _effective.ActivePart(measure, span, _inputs.Year));
        }
        return part;
    }

    /// <summary>The same of a month of any year.</summary>
    public Fraction? ActivePart(FiscalPeriod month, FiscalYear year) => _effective?.ActivePart(null, month, year);

    /// <summary>What the rules of the plan did to a span's quota.</summary>
    public IReadOnlyList<QuotaStep> Steps(int measure, FiscalPeriod span) => _effective?.For(measure, span, _inputs.Year).Steps ?? [];

    /// <summary>What is set for a span; null when it is not known.</summary>
    public decimal? For(int measure, FiscalPeriod span) => For(measure, span, _inputs.Year);

    /// <summary>The same of a span of any year.</summary>
    public decimal? For(int measure, FiscalPeriod span, FiscalYear year) =>
        _effective is null ? _inputs.Quotas.For(measure, span, year) : _effective.For(measure, span, year).Amount;

    /// <summary>What would help where a month has no quota and its quarter or year has one; null where there is none either.</summary>
    public string? Hint(int measure, FiscalMonth month) => For(measure, month.Period) is null && (Has(measure, month.Quarter) ?? Has(measure, month.Year)) is { } span
        ? $"{span.Id} has a quota and {month.Id} has none: spread it with quotas.seasonality \"even\", or set `quota: full`"
        : null;

    private FiscalPeriod? Has(int measure, FiscalPeriod span) => For(measure, span) is not null ? span : null;

    /// <summary>The part of a span's quota that is credited at target for the leave before a day: of what was set for the span, be it longer than a month.</summary>
    public decimal AtTarget(int measure, FiscalPeriod span, DateOnly before) => AtTarget(measure, span, before, _inputs.Year);

    /// <summary>The same of a span of any year.</summary>
    public decimal AtTarget(int measure, FiscalPeriod span, DateOnly before, FiscalYear year) =>
        _hasLeaveAtTarget ? _effective!.CreditedAtTarget(measure, span, year, before).ToDecimal() : 0m;
}
