using System.Globalization;
using Spm.Compensation.Engine;
using Spm.Compensation.Explain;
using Spm.Compensation.Expressions;
using Spm.Compensation.Gates;

namespace Spm.Compensation.Stages;

/// <summary>Nothing is earned to date while a gate is closed.</summary>
/// <param name="Component">Whose attainment opens it; null when an expression does.</param>
public sealed record GateStage(Gate Gate, ComponentRef? Component, CompiledExpression<PeriodContext>? When) : EarningStage
{
    public override string Kind => "gates";

    public override int Steps => (When?.Steps ?? Gate.At.Steps) * (Gate.OnceOpenStays ? Periods.FiscalYearPattern.MaxMonths : 1);

    public override decimal? Apply(PeriodContext period, decimal earned, ref Standstill missing)
    {
        if (IsOpen(period) is { } open)
        {
            return open ? earned : 0m;
        }
        missing = Standstill.FigureMissing;
        return null;
    }

    public override string? WhyUnknown(PeriodContext period) => IsOpen(period) is not null ? null
        : When is not null ? Unknowns.In(When, period)
        : period.Of(Component!.Index).Quota is null ? $"quota of {Gate.Component}"
        : Gate.At.WhyUnknown(period);

    public override ExplainNode Explain(PeriodContext period, ExplainNode before)
    {
        var name = Component is null ? $"gate: {When!.Text}" : $"gate: {Gate.Component} at {Gate.At.Shown(period)} %";
        var (now, opened) = (period.Month, OpenedIn(period));
        var word = opened is null ? "closed" : opened == now ? "open" : $"open since {period.State.Year.Inputs.Year.Months[opened.Value].Id}";
        period.Month = opened ?? now;
        var state = When is null ? ExplainNode.Given(word, opened is null ? 0m : 1m, Standing(period)) : FormulaNodes.Of(word, When, period);
        period.Month = now;
        return ExplainNode.Of(name, ExplainOperation.Product, before, state);
    }

    /// <summary>The month that opens it for the current one: itself, or the last one before it where the gate stays open. Null while it is closed.</summary>
    private int? OpenedIn(PeriodContext period)
    {
        var now = period.Month;
        int? opened = null;
        for (var month = now; month >= (Gate.OnceOpenStays ? period.FirstMonthOf(period.Rule.AttainmentPeriod) : now) && opened is null; month--)
        {
            period.Month = month;
            opened = At(period) == true ? month : null;
        }
        period.Month = now;
        return opened;
    }

    /// <summary>Where the other component stands against the gate; null where an expression opens it.</summary>
    private string? Standing(PeriodContext period)
    {
        if (Component is null)
        {
            return null;
        }
        ref readonly var other = ref period.Of(Component.Index);
        return other.Attainment is { } attainment
            ? string.Create(CultureInfo.InvariantCulture, $"{Gate.Component} stands at {attainment * 100m:0.##} %: {other.ToDate:#,0.##########} of {other.Quota:#,0.##########}")
            : null;
    }

    private bool? IsOpen(PeriodContext period)
    {
        var open = At(period);
        if (!Gate.OnceOpenStays)
        {
            return open;
        }
        // A month in which it was not known where the gate stood opened nothing.
        var now = period.Month;
        for (var month = period.FirstMonthOf(period.Rule.AttainmentPeriod); month < now && open != true; month++)
        {
            period.Month = month;
            open = At(period) == true ? true : open;
        }
        period.Month = now;
        return open;
    }

    private bool? At(PeriodContext period)
    {
        if (When is not null)
        {
            return When.TruthIfKnown(period);
        }
        ref readonly var other = ref period.Of(Component!.Index);
        return other.Quota is { } quota && Gate.At.Of(period) is { } at ? other.ToDate * 100m >= at * quota : null;
    }
}
