using Spm.Compensation.Periods;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Periods;

/// <summary>The months that a `period` parameter asks for: a month, a quarter or a year. <see cref="To"/> is not included.</summary>
public readonly record struct MonthSpan(int From, int To);

public static class PeriodFilter
{
    /// <summary>Null where no period is asked for; a period that the calendar lacks is refused instead of answered with nothing.</summary>
    public static Result<MonthSpan?> Months(Company company, string? periodId) => periodId is null
        ? (MonthSpan?)null
        : company.Calendar.Find(periodId) is { } period
            ? new MonthSpan(period.From.DayNumber, period.To.DayNumber)
            : Error.Of("period", ErrorCodes.PeriodUnknown, $"The calendar has no period {periodId}.");

    /// <summary>The same where only one month will do.</summary>
    public static Result<FiscalMonth> Month(Company company, string? periodId) =>
        string.IsNullOrWhiteSpace(periodId) ? Error.Of("period", ErrorCodes.FieldRequired, "The field 'period' is required.")
        : company.Calendar.Find(periodId) is not { } period ? Error.Of("period", ErrorCodes.PeriodUnknown, $"The calendar has no period {periodId}.")
        : period.Kind != PeriodKind.Month ? Error.Of("period", ErrorCodes.PeriodNotMonth, $"{periodId} is not a fiscal month.")
        : company.Calendar.MonthByNo(period.No)!;
}
