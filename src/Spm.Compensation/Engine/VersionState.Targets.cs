using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Engine;

/// <summary>What is to be attained: quotas, and the target incentive that stands beside them. They are set once for all credits.</summary>
public sealed partial class VersionState
{
    /// <summary>The part of the year's target incentive that lies in a span, month by equal month, prorated as the quota is; null when it is not known.</summary>
    public decimal? TargetIncentiveOf(int component, int month, PeriodKind span) => AnnualTarget(_components[component]) is { } annual
        ? PartOfTarget(annual, _year.LengthOf(month, span), _quotaSource.ActivePart(MeasureOf(component), _year.Inputs.Year.Months[month].Span(span)))
        : null;

    /// <summary>What is set for the span of a kind in which a month lies; null when it is not known or zero.</summary>
    public decimal? QuotaOf(int component, int month, PeriodKind span) =>
        MeasureOf(component) is { } measure
        && _quotaSource.For(measure, _year.Inputs.Year.Months[month].Span(span)) is > 0m and var quota ? quota : null;

    /// <summary>The part of that quota that leave has credited at target by the end of the month.</summary>
    public decimal AtTargetOf(int component, int month, PeriodKind span) => MeasureOf(component) is { } measure
        ? _quotaSource.AtTarget(measure, _year.Inputs.Year.Months[month].Span(span), _year.Inputs.Year.Months[month].Period.To)
        : 0m;

    internal QuotaSource Quotas => _quotaSource;

    /// <summary>Beside the quota of the attainment period stands the target incentive of that period, beside the quota to date that of the same months.</summary>
    private decimal? TargetIncentive(int month, int c, ComponentRule component)
    {
        if (component.Quota != QuotaUse.ToDate)
        {
            return TargetIncentiveOf(c, month, component.AttainmentPeriod);
        }
        if (AnnualTarget(component) is not { } annual)
        {
            return null;
        }
        var (whole, parts) = (0, Fraction.Zero);
        for (var m = FirstOf(month, component.AttainmentPeriod); m <= month; m++)
        {
            if (!_onPlan[m])
            {
                continue;
            }
            if (_quotaSource.ActivePart(_year.Inputs.Year.Months[m].Period, _year.Inputs.Year) is { } part)
            {
                parts += part;
            }
            else
            {
                whole++;
            }
        }
        return parts.Sign == 0 ? PartOfTarget(annual, whole, null) : PartOfTarget(annual, 1, parts + (decimal)whole);
    }

    /// <summary>Less than nothing is no target: the component stands still as without one.</summary>
    private decimal? AnnualTarget(ComponentRule component) =>
        (component.TargetIncentive is { } own ? own.Number(_year.Inputs.Rep) : _year.Inputs.Rep.TargetIncentive) is >= 0m and var annual ? annual : null;

    private int? MeasureOf(int component) => Version.Components[component].Tally is >= 0 and var tally ? Version.Measures[Version.Tallies[tally].Measure].No : null;

    private decimal PartOfTarget(decimal annual, int months, Fraction? active) => active is { } part
        ? (part * annual * months / _year.Months).ToDecimal()
        : annual * months / _year.Months;

    private void SetQuotas()
    {
        for (var c = 0; c < _components.Length; c++)
        {
            var component = _components[c];
            if (component.Window is { } window)
            {
                SetWindow(c, component, window);
                continue;
            }
            if (component.Quota == QuotaUse.None || component.Tally < 0)
            {
                continue;
            }
            var measure = Version.Measures[_tallies[component.Tally].Measure].No;
            _quotaSource.Fill(measure, component.AttainmentPeriod, component.Quota, _firstOf[(int)component.AttainmentPeriod], _monthQuotas, _monthAtTarget);
            for (var m = 0; m < _year.Months; m++)
            {
                var at = (m * _components.Length) + c;
                _quotas[at] = _monthQuotas[m] is > 0m ? _monthQuotas[m] : null;
                _quotaIsZero[at] = _monthQuotas[m] == 0m;
                _atTarget[at] = _monthAtTarget[m];
            }
        }
    }
}
