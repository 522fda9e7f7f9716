namespace Spm.Client;

/// <summary>A payout taken apart: payout, incentives, measurement, credits, transactions; and how each figure was calculated.</summary>
public sealed record PayoutExplanation
{
    public required Payout Payout { get; init; }
    public IReadOnlyList<ExplainedIncentive> Incentives { get; init; } = [];
    public IReadOnlyList<ExplainedLine> Lines { get; init; } = [];
    public IReadOnlyList<ExplainedAdjustment> Adjustments { get; init; } = [];

    /// <summary>The month's pay as it comes to now, before adjustments and what is carried in.</summary>
    public Calculation? Calculation { get; init; }
}

/// <summary>A line of pay that is no incentive: hold, release, clawback, cap, guarantee, draw, recovery, … Null component: of the whole payout.</summary>
public sealed record ExplainedLine(string Line, string? Component, Money Amount);

/// <summary>A number and how it came about. <c>given</c> facts have no inputs; <c>because</c> takes its first input, for the reasons that follow.</summary>
public sealed record Calculation(string Name, string Operation, decimal Value, string? Detail)
{
    public IReadOnlyList<Calculation> Inputs { get; init; } = [];
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
    public Calculation? AttainmentCalculation { get; init; }
    public IReadOnlyList<ExplainedCredit> Credits { get; init; } = [];
    public IReadOnlyList<ExplainedRollUp> RollUp { get; init; } = [];
}

public sealed record ExplainedCredit(string Kind, decimal Percent, decimal Amount, ExplainedTransaction Transaction);

public sealed record ExplainedTransaction(
    string Id, string? Source, string? ExternalId, int Version, string Kind, DateOnly Date, decimal Amount)
{
    /// <summary>Of the amount, as the source sent it.</summary>
    public string? Currency { get; init; }

    /// <summary>Null where the amount is in the company's currency.</summary>
    public Conversion? Conversion { get; init; }
}

/// <summary>One report's credits as a sum: a manager's credit is never one row per transaction below.</summary>
public sealed record ExplainedRollUp(RepRef Rep, decimal Amount, long Count);

public sealed record ExplainedAdjustment(string? Reason, Money Amount, string? OriginPeriod = null, string? PlanName = null, string? Component = null, string? Line = null);
