using Spm.Compensation.Documents;
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

    public QuotaSource(RepYearInputs inputs, PlanRules plan, VersionRules version, bool[] onPlan)
    {
        (_inputs, _onPlan) = (inputs, onPlan);
        var rep = inputs.Rep;
        if (version.Quotas == QuotaRules.None && inputs.DatedQuotas.Count == 0 && !rep.Leave.Any(l => l.Effect == LeaveEffect.CreditAtTarget))
        {
            return;
        }
        // Days on another plan are not active ones; before and after the year only employment is known.
        var elsewhere = inputs.Year.Months.Where((_, m) => inputs.Plans[m] is { } paying && paying.Plan.Id != plan.Id).Select(m => new DateRange(m.Period.From, m.Period.To));
        var active = rep.EmployedDays.Without(DaySet.Of(elsewhere));
        _effective = new EffectiveQuotas(
            inputs.Quotas, inputs.DatedQuotas, inputs.Calendar ?? new FiscalCalendar([inputs.Year]), version.Quotas, new QuotaFacts(active, rep.HiredOn ?? DateOnly.MinValue, rep.Leave));
    }

    /// <summary>What stands against the credits of a component's attainment period at the end of each month, and what each month is credited at target.</summary>
    /// <param name="firstOf">The first month of the attainment period that a month lies in.</param>
    public void Fill(int measure, PeriodKind attainment, QuotaUse use, Func<int, int> firstOf, Span<decimal?> quotas, Span<decimal> atTarget)
    {
        decimal? before = 0m, inQuarter = 0m;
        var wholeQuarter = true;
        for (var m = 0; m < quotas.Length; m++)
        {
            var month = _inputs.Year.Months[m];
            atTarget[m] = _effective is not null && _onPlan[m] ? For(measure, month.Period).AtTarget : 0m;
            if (use == QuotaUse.Full)
            {
                quotas[m] = attainment == PeriodKind.Month || firstOf(m) == m ? For(measure, month.Span(attainment)).Amount : quotas[m - 1];
                continue;
            }
            if (firstOf(m) == m)
            {
                (before, inQuarter, wholeQuarter) = (0m, 0m, month.Period.From == month.Quarter.From);
            }
            else if (month.Period.From == month.Quarter.From)
            {
                (before, inQuarter, wholeQuarter) = (before + inQuarter, 0m, true);
            }
            inQuarter += _onPlan[m] ? For(measure, month.Period).Amount : 0m;
            wholeQuarter &= _onPlan[m];
            if (inQuarter is null && wholeQuarter && month.Period.To == month.Quarter.To)
            {
                // A quarter that is over, and whose months have no quotas of their own, counts with its own one.
                inQuarter = For(measure, month.Quarter).Amount;
            }
            quotas[m] = before + inQuarter;
        }
    }

    /// <summary>The part of a span that the rep answers for, of which the target incentive is prorated as the quota is; null: the whole.</summary>
    public Fraction? ActivePart(FiscalPeriod span) => _effective?.ActivePart(span, _inputs.Year);

    /// <summary>The factors of a span's quota in words: "2025-01 proration 17/31".</summary>
    public string? Steps(int measure, FiscalPeriod span)
    {
        var steps = _effective?.For(measure, span, _inputs.Year).Steps;
        return steps is null or [] ? null : string.Join(", ", steps.Select(s => $"{s.Period} {WireNames.Of(s.Rule)} {s.Numerator}/{s.Denominator}"));
    }

    public (decimal? Amount, decimal AtTarget) For(int measure, FiscalPeriod span)
    {
        if (_effective is null)
        {
            return (_inputs.Quotas.For(measure, span, _inputs.Year), 0m);
        }
        var quota = _effective.For(measure, span, _inputs.Year);
        return (quota.Amount, quota.CreditedAtTarget.ToDecimal());
    }
}
