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
/// <param name="Status">open: the figures still change. closed: they never do.</param>
public sealed record RepMonthView(
    string Period,
    string Status,
    IReadOnlyList<ComponentLiveView> Components,
    MoneyView Incentives,
    MoneyView Adjustments,
    MoneyView CarriedIn,
    MoneyView CarriedOut,
    MoneyView Payout);

/// <summary>A component of the plan that pays the month, as of now. Credited figures and the quota are in the measure's unit.</summary>
/// <param name="CreditedToDate">From the start of the attainment period to the end of this month.</param>
/// <param name="Quota">What `credited_to_date` stands against; null when it is not set, and then nothing is earned.</param>
/// <param name="Attainment">In percent at four decimals; null without a quota.</param>
/// <param name="EarnedToDate">Exact, in the company's currency.</param>
public sealed record ComponentLiveView(
    string Component,
    string Plan,
    string Measure,
    string Credited,
    string CreditedToDate,
    string? Quota,
    string? Attainment,
    string EarnedToDate,
    MoneyView Incentive);
