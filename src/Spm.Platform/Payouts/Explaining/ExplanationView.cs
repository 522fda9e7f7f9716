using Orleans;
using Spm.Compensation.Crediting;
using Spm.Compensation.Explain;
using Spm.Compensation.PayRuns;
using Spm.Platform.Kernel;
using Spm.Platform.Reps;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

/// <summary>A payout taken apart. Its amount is the sum of incentives, lines, adjustments and what is carried in, but never below zero.</summary>
/// <param name="Lines">What rules of the plan add to the incentives or take from them: holds, clawbacks, caps, guarantees, draws.</param>
/// <param name="Calculation">
/// The payout's amount: the month's pay, adjustments of closed months and what is carried in, down to sums of credits, quotas and the tiers of
/// the plan. Null when it cannot be calculated.
/// </param>
public sealed record ExplanationView(
    PayoutView Payout, IReadOnlyList<IncentiveView> Incentives, IReadOnlyList<PayLineView> Lines, IReadOnlyList<AdjustmentView> Adjustments, MoneyView CarriedIn, CalculationView? Calculation);

/// <summary>
/// One component's pay: <c>amount + adjusted_later = earned_to_date − earned_before</c>, rounded to the minor unit over all lines of pay
/// together. Quantities stand in the measure's unit and without rounding.
/// </summary>
/// <param name="Amount">As it is paid with this payout.</param>
/// <param name="AdjustedLater">What has come in since the period was closed: paid as an adjustment of a later period.</param>
/// <param name="Measurement">Credited to date: in the attainment period up to and with this month.</param>
/// <param name="Credited">Of the month: the credits and the roll-up below add up to it, but for leave that is credited at target.</param>
/// <param name="Attainment">In percent, four decimals; null without a quota.</param>
/// <param name="AttainmentCalculation">The same as a fraction, down to months' credits and the quota with its proration.</param>
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
    CalculationView? AttainmentCalculation,
    string EarnedToDate,
    string EarnedBefore,
    IReadOnlyList<ExplainedCreditView> Credits,
    bool CreditsTruncated,
    SumView CreditsTotal,
    IReadOnlyList<RollUpView> RollUp);

/// <summary>A number and how it came about: the operation on the values of its inputs gives its value, exactly.</summary>
/// <param name="Operation">given: a fact. expression: calculated as the detail says. because: the first input, for the reasons that follow it.</param>
[GenerateSerializer, Immutable, Alias("spm.calculation")]
public sealed record CalculationView(
    [property: Id(0)] string Name, [property: Id(1)] ExplainOperation Operation, [property: Id(2)] string Value, [property: Id(3)] string? Detail, [property: Id(4)] CalculationView[] Inputs)
{
    internal static CalculationView Of(ExplainNode node) => new(node.Name, node.Operation, Wire.Exact(node.Value), node.Detail, [.. node.Inputs.Select(Of)]);

    internal static CalculationView? OrNull(ExplainNode? node) => node is null ? null : Of(node);
}

public sealed record SumView(string Amount, long Count);

/// <param name="Percent">The rep's share of the transaction.</param>
/// <param name="Amount">What of it the measure counts.</param>
public sealed record ExplainedCreditView(CreditSources Kind, string Percent, string Amount, ExplainedTransactionView Transaction);

/// <param name="Amount">As the source sent it, in its own currency; a refund's is negative.</param>
/// <param name="Conversion">How it became the company's currency; null where it is in it.</param>
public sealed record ExplainedTransactionView(
    string Id, string Source, string ExternalId, long Version, TransactionKind Kind, DateOnly Date, string Amount, string Currency, ConversionView? Conversion);

/// <summary>What came up through one direct report: its own credits and those of everybody below it, by who reported to whom on each transaction's day.</summary>
public sealed record RollUpView(RepRef Rep, string Amount, long Count);

/// <param name="OriginPeriod">The closed period that came to another result.</param>
public sealed record AdjustmentView(string Reason, string OriginPeriod, string Plan, string PlanName, PayLineKind Line, string? Component, MoneyView Amount)
{
    public const string PriorPeriod = "prior_period_adjustment";
}
