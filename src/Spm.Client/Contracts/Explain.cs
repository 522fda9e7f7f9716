namespace Spm.Client;

/// <summary>A payout taken apart: payout, incentives, bands, measurement, credits, transactions.</summary>
public sealed record PayoutExplanation
{
    public required Payout Payout { get; init; }
    public IReadOnlyList<ExplainedIncentive> Incentives { get; init; } = [];
    public IReadOnlyList<ExplainedAdjustment> Adjustments { get; init; } = [];
}

/// <summary>
/// One component's pay: what is earned to date less what was earned a month ago. Measurement and quota are to date and in the measure's
/// unit, attainment is in percent; the credits and the roll-up are those of the month and add up to <c>Credited</c>.
/// </summary>
public sealed record ExplainedIncentive
{
    public required string Component { get; init; }
    public string? ComponentName { get; init; }
    public string? Plan { get; init; }
    public string? PlanName { get; init; }
    public string? PlanVersion { get; init; }
    public decimal? Quota { get; init; }
    public decimal Measurement { get; init; }
    public decimal Credited { get; init; }
    public decimal? Attainment { get; init; }
    public Money? Amount { get; init; }
    public Money? AdjustedLater { get; init; }
    public decimal EarnedToDate { get; init; }
    public decimal EarnedBefore { get; init; }
    public IReadOnlyList<ExplainedBand> Bands { get; init; } = [];
    public IReadOnlyList<ExplainedCredit> Credits { get; init; } = [];
    public IReadOnlyList<ExplainedRollUp> RollUp { get; init; } = [];
}

/// <summary>The part of the measurement that fell into one tier. Edges and rate in percent; null <c>To</c> means no end.</summary>
public sealed record ExplainedBand(decimal From, decimal? To, decimal Rate, decimal Amount, decimal Earned);

public sealed record ExplainedCredit(string Kind, decimal Percent, decimal Amount, ExplainedTransaction Transaction);

public sealed record ExplainedTransaction(
    string Id, string? Source, string? ExternalId, int Version, string Kind, DateOnly Date, decimal Amount);

/// <summary>One report's credits as a sum: a manager's credit is never one row per transaction below.</summary>
public sealed record ExplainedRollUp(RepRef Rep, decimal Amount, long Count);

public sealed record ExplainedAdjustment(string? Reason, Money Amount, string? OriginPeriod = null, string? PlanName = null, string? Component = null);
