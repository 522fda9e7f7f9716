using Spm.Compensation.Periods;

namespace Spm.Compensation.Engine;

/// <summary>
/// About how much has to be worked out, in steps: a part of an expression is one, or a tier that is looked through. It is counted from the rules alone and
/// not by a clock, so that what one machine takes is taken by all; ten million steps are about a second.
/// </summary>
public static class Effort
{
    /// <summary>Of any component: its sums, its quota and target incentive, who is eligible.</summary>
    private const int OfAnyComponent = 20;

    /// <summary>Of a deal that is looked at: its lines together, and what is counted of them.</summary>
    private const int OfAnyDeal = 10;

    /// <summary>Of a deal whose pay is followed through later months.</summary>
    private const int OfAFollowedDeal = 100;

    /// <summary>What a component takes to be calculated for one month.</summary>
    /// <param name="deals">How many lines of deals there are.</param>
    public static long OfMonth(ComponentRule component, int deals)
    {
        var stages = OfAnyComponent + component.Stages.Sum(s => (long)s.Steps) + (component.Eligibility?.Steps ?? 0) + (component.AttainmentCap?.Steps ?? 0);
        // What was credited before the year, or in the last months, is summed up anew each time.
        var looksBack = component.LooksBack ? FiscalYearPattern.MaxMonths + deals : 1;
        var earning = component.Earning.PerDeal ? deals * (long)(OfAnyDeal + component.Earning.Steps) : component.Earning.Steps + (component.Earning.NeedsDeals ? deals : 0L);
        return ((stages + earning) * looksBack) + (component.Pay.NeedsDeals ? deals * (OfAFollowedDeal + (long)component.Earning.Steps) : 0L);
    }
}
