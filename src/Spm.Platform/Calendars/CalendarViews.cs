using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Calendars;

/// <summary>The fiscal years in order of time.</summary>
public sealed record CalendarView(IReadOnlyList<YearView> Years)
{
    internal static CalendarView Of(Company company) => new(
    [
        .. company.Calendar.Years.Select(y => new YearView(
            y.Id,
            y.Period.From,
            y.Period.To,
            [.. y.Months.Select(m => m.Quarter).DistinctBy(q => q.Id).Select(q => new QuarterView(q.Id, q.From, q.To))],
            [.. y.Months.Select(m => PeriodView.Of(company, m))])),
    ]);
}

public sealed record YearView(string Id, DateOnly From, DateOnly To, IReadOnlyList<QuarterView> Quarters, IReadOnlyList<PeriodView> Months);

public sealed record QuarterView(string Id, DateOnly From, DateOnly To);

/// <summary>From (included) to (not included). Status and closing time belong to months.</summary>
public sealed record PeriodView(string Id, PeriodKind Kind, string? Quarter, DateOnly From, DateOnly To, string? Status, string? ClosedAt)
{
    public static PeriodView Of(Company company, FiscalPeriod period) => company.Calendar.MonthByNo(period.No) is { } month && month.Id == period.Id
        ? Of(company, month)
        : new PeriodView(period.Id, period.Kind, null, period.From, period.To, null, null);

    public static PeriodView Of(Company company, FiscalMonth month)
    {
        var status = company.StatusOf(month);
        return new PeriodView(
            month.Id,
            PeriodKind.Month,
            month.Quarter.Id,
            month.Period.From,
            month.Period.To,
            status switch { PeriodStatus.Open => "open", PeriodStatus.Closing => "closing", _ => "closed" },
            status == PeriodStatus.Closed ? Wire.Instant(company.Periods[month.Id].ChangedAt) : null);
    }
}
