using System.Text.Json.Nodes;

namespace Spm.Client;

/// <summary>A deal that nobody has sent yet, in the company's currency. Kind: order, invoice, payment, refund or cancellation.</summary>
public sealed record EstimatedDeal(DateOnly Date, decimal Amount)
{
    public string Kind { get; init; } = "order";
    public decimal? Quantity { get; init; }
    public decimal? Margin { get; init; }

    /// <summary>The rep's part: above 0, up to 100.</summary>
    public decimal? Percent { get; init; }

    /// <summary>direct, overlay or roll_up; direct when left out.</summary>
    public string? Credit { get; init; }
    public string? Product { get; init; }
    public string? Account { get; init; }

    /// <summary>External id of the deal that it is about, and its source.</summary>
    public string? Deal { get; init; }
    public string? Source { get; init; }
    public IReadOnlyDictionary<string, object>? Facts { get; init; }
}

/// <summary>What deals would pay a rep on top of everything that is known now.</summary>
public sealed record Estimate(
    RepRef Rep, Money Difference, IReadOnlyList<EstimatedMonth> Periods, IReadOnlyList<EstimatedComponent> Components);

/// <param name="PaidIn">The month whose payout would hold the difference; null while no month is open.</param>
public sealed record EstimatedMonth(string Period, Money Before, Money After, Money Difference, string? PaidIn, Calculation Calculation);

/// <summary>Attainments are in percent; null without a quota.</summary>
public sealed record EstimatedComponent(
    string Period, string Component, decimal IncentiveBefore, decimal IncentiveAfter, decimal? AttainmentBefore, decimal? AttainmentAfter);

/// <summary>What a year would have cost under another document of a plan. Winners and losers are cut to the first hundred.</summary>
public sealed record Remodelled(
    string Year,
    long Reps,
    PlanCost Current,
    PlanCost Changed,
    Money Difference,
    IReadOnlyList<DistributionPoint> Differences,
    long WinnersCount,
    IReadOnlyList<RemodelledRep> Winners,
    long LosersCount,
    IReadOnlyList<RemodelledRep> Losers);

public sealed record PlanCost(Money Total, IReadOnlyList<DistributionPoint> Pay, decimal? AttainmentPoints, decimal? CostPerPoint);

/// <summary>So many percent of the reps have this figure or a smaller one.</summary>
public sealed record DistributionPoint(int Percent, Money Amount);

public sealed record RemodelledRep(RepRef Rep, Money Current, Money Changed, Money Difference);

/// <summary>Whether a plan document could be put as it is, and what its author should look at.</summary>
public sealed record PlanCheck(bool Accepted, IReadOnlyList<PlanError> Errors, IReadOnlyList<PlanFinding> Findings);

/// <summary>Pointer: the place in the document (RFC 6901).</summary>
public sealed record PlanError(string Pointer, string Code, string Detail);

/// <summary>Money: what it is worth at the input, in the plan's currency; null where there is no such figure.</summary>
public sealed record PlanFinding(string Code, string Severity, int Version, string Component, string Input, decimal? Money, string Detail);

internal sealed record EstimateBody(IReadOnlyList<EstimatedDeal> Deals);

internal sealed record RemodelBody(string Year, JsonNode Document);
