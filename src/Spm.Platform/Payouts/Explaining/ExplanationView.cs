using Spm.Compensation.Crediting;
using Spm.Platform.Kernel;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>A payout taken apart. Its amount is the sum of incentives, adjustments and what is carried in, but never below zero.</summary>
public sealed record ExplanationView(
    PayoutView Payout, IReadOnlyList<IncentiveView> Incentives, IReadOnlyList<AdjustmentView> Adjustments, MoneyView CarriedIn);

/// <summary>
/// One component's pay: <c>amount + adjusted_later = earned_to_date − earned_before</c>, rounded to the minor unit over all components
/// together. Quantities stand in the measure's unit and without rounding.
/// </summary>
/// <param name="Amount">As it is paid with this payout.</param>
/// <param name="AdjustedLater">What has come in since the period was closed: paid as an adjustment of a later period.</param>
/// <param name="Measurement">Credited to date: in the attainment period up to and with this month.</param>
/// <param name="Credited">Of the month: the credits and the roll-up below add up to it.</param>
/// <param name="Attainment">In percent, four decimals; null without a quota.</param>
/// <param name="Bands">The tiers behind the earnings to date. None while the quota is missing.</param>
/// <param name="BandsBefore">The tiers behind what had been earned a month ago.</param>
/// <param name="Credits">The rep's own credits of the month, in order of time; the largest ones where there are too many.</param>
/// <param name="CreditsTotal">Of all the rep's own credits, listed or not.</param>
public sealed record IncentiveView(
    string Component,
    string ComponentName,
    string Plan,
    string PlanName,
    string? PlanVersion,
    string? Measure,
    MoneyView Amount,
    MoneyView AdjustedLater,
    string? Quota,
    string Measurement,
    string Credited,
    string? Attainment,
    string EarnedToDate,
    string EarnedBefore,
    IReadOnlyList<BandView> Bands,
    IReadOnlyList<BandView> BandsBefore,
    IReadOnlyList<ExplainedCreditView> Credits,
    bool CreditsTruncated,
    SumView CreditsTotal,
    IReadOnlyList<RollUpView> RollUp);

/// <summary>From, to and rate in percent; the last tier has no end. <c>earned = amount × rate / 100</c>.</summary>
public sealed record BandView(string From, string? To, string Rate, string Amount, string Earned);

public sealed record SumView(string Amount, long Count);

/// <param name="Percent">The rep's share of the transaction.</param>
/// <param name="Amount">What of it the measure counts.</param>
public sealed record ExplainedCreditView(CreditKind Kind, string Percent, string Amount, ExplainedTransactionView Transaction);

public sealed record ExplainedTransactionView(string Id, string Source, string ExternalId, long Version, TransactionKind Kind, DateOnly Date, string Amount);

/// <summary>What came up through one direct report: its own credits and those of everybody below it, by who reported to whom on each transaction's day.</summary>
public sealed record RollUpView(RepRef Rep, string Amount, long Count);

/// <param name="OriginPeriod">The closed period that came to another result.</param>
public sealed record AdjustmentView(string Reason, string OriginPeriod, string Plan, string PlanName, string Component, MoneyView Amount)
{
    public const string PriorPeriod = "prior_period_adjustment";
}
