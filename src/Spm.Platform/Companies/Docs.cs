using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Compensation.Plans;
using Spm.Compensation.RateTables;

namespace Spm.Platform.Companies;

// Reference records as they are stored: checked, with references resolved to ids. Ranges are [from, to); no from means always,
// no to means for good.

public sealed record CompanyDoc(string Name, string Currency);

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
    string Name, string? Email, string? Title, DateOnly? HiredOn, DateOnly? LeftOn, IReadOnlyList<DatedRef> Managers, IReadOnlyList<DatedRef> Plans);

public sealed record TerritoryDoc(string Name, string? Parent, IReadOnlyList<CoverageDoc> Reps);

public sealed record CoverageDoc(string Rep, CoverageRole Role, decimal Percent, DateOnly? From, DateOnly? To, IReadOnlyList<string>? Products)
{
    public DateRange Range => new(From ?? DateOnly.MinValue, To);
}

public sealed record AccountDoc(string Name, IReadOnlyList<DatedRef> Territories);

public sealed record PlanDoc(string Name, IReadOnlyList<PlanVersionDoc> Versions);

public sealed record PlanVersionDoc(DateOnly EffectiveFrom, IReadOnlyList<ComponentDoc> Components);

public sealed record ComponentDoc(
    string Id, string Name, string Measure, CreditSources Credits, PeriodKind AttainmentPeriod, QuotaBasis Quota, RateTableDoc RateTable);

public sealed record RateTableDoc(string Mode, IReadOnlyList<Tier> Tiers);

public sealed record QuotaDoc(string Rep, string Measure, string Period, decimal Amount);
