using System.Text.Json;
using Spm.Compensation.Crediting;
using Spm.Platform.Kernel;
using Spm.Platform.Payouts.Explaining;
using Spm.Platform.Plans;
using Spm.Platform.Transactions;

namespace Spm.Platform.Modelling;

/// <summary>Deals that nobody has sent yet.</summary>
public sealed record EstimateInput(IReadOnlyList<EstimatedDealInput> Deals);

/// <param name="Kind">order, invoice, payment, refund or cancellation.</param>
/// <param name="Amount">Not negative, in the company's currency; a refund's is positive too.</param>
/// <param name="Percent">The rep's part of the deal: above 0, up to 100.</param>
/// <param name="Credit">How it would be credited to the rep.</param>
/// <param name="Deal">External id of the deal that it is about, of the source that is named; a deal of its own when left out.</param>
public sealed record EstimatedDealInput(
    DateOnly Date,
    decimal Amount,
    TransactionKind Kind = TransactionKind.Order,
    decimal Quantity = 0,
    decimal? Margin = null,
    decimal Percent = 100,
    CreditSources Credit = CreditSources.Direct,
    string? Product = null,
    string? Account = null,
    string? Deal = null,
    string? Source = null,
    JsonElement? Facts = null);

/// <summary>What the deals would pay the rep on top of everything that is known now.</summary>
/// <param name="Periods">Months whose pay would differ.</param>
/// <param name="Components">Components whose incentive or attainment would differ.</param>
public sealed record EstimateView(RepRef Rep, MoneyView Difference, IReadOnlyList<EstimatedMonthView> Periods, IReadOnlyList<EstimatedComponentView> Components);

/// <param name="Before">What the month is worth as it is calculated now, before adjustments and what is carried in.</param>
/// <param name="PaidIn">The month whose payout would hold the difference: of a closed month the first open one, null while none is open.</param>
/// <param name="Calculation">How the pay with the deals comes about.</param>
public sealed record EstimatedMonthView(string Period, MoneyView Before, MoneyView After, MoneyView Difference, string? PaidIn, CalculationView Calculation);

/// <param name="AttainmentBefore">In percent, four decimals; null without a quota.</param>
public sealed record EstimatedComponentView(
    string Period, string Component, string IncentiveBefore, string IncentiveAfter, string? AttainmentBefore, string? AttainmentAfter);

/// <param name="Year">The fiscal year that is calculated again for everyone on the plan.</param>
/// <param name="Document">The plan document as it would be.</param>
public sealed record RemodelInput(string Year, PlanInput Document);

/// <summary>What a year would have cost under another document of a plan, for every rep whom the plan paid in it.</summary>
/// <param name="Difference">Of all reps together: changed less current.</param>
/// <param name="Differences">Of single reps.</param>
/// <param name="Winners">Who would have been paid more, the most first; 100 at most.</param>
/// <param name="Losers">Who would have been paid less, the most first; 100 at most.</param>
public sealed record RemodelView(
    string Year,
    long Reps,
    PlanCostView Current,
    PlanCostView Changed,
    MoneyView Difference,
    IReadOnlyList<DistributionPointView> Differences,
    long WinnersCount,
    IReadOnlyList<RemodelledRepView> Winners,
    long LosersCount,
    IReadOnlyList<RemodelledRepView> Losers);

/// <param name="Pay">The pay of single reps, smallest first.</param>
/// <param name="AttainmentPoints">Percent points of attainment of all reps in sum, four decimals; null when nobody has a quota.</param>
/// <param name="CostPerPoint">Of one percent point of one rep's attainment, in the company's currency, four decimals.</param>
public sealed record PlanCostView(MoneyView Total, IReadOnlyList<DistributionPointView> Pay, string? AttainmentPoints, string? CostPerPoint);

/// <param name="Percent">So many percent of the reps have this figure or a smaller one.</param>
public sealed record DistributionPointView(int Percent, MoneyView Amount);

public sealed record RemodelledRepView(RepRef Rep, MoneyView Current, MoneyView Changed, MoneyView Difference);
