using Spm.Compensation.Amounts;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Groups;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas;

namespace Spm.Compensation.Engine;

/// <summary>
/// A rep's fiscal year under one plan version: sums of credits by tally and month, and the figures of every component at the end of every
/// month, as far as they are calculated. A component's figures depend on the sums alone, not on what was paid before.
/// </summary>
public sealed partial class VersionState
{
    private readonly RepYear _year;
    private readonly decimal[] _sums;
    private readonly ComponentFigures[] _figures;
    private readonly decimal?[] _quotas;
    private readonly decimal[] _atTarget;
    private readonly bool[] _quotaIsZero;
    private readonly TallyRule[] _tallies;
    private readonly MeasureRule[] _measures;
    private readonly ComponentRule[] _components;
    private readonly decimal?[] _monthQuotas;
    private readonly decimal[] _monthAtTarget;
    private readonly Func<int, int>[] _firstOf;
    private QuotaSource _quotaSource;
    private readonly List<LeftOut> _leftOut = [];
    private readonly UnknownValues _unknown = new();
    private readonly bool[] _onPlan;
    private readonly int[] _dated;
    private readonly Undated[] _undated;
    private readonly PeriodContext _context;

    /// <summary>A tally of any day: it is asked for every credit of every rep.</summary>
    /// <param name="First">Where its sum of the first month stands.</param>
    private readonly record struct Undated(int No, CreditSources Credits, MeasureRule Measure, int First);

    internal VersionState(RepYear year, PlanRules plan, VersionRules version)
    {
        (_year, Plan, Version) = (year, plan, version);
        (_tallies, _measures, _components) = ([.. version.Tallies], [.. version.Measures], [.. version.Components]);
        var months = year.Months;
        _sums = new decimal[version.Tallies.Count * months];
        _figures = new ComponentFigures[version.Components.Count * months];
        _quotas = new decimal?[version.Components.Count * months];
        _onPlan = [.. Enumerable.Range(0, months).Select(m => year.Inputs.Plans[m]?.Plan.Id == plan.Id)];
        _context = new PeriodContext(this);
        Deals = new DealBook(this);
        _undated = [.. _tallies.Select((t, no) => (t, no)).Where(t => t.t.Dates is null).Select(t => new Undated(t.no, t.t.Credits, _measures[t.t.Measure], t.no * months))];
        _dated = [.. Enumerable.Range(0, _tallies.Length).Where(t => _tallies[t].Dates is not null)];
        _atTarget = new decimal[version.Components.Count * months];
        _quotaIsZero = new bool[version.Components.Count * months];
        (_monthQuotas, _monthAtTarget) = (new decimal?[months], new decimal[months]);
        _firstOf = [.. Enum.GetValues<PeriodKind>().Select(kind => (Func<int, int>)(m => year.FirstOf(m, kind)))];
        _quotaSource = new QuotaSource(year.Inputs, plan, version, _onPlan);
        SetQuotas();
    }

    public PlanRules Plan { get; }

    public VersionRules Version { get; }

    public RepYear Year => _year;

    /// <summary>Lines by deal, for components that look at each deal.</summary>
    public DealBook Deals { get; }

    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    /// <summary>Credits of a month that a component counts, and that count in no figure because the value of its measure is not known. None where only sums are given.</summary>
    public IReadOnlyList<UnknownValue> UnknownIn(int month, int component) =>
        _components[component].Tally is >= 0 and var tally && _onPlan[month] ? _unknown.Of(tally, month) : [];

    /// <summary>What the groups of the rep come to, by month. Null in the first stage, in which every rep is calculated alone; setting it has everything calculated again.</summary>
    public IReadOnlyList<MonthGroups?>? Groups
    {
        get;
        set
        {
            field = value;
            Calculated = 0;
        }
    }

    /// <summary>Whether the quota of a month is known to be zero.</summary>
    internal bool QuotaIsZero(int month, int component) => _quotaIsZero[(month * _components.Length) + component];

    /// <summary>Months up to this one, not included, have figures.</summary>
    internal int Calculated { get; private set; }

    public ref readonly ComponentFigures Figures(int month, int component) => ref _figures[(month * _components.Length) + component];

    public decimal Sum(int tally, int month) => _sums[(tally * _year.Months) + month];

    /// <summary>A month on another plan, or on none, adds neither credits nor quota.</summary>
    public bool OnPlan(int month) => _onPlan[month];

    public RepMonth RepIn(int month) => new(_year.Inputs.Rep, _year.Inputs.Year.Months[month]);

    public int FirstOf(int month, PeriodKind span) => _year.FirstOf(month, span);

    public PeriodContext At(int month, int component)
    {
        (_context.Month, _context.Component) = (month, component);
        return _context;
    }

    internal void Add(int tally, int month, decimal value)
    {
        _sums[(tally * _year.Months) + month] += value;
        Calculated = Math.Min(Calculated, month);
    }

    /// <summary>Measures a line of a month and adds it to the tallies that count it. A line of another year is kept with its deal and counts in none.</summary>
    internal void Add(CreditContext credit, int month, int sign)
    {
        if (!Convert(credit, month, sign))
        {
            return;
        }
        if (IsOfYear(month))
        {
            Count(credit, month, sign);
        }
        // Which lines of a deal a tally with dates counts may change with every line.
        if (_dated.Length > 0)
        {
            CountDated(credit.Line.Deal, -1);
        }
        if (Deals.IsKept)
        {
            Deals.Add(credit, month, sign);
            Calculated = Math.Min(Calculated, Math.Max(month, 0));
        }
        if (_dated.Length > 0)
        {
            CountDated(credit.Line.Deal, 1);
        }
    }

    private void Count(CreditContext credit, int month, int sign)
    {
        var source = credit.Line.Credit;
        foreach (ref readonly var tally in _undated.AsSpan())
        {
            if ((tally.Credits & source) == 0 || !tally.Measure.Counts(credit))
            {
                continue;
            }
            if (tally.Measure.Value.Number(credit) is { } value)
            {
                ref var sum = ref _sums[tally.First + month];
                sum = sign > 0 ? sum + value : sum - value;
            }
            else
            {
                _unknown.Add(tally.No, month, new UnknownValue(credit.Line.Transaction, credit.Line.Kind, credit.Amount), sign);
            }
        }
        Calculated = Math.Min(Calculated, month);
    }

    private void CountDated(string deal, int sign)
    {
        foreach (var tally in _dated)
        {
            Deals.Sum(deal, tally, (month, value) => Add(tally, month, sign > 0 ? value : -value), (month, unknown) => _unknown.Add(tally, month, unknown, sign));
        }
    }

    /// <summary>A credited sum of a month that was calculated elsewhere, as for a whole population at once.</summary>
    internal void Set(int tally, int month, decimal sum)
    {
        _sums[(tally * _year.Months) + month] = sum;
        Calculated = Math.Min(Calculated, month);
    }

    internal void Measure(int month, Measurements measurements)
    {
        for (var t = 0; t < _tallies.Length; t++)
        {
            var sum = measurements[_measures[_tallies[t].Measure].No, _year.Inputs.Year.Months[month].No].Of(_tallies[t].Credits);
            Set(t, month, TenThousandths.ToDecimal(sum));
        }
    }

    internal void Restart()
    {
        Clear();
        Groups = null;
        _quotaSource = new QuotaSource(_year.Inputs, Plan, Version, _onPlan);
        SetQuotas();
    }

    /// <summary>Calculates the figures of every month up to one, included.</summary>
    internal void CalculateThrough(int month)
    {
        for (var m = Calculated; m <= month; m++)
        {
            for (var c = 0; c < _components.Length; c++)
            {
                Calculate(m, c);
            }
        }
        Calculated = Math.Max(Calculated, month + 1);
    }

    /// <summary>The figures of some components alone, in the order of calculation, of the months from one to another, both included.</summary>
    internal void Calculate(int first, int last, IReadOnlyList<int> components)
    {
        for (var m = first; m <= last; m++)
        {
            for (var i = 0; i < components.Count; i++)
            {
                Calculate(m, components[i]);
            }
        }
    }

    /// <summary>Takes all credits away.</summary>
    internal void Clear()
    {
        Array.Clear(_sums);
        _leftOut.Clear();
        _unknown.Clear();
        Deals.Clear();
        Calculated = 0;
    }

    private void Calculate(int month, int c)
    {
        var component = _components[c];
        ref var figures = ref _figures[(month * _components.Length) + c];
        var isFirst = FirstOf(month, component.MeasurementPeriod) == month;
        var before = isFirst ? 0m : Figures(month - 1, c).Earned;
        Measure(month, component, c, ref figures);
        var standstill = Standstill(month, c, component, figures);
        decimal? earned = null;
        if (standstill == Engine.Standstill.None)
        {
            earned = Earn(At(month, c), component, ref standstill);
        }
        figures.Standstill = standstill;
        figures.Earned = earned ?? before;
        figures.Incentive = figures.Earned - before;
    }

    private static decimal? Earn(PeriodContext period, ComponentRule component, ref Standstill missing)
    {
        var earned = component.Earning.ToDate(period, ref missing);
        for (var s = 0; s < component.Stages.Count && earned is { } sofar; s++)
        {
            earned = component.Stages[s].Apply(period, sofar, ref missing);
        }
        return earned;
    }

    private void Measure(int month, ComponentRule component, int c, ref ComponentFigures figures)
    {
        if (component.Window is { } window)
        {
            MeasureWindow(month, component, c, window, ref figures);
            return;
        }
        var startsAttainment = FirstOf(month, component.AttainmentPeriod) == month;
        var atTarget = _atTarget[(month * _components.Length) + c];
        figures.Month = component.Tally >= 0 && _onPlan[month] ? Sum(component.Tally, month) : 0m;
        figures.AtTarget = (startsAttainment ? 0m : Figures(month - 1, c).AtTarget) + atTarget;
        figures.ToDate = (startsAttainment ? 0m : Figures(month - 1, c).ToDate) + figures.Month + atTarget;
        figures.Before = startsAttainment ? 0m
            : FirstOf(month, component.MeasurementPeriod) == month ? Figures(month - 1, c).ToDate
            : Figures(month - 1, c).Before;
        figures.Quota = _quotas[(month * _components.Length) + c];
        figures.TargetIncentive = TargetIncentive(month, c, component);
    }

    private Standstill Standstill(int month, int c, ComponentRule component, in ComponentFigures figures) =>
        !_onPlan[month] ? Engine.Standstill.OffPlan
        : month >= _year.Inputs.Begun ? Engine.Standstill.NotBegun
        : component.Eligibility?.Truth(RepIn(month)) == false ? Engine.Standstill.NotEligible
        : component.Quota != QuotaUse.None && figures.Quota is null ? (_quotaIsZero[(month * _components.Length) + c] ? Engine.Standstill.QuotaZero : Engine.Standstill.QuotaMissing)
        : component.Earning.NeedsTargetIncentive && figures.TargetIncentive is null ? Engine.Standstill.TargetIncentiveMissing
        : component.AttainmentCap is { Fixed: null } cap && cap.Of(At(month, c)) is null ? Engine.Standstill.FigureMissing
        : component.ExcessAbove is { Fixed: null } threshold && threshold.Of(At(month, c)) is null ? Engine.Standstill.FigureMissing
        : Engine.Standstill.None;

    /// <summary>The part of the year's target incentive that lies in a span, month by equal month, prorated as the quota is; null when it is not known.</summary>
    public decimal? TargetIncentiveOf(int component, int month, PeriodKind span) => AnnualTarget(_components[component]) is { } annual
        ? PartOfTarget(annual, _year.LengthOf(month, span), _quotaSource.ActivePart(_year.Inputs.Year.Months[month].Span(span)))
        : null;

    /// <summary>What a component counts of the months up to one, that one included, also where they lie in earlier years.</summary>
    /// <param name="months">How many; null: all that are known.</param>
    public decimal? CountedInLast(int component, int month, int? months)
    {
        if (_components[component].Tally is not (>= 0 and var tally))
        {
            return null;
        }
        var first = month + 1 - (months ?? month + 1);
        var sum = 0m;
        for (var m = Math.Max(first, 0); m <= month; m++)
        {
            sum += _onPlan[m] ? Sum(tally, m) : 0m;
        }
        return months is null ? sum + Deals.CountedBefore(tally, DateOnly.MinValue)
            : first < 0 ? sum + Deals.CountedBefore(tally, _year.Inputs.Year.Period.From.AddMonths(first))
            : sum;
    }

    /// <summary>What is set for the span of a kind in which a month lies; null when it is not known or zero.</summary>
    public decimal? QuotaOf(int component, int month, PeriodKind span) =>
        Version.Components[component].Tally is >= 0 and var tally
        && _quotaSource.For(Version.Measures[Version.Tallies[tally].Measure].No, _year.Inputs.Year.Months[month].Span(span)) is > 0m and var quota ? quota : null;

    /// <summary>The part of that quota that leave has credited at target by the end of the month.</summary>
    public decimal AtTargetOf(int component, int month, PeriodKind span) => Version.Components[component].Tally is >= 0 and var tally
        ? _quotaSource.AtTarget(Version.Measures[Version.Tallies[tally].Measure].No, _year.Inputs.Year.Months[month].Span(span), _year.Inputs.Year.Months[month].Period.To)
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
            if (_quotaSource.ActivePart(_year.Inputs.Year.Months[m].Period) is { } part)
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

    private bool IsOfYear(int month) => (uint)month < (uint)_year.Months;
}
