namespace Spm.Client;

/// <summary>A fiscal year of twelve calendar months from <c>Start</c>, or of explicit months up to <c>End</c> (excluded).</summary>
public sealed record FiscalYearBody
{
    public DateOnly? Start { get; init; }
    public IReadOnlyList<FiscalMonth>? Months { get; init; }

    /// <summary>First day after the year.</summary>
    public DateOnly? End { get; init; }
}

/// <summary>A month begins on <c>From</c> and ends where the next begins. <c>Quarter</c> counts from 1.</summary>
public sealed record FiscalMonth(DateOnly From, int Quarter);

/// <summary>The tenant's fiscal years.</summary>
public sealed record FiscalCalendar(IReadOnlyList<FiscalYear> Years);

public sealed record FiscalYear(
    string Id, DateOnly From, DateOnly To, IReadOnlyList<FiscalQuarter> Quarters, IReadOnlyList<FiscalPeriod> Months);

public sealed record FiscalQuarter(string Id, DateOnly From, DateOnly To);

/// <summary>A period is [From, To). <c>Status</c> is open or closed.</summary>
public sealed record FiscalPeriod(
    string Id, string? Kind, string? Quarter, DateOnly From, DateOnly To, string? Status, DateTimeOffset? ClosedAt);
