using Orleans;
using Spm.Compensation.Engine;
using Spm.Compensation.Payouts;

namespace Spm.Platform.Reps;

/// <summary>A rep as of now, as it travels from the grain: figures without the rules that they came by. Those the company has.</summary>
/// <param name="Months">Those that are calculated, in order of time.</param>
/// <param name="Dues">Of months with a payout.</param>
[GenerateSerializer, Immutable, Alias("spm.live-rep")]
public sealed record LiveRep([property: Id(0)] LiveMonth[] Months, [property: Id(1)] MonthDue[] Dues)
{
    public static LiveRep Of(RepPosition position) => new(
        [.. position.Years.SelectMany(y => y.Months).Select(LiveMonth.Of)],
        [.. position.Settled.Concat(position.Drafts.Where(d => position.Settled.All(s => s.Month != d.Month)).Select(d => d.Close())).Select(MonthDue.Of)]);

    /// <summary>All zero when the month has no payout.</summary>
    public MonthDue DueOf(int month) => Array.Find(Dues, d => d.Month == month);
}

/// <param name="Month">Its number.</param>
/// <param name="DueMinor">What the plan pays for it.</param>
[GenerateSerializer, Immutable, Alias("spm.live-month")]
public sealed record LiveMonth([property: Id(0)] int Month, [property: Id(1)] long DueMinor, [property: Id(2)] LiveComponent[] Components, [property: Id(3)] PayAmount[] Lines)
{
    public static LiveMonth Of(MonthStatement month) => new(
        month.Month.No, month.DueMinor, [.. month.Components.Select(LiveComponent.Of)], [.. month.Lines.Select(l => PayAmount.Of(l.Key, l.Minor))]);
}

/// <summary>A component of the plan that pays the month. Figures are exact: in the measure's unit, money in the plan's currency.</summary>
/// <param name="Measure">Its number; null where the component counts no credits.</param>
/// <param name="EarnedBefore">What it had earned a month ago in the same measurement period.</param>
/// <param name="Minor">The month's incentive in minor units, as it is paid.</param>
[GenerateSerializer, Immutable, Alias("spm.live-component")]
public sealed record LiveComponent(
    [property: Id(0)] string Plan,
    [property: Id(1)] string Component,
    [property: Id(2)] int? Measure,
    [property: Id(3)] decimal Month,
    [property: Id(4)] decimal ToDate,
    [property: Id(5)] decimal? Quota,
    [property: Id(6)] decimal? Attainment,
    [property: Id(7)] decimal Earned,
    [property: Id(8)] decimal EarnedBefore,
    [property: Id(9)] long Minor,
    [property: Id(10)] Standstill Standstill)
{
    public static LiveComponent Of(ComponentStatement component) => new(
        component.Key.Plan,
        component.Key.Component,
        component.Measure?.No,
        component.Figures.Month,
        component.Figures.ToDate,
        component.Figures.Quota,
        component.Figures.Attainment,
        component.Figures.Earned,
        component.EarnedBefore,
        component.Minor,
        component.Figures.Standstill);
}
