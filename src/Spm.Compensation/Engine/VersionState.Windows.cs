using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;
using Spm.Compensation.Windows;

namespace Spm.Compensation.Engine;

/// <summary>Components whose attainment goes along: what lies before the measurement period, and the quota of all of the window.</summary>
public sealed partial class VersionState
{
    // What does not depend on credits, by month and component; null where no component has a window.
    private WindowFigures[]? _windows;

    /// <param name="AtTarget">Credited at target in the window before the measurement period.</param>
    private readonly record struct WindowFigures(decimal AtTarget, decimal? TargetIncentive);

    private readonly record struct WindowMonth(FiscalMonth Month, FiscalYear Year, int Index);

    private void MeasureWindow(int month, ComponentRule component, int c, AttainmentWindow window, ref ComponentFigures figures)
    {
        var (first, at) = (FirstOf(month, component.MeasurementPeriod), (month * _components.Length) + c);
        figures.Month = component.Tally >= 0 && _onPlan[month] ? Sum(component.Tally, month) : 0m;
        if (first == month)
        {
            figures.AtTarget = 0m;
            figures.Before = component.Tally >= 0 ? CountedBefore(first, component, window) + _windows![at].AtTarget : 0m;
            figures.ToDate = figures.Before;
        }
        else
        {
            ref readonly var earlier = ref Figures(month - 1, c);
            (figures.AtTarget, figures.Before, figures.ToDate) = (earlier.AtTarget, earlier.Before, earlier.ToDate);
        }
        figures.AtTarget += _atTarget[at];
        figures.ToDate += figures.Month + _atTarget[at];
        (figures.Quota, figures.TargetIncentive) = (_quotas[at], _windows![at].TargetIncentive);
    }

    /// <summary>Quotas, target incentives and what is credited at target, once for all credits.</summary>
    private void SetWindow(int c, ComponentRule component, AttainmentWindow window)
    {
        _windows ??= new WindowFigures[_quotas.Length];
        for (var m = 0; m < _year.Months; m++)
        {
            var (first, at) = (FirstOf(m, component.MeasurementPeriod), (m * _components.Length) + c);
            var before = Before(first, component, window);
            var months = QuotaMonths(m, first, component, before);
            var quota = component.Quota == QuotaUse.None || component.Tally < 0 ? null : QuotaOf(component, months);
            (_quotas[at], _quotaIsZero[at]) = (quota > 0m ? quota : null, quota == 0m);
            _atTarget[at] = _onPlan[m] ? AtTarget(component, new WindowMonth(_year.Inputs.Year.Months[m], _year.Inputs.Year, m)) : 0m;
            decimal? target = AnnualTarget(component) is not { } annual ? null
                : window.Months is null ? TargetIncentiveOf(c, m, component.MeasurementPeriod)
                : PartOfTarget(annual, 1, months.Aggregate(Fraction.Zero, (sum, one) => sum + (_quotaSource.ActivePart(one.Month.Period, one.Year) ?? (Fraction)1m)));
            _windows[at] = new WindowFigures(before.Sum(one => AtTarget(component, one)), target);
        }
    }

    /// <summary>The quotas that a component's attainment stands against in a month, with what each month or quarter of the window brings; null where one is not known.</summary>
    internal IReadOnlyList<(FiscalPeriod Span, decimal? Quota)> WindowQuotas(int month, ComponentRule component)
    {
        var first = FirstOf(month, component.MeasurementPeriod);
        return QuotasOf(component, QuotaMonths(month, first, component, Before(first, component, component.Window!)));
    }

    /// <summary>
    /// The months before the measurement period that the window reaches, where the rep was employed and the plan had begun. Nothing is asked of those
    /// before the calendar: there is nobody who could know.
    /// </summary>
    private List<WindowMonth> Before(int first, ComponentRule component, AttainmentWindow window)
    {
        List<WindowMonth> months = [];
        if (window.LengthIn(RepIn(first)) is not { } length)
        {
            return months;
        }
        var back = length - _year.LengthOf(first, component.MeasurementPeriod);
        for (var m = Math.Max(0, first - back); m < first; m++)
        {
            if (_onPlan[m])
            {
                months.Add(new WindowMonth(_year.Inputs.Year.Months[m], _year.Inputs.Year, m));
            }
        }
        var (start, _) = WindowStart(first, component, length);
        foreach (var year in first < back && _year.Inputs.Calendar is { } calendar ? calendar.Years.Where(y => y.Period.From < _year.Inputs.Year.Period.From) : [])
        {
            months.AddRange(year.Months.Where(m => m.Period.From >= start && m.Period.To > (_year.Inputs.Rep.HiredOn ?? DateOnly.MinValue)).Select(m => new WindowMonth(m, year, -1)));
        }
        return months;
    }

    /// <summary>The first day of the window in years before this one, not before the plan began.</summary>
    private (DateOnly Start, bool IsEarlier) WindowStart(int first, ComponentRule component, int length)
    {
        var missing = length - _year.LengthOf(first, component.MeasurementPeriod) - first;
        if (missing <= 0)
        {
            return (_year.Inputs.Year.Period.From, false);
        }
        var earlier = _year.Inputs.Calendar?.Months.Where(m => m.Period.From < _year.Inputs.Year.Period.From).ToList() ?? [];
        var start = earlier.Count >= missing ? earlier[^missing].Period.From : _year.Inputs.Year.Period.From.AddMonths(-missing);
        var begun = earlier.Find(m => m.Period.From >= Plan.Versions[0].EffectiveFrom)?.Period.From ?? _year.Inputs.Year.Period.From;
        return (start > begun || earlier.Count == 0 ? start : begun, true);
    }

    private decimal CountedBefore(int first, ComponentRule component, AttainmentWindow window)
    {
        var (sum, length) = (0m, window.LengthIn(RepIn(first)));
        for (var m = length is { } months ? Math.Max(0, first - months + _year.LengthOf(first, component.MeasurementPeriod)) : 0; m < first; m++)
        {
            sum += _onPlan[m] ? Sum(component.Tally, m) : 0m;
        }
        if (length is not { } all)
        {
            return sum + Deals.CountedBefore(component.Tally, DateOnly.MinValue);
        }
        return WindowStart(first, component, all) is (var start, true) ? sum + Deals.CountedBefore(component.Tally, start) : sum;
    }

    /// <summary>Of the whole measurement period where the quota is full, else of its months so far; and all before it.</summary>
    private List<WindowMonth> QuotaMonths(int month, int first, ComponentRule component, List<WindowMonth> before)
    {
        var last = component.Quota == QuotaUse.Full ? first + _year.LengthOf(first, component.MeasurementPeriod) - 1 : month;
        return [.. before, .. Enumerable.Range(first, last - first + 1).Where(m => _onPlan[m]).Select(m => new WindowMonth(_year.Inputs.Year.Months[m], _year.Inputs.Year, m))];
    }

    private decimal? QuotaOf(ComponentRule component, List<WindowMonth> months)
    {
        decimal? sum = 0m;
        foreach (var (_, quota) in QuotasOf(component, months))
        {
            sum += quota;
        }
        return sum;
    }

    /// <summary>By month; a quarter that is there with all months of the rep, and whose months have no quotas of their own, counts with its own one.</summary>
    private List<(FiscalPeriod Span, decimal? Quota)> QuotasOf(ComponentRule component, List<WindowMonth> months)
    {
        var measure = _measures[_tallies[component.Tally].Measure].No;
        List<(FiscalPeriod, decimal?)> quotas = [];
        foreach (var quarter in months.GroupBy(m => m.Month.Quarter.No))
        {
            List<(FiscalPeriod Span, decimal? Quota)> each = [.. quarter.Select(m => (m.Month.Period, _quotaSource.For(measure, m.Month.Period, m.Year)))];
            var one = quarter.First();
            var isWhole = one.Year.Months.All(m => m.Quarter.No != one.Month.Quarter.No || quarter.Any(q => q.Month.No == m.No) || _quotaSource.IsAway(m));
            quotas.AddRange(isWhole && each.Exists(e => e.Quota is null) ? [(one.Month.Quarter, _quotaSource.For(measure, one.Month.Quarter, one.Year))] : each);
        }
        return quotas;
    }

    private decimal AtTarget(ComponentRule component, WindowMonth month) => component.Tally < 0 || component.Quota == QuotaUse.None ? 0m
        : _quotaSource.AtTarget(_measures[_tallies[component.Tally].Measure].No, month.Month.Period, month.Month.Period.To, month.Year);
}
