namespace Spm.Client;

/// <summary>
/// One rep in one period, by the first component of the plan. Credited and quota are in the measure's unit, attainment in
/// percent; earnings and payout are for the whole period asked for.
/// </summary>
public sealed record RepPerformance
{
    public required RepRef Rep { get; init; }
    public string? Plan { get; init; }
    public string? PlanName { get; init; }
    public string? Measure { get; init; }
    public string? MeasureName { get; init; }
    public decimal Credited { get; init; }
    public decimal? Quota { get; init; }

    /// <summary>In percent; null without a quota, for a missing quota is not a quota of zero.</summary>
    public decimal? Attainment { get; init; }
    public Money Earnings { get; init; }
    public Money Payout { get; init; }
}

/// <summary>A rep's measurement against its quota; attainment in percent.</summary>
public sealed record Attainment
{
    public required RepRef Rep { get; init; }
    public required string Measure { get; init; }
    public required string Period { get; init; }
    public decimal Credited { get; init; }
    public decimal Quota { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("attainment")]
    public decimal? Percent { get; init; }
}

/// <summary>Something that needs a person: who or what cannot be credited, with the money at stake.</summary>
public sealed record Problem(
    string Id, string Code, string? Transaction, RepRef? Rep, decimal Amount, string? Currency, string? Detail, DateOnly? Date);

public sealed record ProblemSummary(string Code, long Count, decimal AmountAtStake, string? Currency);

/// <summary>Does everything that came in reappear, credited or named as a problem?</summary>
public sealed record Reconciliation(Tally Transactions, Tally Credited, Tally Uncredited);

public sealed record Tally(long Count, decimal Amount);

/// <summary>A territory's own transactions and those of everything below it, per measure.</summary>
public sealed record TerritoryLive(IReadOnlyList<TerritoryMeasure> Measures);

public sealed record TerritoryMeasure(string Measure, IReadOnlyList<TerritoryPeriod> Periods);

/// <summary>One month; its quarter and year are the sums of their months.</summary>
public sealed record TerritoryPeriod(string Period, Tally Own, Tally RollUp);
