using Spm.Compensation.Groups;
using Spm.Compensation.Periods;

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

    /// <summary>
    /// What the groups of the rep come to, by month. Null in the first stage, in which every rep is calculated alone; setting it has everything calculated again,
    /// that of other versions too: one without groups may ask what this one has earned in the year.
    /// </summary>
    public IReadOnlyList<MonthGroups?>? Groups
    {
        get;
        set
        {
            field = value;
            for (var s = 0; s < _year.States.Count; s++)
            {
                _year.States[s].Calculated = 0;
            }
        }
    }

    /// <summary>What a month credits at target, for leave.</summary>
    internal decimal AtTarget(int month, int component) => _atTarget[(month * _components.Length) + component];

    /// <summary>Whether the quota of a month is known to be zero.</summary>
    internal bool QuotaIsZero(int month, int component) => _quotaIsZero[(month * _components.Length) + component];

    /// <summary>Months up to this one, not included, have figures.</summary>
    internal int Calculated { get; private set; }

    public ref readonly ComponentFigures Figures(int month, int component) => ref _figures[(month * _components.Length) + component];

    public decimal Sum(int tally, int month) => _sums[(tally * _year.Months) + month];

    /// <summary>A month on another plan, or on none, adds neither credits nor quota.</summary>
    public bool OnPlan(int month) => _onPlan[month];

    public RepMonth RepIn(int month) => new(_year.Inputs.Rep, _year.Inputs.Year.Months[month], _year.Inputs.Calendar);

    public int FirstOf(int month, PeriodKind span) => _year.FirstOf(month, span);

    public PeriodContext At(int month, int component)
    {
        (_context.Month, _context.Component) = (month, component);
        return _context;
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

    /// <summary>What a component has earned in the fiscal year to date: the incentives of its months, each by the version of the plan that pays it.</summary>
    internal decimal EarnedInYear(int month, int component)
    {
        var earned = 0m;
        for (var m = 0; m <= month; m++)
        {
            earned += IncentivePaid(m, component);
        }
        return earned;
    }

    /// <summary>A component's incentive of a month, by the version of the plan that pays the month. That version is never a later one, so nobody waits for anybody.</summary>
    internal decimal IncentivePaid(int month, int component)
    {
        if (_year.Paying(month) is not { } paying || paying.Plan.Id != Plan.Id)
        {
            return 0m;
        }
        if (ReferenceEquals(paying, this))
        {
            return Figures(month, component).Incentive;
        }
        paying.CalculateThrough(month);
        return paying.Version.Find(_components[component].Id) is >= 0 and var same ? paying.Figures(month, same).Incentive : 0m;
    }

    /// <summary>What a component earns to date, its stages applied; null where it is not known.</summary>
    internal static decimal? Earn(PeriodContext period, ComponentRule component, ref Standstill missing)
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
}
