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
            inputs.Quotas, inputs.DatedQuotas, inputs.Calendar, version.Quotas, new QuotaFacts(active, rep.HiredOn ?? DateOnly.MinValue, rep.Leave));
    }

    /// <summary>Each month's own quota, null where none is known.</summary>
    public void Months(int measure, decimal?[] quotas)
    {
        for (var m = 0; m < quotas.Length; m++)
        {
            quotas[m] = For(measure, _inputs.Year.Months[m].Period).Amount;
        }
    }

    /// <summary>What stands against the credits of an attainment period at the end of a month, and what the month itself is credited at target.</summary>
    /// <param name="first">The first month of the attainment period.</param>
    /// <param name="quotas">Those of the months.</param>
    public (decimal? Quota, decimal AtTarget) Of(int measure, int month, int first, PeriodKind attainment, QuotaUse use, decimal?[] quotas)
    {
        var months = _inputs.Year.Months;
        var atTarget = _effective is not null && _onPlan[month] ? For(measure, months[month].Period).AtTarget : 0m;
        if (use == QuotaUse.Full)
        {
            return (For(measure, months[month].Span(attainment)).Amount, atTarget);
        }
        decimal? sum = 0m;
        while (first <= month)
        {
            var last = LastOfQuarter(first, month);
            sum += OfQuarter(measure, first, last, quotas);
            first = last + 1;
        }
        return (sum, atTarget);
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

    /// <summary>
    /// Of the months of one quarter so far. A quarter that is over, and whose months have no quotas of their own, counts with its own one. A month
    /// on another plan adds nothing.
    /// </summary>
    private decimal? OfQuarter(int measure, int first, int last, decimal?[] quotas)
    {
        decimal? sum = 0m;
        var wholeQuarter = true;
        for (var m = first; m <= last; m++)
        {
            sum += _onPlan[m] ? quotas[m] : 0m;
            wholeQuarter &= _onPlan[m];
        }
        var months = _inputs.Year.Months;
        var quarter = months[last].Quarter;
        return sum is null && wholeQuarter && months[last].Period.To == quarter.To && months[first].Period.From == quarter.From ? For(measure, quarter).Amount : sum;
    }

    private int LastOfQuarter(int first, int most)
    {
        var months = _inputs.Year.Months;
        while (first < most && months[first + 1].Quarter.No == months[first].Quarter.No)
        {
            first++;
        }
        return first;
    }
}
