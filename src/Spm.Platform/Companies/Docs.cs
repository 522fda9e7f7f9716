using System.Text.Json;
using System.Text.Json.Serialization;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Compensation.Quotas.Leave;

namespace Spm.Platform.Companies;

// Reference records as they are stored: checked, with references resolved to ids. Ranges are [from, to); no from means always,
// no to means for good.

public sealed record CompanyDoc(string Name, string Currency)
{
    /// <summary>Null: amounts of other currencies are converted at the rate of the transaction's day.</summary>
    public FxDoc? Fx { get; init; }
}

/// <summary>Units of the company's currency for one of <paramref name="From"/>, from a day until the next rate.</summary>
public sealed record FxRateDoc(string From, DateOnly Day, decimal Rate)
{
    /// <summary>A rate has no id of its own: this is what it is stored under.</summary>
    [JsonIgnore]
    public string Key => $"{From}/{Day:yyyy-MM-dd}";
}

public sealed record YearDoc(IReadOnlyList<YearMonthDoc> Months, DateOnly End);

public sealed record YearMonthDoc(DateOnly From, int Quarter);

public enum PeriodStatus : byte
{
    Open,

    /// <summary>Closing began and every rep's month is being fixed; it is taken up again after a crash.</summary>
    Closing,
    Closed,
}

public sealed record PeriodDoc(PeriodStatus Status, long ChangedAt);

public sealed record MeasureDoc(string Name, MeasureValue Value, IReadOnlyList<TransactionKind> Kinds, IReadOnlyList<string>? Products);

public sealed record DatedRef(string Ref, DateOnly? From, DateOnly? To)
{
    public DateRange Range => new(From ?? DateOnly.MinValue, To);
}

public sealed record RepDoc(
    string Name, string? Email, string? Title, DateOnly? HiredOn, DateOnly? LeftOn, IReadOnlyList<DatedRef> Managers, IReadOnlyList<DatedRef> Plans)
{
    /// <summary>Of a fiscal year at 100 % attainment, in the company's currency.</summary>
    public decimal? TargetIncentive { get; init; }

    public decimal? BaseSalary { get; init; }

    public IReadOnlyList<LeaveDoc>? Leave { get; init; }

    public IReadOnlyList<ScoreDoc>? Scores { get; init; }

    /// <summary>Further facts by name, for the expressions of plans.</summary>
    public JsonElement? Facts { get; init; }
}

/// <summary>From the first day of the leave to the first day after it.</summary>
public sealed record LeaveDoc(DateOnly From, DateOnly? To, LeaveEffect Effect);

/// <summary>How far a goal of a scorecard was reached in a period, in percent.</summary>
public sealed record ScoreDoc(string Goal, string Period, decimal Percent);

public sealed record TerritoryDoc(string Name, string? Parent, IReadOnlyList<CoverageDoc> Reps);

public sealed record CoverageDoc(string Rep, CoverageRole Role, decimal Percent, DateOnly? From, DateOnly? To, IReadOnlyList<string>? Products)
{
    public DateRange Range => new(From ?? DateOnly.MinValue, To);
}

public sealed record AccountDoc(string Name, IReadOnlyList<DatedRef> Territories);

/// <param name="Document">As it was put: the plan document with its versions and its tests.</param>
/// <param name="Measures">The company's measure for each measure of the document, id by id.</param>
public sealed record PlanDoc(string Name, JsonElement Document, IReadOnlyDictionary<string, string> Measures);

public sealed record QuotaDoc(string Rep, string Measure, string Period, decimal Amount)
{
    /// <summary>The day within the period that it is set anew on; null: it is the period's from its start.</summary>
    public DateOnly? From { get; init; }

    /// <summary>A quota has no id of its own: this is what it is stored under.</summary>
    [JsonIgnore]
    public string Key => $"{Rep}/{Measure}/{Period}{(From is { } day ? $"/{day:yyyy-MM-dd}" : "")}";
}
