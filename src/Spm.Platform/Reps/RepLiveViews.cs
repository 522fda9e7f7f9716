using Spm.Compensation.Amounts;
using Spm.Compensation.Payouts;
using Spm.Compensation.PayRuns;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Reps;

/// <summary>A rep as of now: every fiscal month asked for, in order of time.</summary>
public sealed record RepLiveView(RepRef Rep, IReadOnlyList<RepMonthView> Periods);

/// <summary>
/// One month of a rep. Incentives, adjustments and what is carried in add up to the payout and what is carried out. In a closed
/// month these are the figures that were fixed; what its components come to now and was not fixed is an adjustment of the first
/// open month.
/// </summary>
/// <param name="Components">As of now, in a closed month too: their incentives may differ from what was fixed.</param>
/// <param name="Lines">What rules of the plan add to the incentives or take from them: holds, clawbacks, caps, guarantees, draws.</param>
/// <param name="Incentives">What the plan pays for the month: the components' incentives with these lines.</param>
/// <param name="Status">open: the figures still change. closed: they never do.</param>
public sealed record RepMonthView(
    string Period,
    string Status,
    IReadOnlyList<ComponentLiveView> Components,
    IReadOnlyList<PayLineView> Lines,
    MoneyView Incentives,
    MoneyView Adjustments,
    MoneyView CarriedIn,
    MoneyView CarriedOut,
    MoneyView Payout);

/// <summary>A component of the plan that pays the month, as of now. Credited figures and the quota are in the measure's unit.</summary>
/// <param name="CreditedToDate">From the start of the attainment period to the end of this month.</param>
/// <param name="Quota">What `credited_to_date` stands against; null when it is not set, and then nothing is earned.</param>
/// <param name="Attainment">In percent at four decimals; null without a quota.</param>
/// <param name="Measure">Null where the component counts no credits, as a scorecard does.</param>
/// <param name="EarnedToDate">Exact, in the company's currency.</param>
/// <param name="Standstill">Why the earnings stand where they stood a month ago: not_begun, quota_missing, not_eligible, …; null when they do not.</param>
public sealed record ComponentLiveView(
    string Component,
    string Plan,
    string? Measure,
    string Credited,
    string CreditedToDate,
    string? Quota,
    string? Attainment,
    string EarnedToDate,
    MoneyView Incentive,
    string? Standstill);

/// <summary>A line of pay that is no incentive.</summary>
/// <param name="Component">Null where it is of the payout as a whole.</param>
public sealed record PayLineView(PayLineKind Line, string? Component, MoneyView Amount)
{
    internal static PayLineView Of(PayKey key, long minor, Currency currency) =>
        new(key.Kind, key.Component.Length == 0 ? null : key.Component, MoneyView.Of(minor, currency));
}
