using Spm.Compensation.Groups;
using Spm.Compensation.RateTables;

namespace Spm.Compensation.Engine;

/// <summary>What an expression sees of a credit, or of a deal's credits together.</summary>
public abstract class CreditFigures
{
    private readonly RepYear? _year;
    private readonly RepProfile? _rep;

    private protected CreditFigures(RepYear? year, RepProfile? rep) => (_year, _rep) = (year, rep);

    public RepProfile Rep => _rep ?? _year!.Inputs.Rep;

    public CreditLine Line { get; internal set; } = null!;

    /// <summary>The line's amount in the plan's currency.</summary>
    public decimal Amount { get; internal set; }

    public decimal? Margin { get; internal set; }
}

/// <summary>What an expression about one credit sees. One is made per calculation and pointed at line after line.</summary>
public sealed class CreditContext : CreditFigures
{
    public CreditContext(RepYear year)
        : base(year, null)
    {
    }

    /// <summary>Of a credit by itself, in the plan's currency.</summary>
    public CreditContext(RepProfile rep, CreditLine line)
        : base(null, rep) => (Line, Amount, Margin) = (line, line.Amount, line.Margin);
}

/// <summary>What an expression about a deal sees: the deal as it stands, and the figures of the component and the period that pay it.</summary>
public sealed class DealContext : CreditFigures
{
    internal DealContext(PeriodContext period, in DealBook.Standing deal)
        : base(period.State.Year, null) =>
        (Period, Counted, Line, Amount, Margin) = (period, deal.Value, deal.Credit.Line, deal.Credit.Amount, deal.Credit.Margin);

    public PeriodContext Period { get; }

    /// <summary>What the component's measure counts of the deal.</summary>
    public decimal Counted { get; }
}

/// <summary>
/// What an expression about a component sees: its own figures and those of the components calculated before it, to date. One is made per
/// calculation and pointed at month after month.
/// </summary>
public sealed class PeriodContext
{
    private readonly VersionState _state;

    internal PeriodContext(VersionState state) => _state = state;

    public RepProfile Rep => _state.Year.Inputs.Rep;

    /// <summary>The rep in the current month.</summary>
    public RepMonth RepMonth => _state.RepIn(Month);

    public int Month { get; internal set; }

    public int Component { get; internal set; }

    public ComponentRule Rule => _state.Version.Components[Component];

    public ref readonly ComponentFigures Own => ref _state.Figures(Month, Component);

    public ref readonly ComponentFigures Of(int component) => ref _state.Figures(Month, component);

    public ref readonly ComponentFigures At(int month) => ref _state.Figures(month, Component);

    /// <summary>The first month of the span of a kind that the current month lies in.</summary>
    public int FirstMonthOf(Periods.PeriodKind span) => _state.FirstOf(Month, span);

    /// <summary>The span of a kind that the current month lies in.</summary>
    public Periods.FiscalPeriod Span(Periods.PeriodKind span) => _state.Year.Inputs.Year.Months[Month].Span(span);

    public bool IsLastMonthOf(Periods.PeriodKind span) => Month + 1 == FirstMonthOf(span) + _state.Year.LengthOf(Month, span);

    /// <summary>What the component counts of the last months, or of all there were; null where it has no measure.</summary>
    public decimal? CountedInLast(int? months) => _state.CountedInLast(Component, Month, months);

    public VersionState State => _state;

    /// <summary>Figures of groups at the end of the month; null until those of all reps are known.</summary>
    public MonthGroups? Groups => _state.Groups?[Month];

    /// <summary>Null where the rep is no member, or it is not known yet.</summary>
    public GroupSum? Sum(GroupName name) =>
        _state.Version.FindGroup(name.Group) is >= 0 and var group ? Groups?.Sum(group, name.Component is { } id ? _state.Version.Find(id) : Component) : null;

    /// <summary>
    /// What is being paid: the measured value from the start of the measurement period on, standing on what lies before it. With a cap on
    /// attainment, up to the cap.
    /// </summary>
    public Stretch Stretch()
    {
        ref readonly var own = ref Own;
        return Stretch(own.Before, own.ToDate);
    }

    /// <summary>A part of what is measured, up to the cap on attainment and from the threshold on.</summary>
    public Stretch Stretch(decimal from, decimal to)
    {
        ref readonly var own = ref Own;
        if (Rule.AttainmentCap?.Of(this) is { } cap && own.Quota is { } capped)
        {
            var most = cap * capped / 100m;
            (from, to) = (Math.Min(from, most), Math.Min(to, most));
        }
        if (Rule.ExcessAbove?.Of(this) is { } threshold && own.Quota is { } quota)
        {
            var least = threshold * quota / 100m;
            (from, to) = (Math.Max(from, least), Math.Max(to, least));
        }
        return new Stretch(from, to, own.Quota, own.TargetIncentive);
    }
}

/// <summary>
/// The figures of a component at the end of a month. Measured figures are in units of the measure, money in the plan's currency; all are exact.
/// </summary>
public struct ComponentFigures
{
    /// <summary>Credited in the month.</summary>
    public decimal Month;

    /// <summary>Credited from the start of the attainment period to the end of the month.</summary>
    public decimal ToDate;

    /// <summary>The part of <see cref="ToDate"/> that lies before the measurement period: it sets the rate and is not paid.</summary>
    public decimal Before;

    /// <summary>The part of <see cref="ToDate"/> that nobody sold: leave that is credited at target.</summary>
    public decimal AtTarget;

    /// <summary>Null when the component has a quota and it is not fully set.</summary>
    public decimal? Quota;

    public decimal? TargetIncentive;

    /// <summary>Earned from the start of the measurement period to the end of the month.</summary>
    public decimal Earned;

    /// <summary>The month's incentive: what is earned to date, less what was earned a month ago.</summary>
    public decimal Incentive;

    /// <summary>Why the earning stands where it stood a month ago.</summary>
    public Standstill Standstill;

    /// <summary>It stands still for want of a figure, not because a rule says so.</summary>
    public readonly bool LacksAFigure =>
        Standstill is Standstill.QuotaMissing or Standstill.TargetIncentiveMissing or Standstill.FigureMissing or Standstill.ScoreMissing or Standstill.TiersNotValid
            or Standstill.MultiplierOutsideTiers;

    /// <summary>A fraction, unrounded; null without a quota.</summary>
    public readonly decimal? Attainment => Quota is { } quota ? ToDate / quota : null;
}

/// <summary>Why a month pays nothing and takes nothing back.</summary>
public enum Standstill : byte
{
    None,

    /// <summary>Nothing has happened in the month or later yet.</summary>
    NotBegun,

    QuotaMissing,

    /// <summary>The quota is a known zero, as in a month of leave or at the start of a ramp: there is nothing to attain yet.</summary>
    QuotaZero,
    TargetIncentiveMissing,

    /// <summary>An expression has no value because something it asks for is not known.</summary>
    FigureMissing,

    ScoreMissing,

    /// <summary>Edges or rates that are worked out make no rate table: an edge lies below the one before it, a rate below zero.</summary>
    TiersNotValid,

    /// <summary>The figure of a multiplier lies below its first tier or above its last one.</summary>
    MultiplierOutsideTiers,

    /// <summary>The rep is on another plan, or on none.</summary>
    OffPlan,
    NotEligible,
}
