namespace Spm.Client;

// Bodies of the set-up upserts. The same records are the rows of an import, where ExternalId names the row;
// in a PUT the URL names it and ExternalId stays null. All ranges are [From, To): To is the first day that no longer counts.
// References (rep, manager, territory, parent, account, plan, measure) are ids or external ids.

/// <summary>The tenant's name, the one currency it credits and pays in, and which rate converts amounts of others.</summary>
/// <param name="Fx">By the rate of the transaction's day when left out.</param>
public sealed record CompanyBody(string Name, string Currency, FxBody? Fx = null);

/// <summary>A rule for other currencies. <c>Rate</c> is transaction_date, month_average or fixed.</summary>
public sealed record FxBody(string Rate, int? AverageDecimals = null, IReadOnlyDictionary<string, decimal>? FixedRates = null);

/// <summary>Units of the company's currency for one of <c>From</c>, from a day until the next rate.</summary>
public sealed record FxRateRow(string From, DateOnly Day, decimal Rate);

/// <summary>The quantity tracked: what of a transaction counts (amount, quantity, margin or count), of which kinds and products.</summary>
public sealed record MeasureRow(
    string Name, string Value, IReadOnlyList<string> Kinds, IReadOnlyList<string>? Products = null, string? ExternalId = null);

/// <summary>A participant. Give either <c>Manager</c> (from hire on) or <c>Managers</c>; likewise for plans.</summary>
public sealed record RepRow(string Name, string? ExternalId = null)
{
    public string? Email { get; init; }
    public string? Title { get; init; }
    public DateOnly? HiredOn { get; init; }

    /// <summary>First day no longer employed.</summary>
    public DateOnly? LeftOn { get; init; }
    public string? Manager { get; init; }
    public IReadOnlyList<DatedManager>? Managers { get; init; }
    public string? Plan { get; init; }
    public IReadOnlyList<DatedPlan>? Plans { get; init; }

    /// <summary>Variable pay of a fiscal year at 100 % attainment.</summary>
    public decimal? TargetIncentive { get; init; }
    public decimal? BaseSalary { get; init; }
    public IReadOnlyList<LeaveRow>? Leave { get; init; }
    public IReadOnlyList<ScoreRow>? Scores { get; init; }

    /// <summary>Further facts by name, for the expressions of plans: texts, numbers, dates, truths.</summary>
    public IReadOnlyDictionary<string, object>? Facts { get; init; }
}

/// <summary>From (included) to (not included). Effect: none, exclude or credit_at_target.</summary>
public sealed record LeaveRow(DateOnly From, DateOnly? To = null, string Effect = "none");

/// <summary>How far a goal of a scorecard was reached in a period, in percent.</summary>
public sealed record ScoreRow(string Goal, string Period, decimal Percent);

public sealed record DatedManager(string Manager, DateOnly? From = null, DateOnly? To = null);

public sealed record DatedPlan(string Plan, DateOnly? From = null, DateOnly? To = null);

/// <summary>A territory in its tree. The owners of one territory on one day must add up to 100 %.</summary>
public sealed record TerritoryRow(
    string Name, string? Parent = null, IReadOnlyList<TerritoryRep>? Reps = null, string? ExternalId = null);

/// <summary>One rep's dated part in a territory. <c>Role</c> is owner or overlay; <c>Percent</c> is in percent.</summary>
public sealed record TerritoryRep(
    string Rep, string Role, decimal Percent, DateOnly? From = null, DateOnly? To = null, IReadOnlyList<string>? Products = null);

/// <summary>A customer or prospect, in one territory for ever or in dated ones.</summary>
public sealed record AccountRow(
    string Name, string? Territory = null, IReadOnlyList<DatedTerritory>? Territories = null, string? ExternalId = null);

public sealed record DatedTerritory(string Territory, DateOnly? From = null, DateOnly? To = null);

/// <summary>The target of a measure for a rep in a month, quarter or year, in the measure's unit.</summary>
public sealed record QuotaRow(string Rep, string Measure, string Period, decimal Amount, string? ExternalId = null)
{
    /// <summary>A day within the period: from it on the amount is the quota of the whole period.</summary>
    public DateOnly? From { get; init; }
}
