using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Modelling;

/// <summary>What a month pays without and with some deals, in minor units of the plan's currency.</summary>
public readonly record struct EstimatedMonth(FiscalMonth Month, long BeforeMinor, long AfterMinor)
{
    public long DifferenceMinor => AfterMinor - BeforeMinor;
}

/// <summary>Where a component stands at the end of a month without and with some deals; attainments are fractions, null without a quota.</summary>
public sealed record EstimatedComponent(
    FiscalMonth Month, string Component, decimal IncentiveBefore, decimal IncentiveAfter, decimal? AttainmentBefore, decimal? AttainmentAfter);

/// <summary>An answer to "what would these deals pay?". Months and components that nothing happens to are left out.</summary>
/// <param name="Before">The run without the deals.</param>
/// <param name="After">The run with them: it explains itself like any other.</param>
public sealed record Estimate(PayRun Before, PayRun After, IReadOnlyList<EstimatedMonth> Months, IReadOnlyList<EstimatedComponent> Components)
{
    /// <summary>What the deals pay in all, in minor units.</summary>
    public long DifferenceMinor => Months.Sum(m => m.DifferenceMinor);
}

/// <summary>Stateless: the rep's year is calculated as it is and as it would be, by the engine that pays.</summary>
public static class Estimates
{
    public static Estimate Of(PlanRules plan, FiscalCalendar calendar, FxRates rates, RepCase rep, IReadOnlyList<CreditLine> deals) => Of(
        PopulationRun.Calculate(plan, calendar, rates, [rep])[0],
        PopulationRun.Calculate(plan, calendar, rates, [rep with { Credits = [.. rep.Credits, .. deals] }])[0]);

    /// <param name="before">A rep's run without the deals.</param>
    /// <param name="after">The run of the same rep and months with them.</param>
    public static Estimate Of(PayRun before, PayRun after) => new(
        before,
        after,
        [.. before.Months.Zip(after.Months, (b, a) => new EstimatedMonth(b.Month, b.DueMinor, a.DueMinor)).Where(m => m.DifferenceMinor != 0)],
        [.. before.Years.Zip(after.Years, Components).SelectMany(c => c)]);

    private static IEnumerable<EstimatedComponent> Components(RepYear before, RepYear after)
    {
        for (var m = 0; m < before.Months; m++)
        {
            if (before.Paying(m) is not { } was || after.Paying(m) is not { } would)
            {
                continue;
            }
            foreach (var c in was.Version.Shown)
            {
                var (old, now) = (was.Figures(m, c), would.Figures(m, c));
                if ((old.Incentive, old.Attainment) != (now.Incentive, now.Attainment))
                {
                    yield return new EstimatedComponent(
                        before.Inputs.Year.Months[m], was.Version.Components[c].Id, old.Incentive, now.Incentive, old.Attainment, now.Attainment);
                }
            }
        }
    }
}
