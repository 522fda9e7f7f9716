using Spm.Compensation.Bounds;
using Spm.Compensation.Earnings;
using Spm.Compensation.Engine;
using Spm.Compensation.Kickers;
using Spm.Compensation.RateTables;
using Spm.Compensation.Stages;

namespace Spm.Compensation.Lint;

/// <summary>Where something of a component changes, whatever grows.</summary>
/// <param name="Beyond">How far the period stands beyond it; below zero it is not reached, and null where that is not known.</param>
/// <param name="Alone">The credited amount, where all is credited in one month and it is plain without asking; else null.</param>
internal readonly record struct Breakpoint(Func<PeriodContext, decimal?> Beyond, decimal? Alone);

/// <summary>Every bound of a component: of tiers, thresholds, kickers and caps, and whatever its expressions compare with.</summary>
internal static class Breakpoints
{
    /// <param name="quota">Of the attainment period.</param>
    public static IEnumerable<Breakpoint> Of(ComponentRule component, decimal quota) =>
    [
        .. RatesOf(component) is { } rates ? OfTiers(component, rates, quota) : [],
        .. Constants.Of(component).Select(k => new Breakpoint(p => k.Value(p) - k.At, Constants.Credited(k.Figure, k.At, quota))),
        .. component.Stages.SelectMany(s => OfStage(component, s, quota)),
        .. component.AttainmentCap is { } cap ? [OfAttainment(cap, quota)] : Enumerable.Empty<Breakpoint>(),
    ];

    internal static Rates? RatesOf(ComponentRule component) => component.Earning switch
    {
        TableEarning table => table.Table,
        DealTableEarning table => table.Rates.Table,
        PlacedDealEarning table => table.Rates.Table,
        _ => null,
    };

    private static IEnumerable<Breakpoint> OfTiers(ComponentRule component, Rates rates, decimal quota)
    {
        var isOfAttainment = rates.On == RateBasis.Attainment;
        decimal? Reached(PeriodContext period) => isOfAttainment ? period.Own.Attainment * 100m
            : component.Earning.PerDeal && component.Earning is not PlacedDealEarning ? Formula.LastDeal(period)?.Counted
            : period.Own.ToDate;
        for (var i = 0; i < rates.Count; i++)
        {
            var tier = i;
            var from = rates.Fixed?.Tiers[tier].From;
            // A tier that is empty for the rep is left out of a table that is worked out.
            yield return new(
                period => Reached(period) - (from ?? (rates.At(period) is { } table && tier < table.Tiers.Count ? table.Tiers[tier].From : null)),
                isOfAttainment ? from * quota / 100m : from);
        }
    }

    private static IEnumerable<Breakpoint> OfStage(ComponentRule component, EarningStage stage, decimal quota) => stage switch
    {
        ThresholdStage { Threshold.At: var at } => [OfAttainment(at, quota)],
        KickerStage { Kicker: var kicker } => [OfKicker(component, kicker, quota)],
        GateStage { Component: { } other, Gate.At: var at } => [new(period => (period.Of(other.Index).Attainment * 100m) - at.Of(period), null)],
        _ => [],
    };

    private static Breakpoint OfAttainment(Bound at, decimal quota) => new(period => (period.Own.Attainment * 100m) - at.Of(period), at.Fixed * quota / 100m);

    /// <summary>Its period may be another than the component's, and so is its quota.</summary>
    private static Breakpoint OfKicker(ComponentRule component, Kicker kicker, decimal quota)
    {
        decimal Credited(PeriodContext period)
        {
            var sum = period.State.AtTargetOf(period.Component, period.Month, kicker.Once);
            for (var m = period.FirstMonthOf(kicker.Once); m <= period.Month; m++)
            {
                sum += period.At(m).Month;
            }
            return sum;
        }
        return kicker.At is { } at
            ? new(
                period => (Credited(period) * 100m) - (at.Of(period) * period.State.QuotaOf(period.Component, period.Month, kicker.Once)),
                kicker.Once == component.AttainmentPeriod && component.Window is null ? at.Fixed * quota / 100m : null)
            : new(period => Credited(period) - kicker.AtAmount!.Of(period), kicker.AtAmount!.Fixed);
    }
}
