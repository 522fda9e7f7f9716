using System.CommandLine;
using Spm.Client;

namespace Spm.Cli.Commands;

/// <summary><c>--period 2025 | 2025-Q1 | 2025-03</c></summary>
internal static class PeriodOption
{
    public static Option<string?> Create(string meaningWhenAbsent) =>
        new("--period") { Description = $"2025, 2025-Q1 or 2025-03; {meaningWhenAbsent}." };

    /// <summary>The fiscal year of today, or the last one of the calendar: a demonstration's data is often a closed year.</summary>
    public static async Task<string> OrFiscalYearAsync(this string? period, SpmClient client, CancellationToken ct)
    {
        if (period is not null)
            return period;
        var years = (await client.Calendar.GetAsync(ct)).Years;
        if (years.Count == 0)
            throw new ArgumentException("The calendar has no fiscal year yet: PUT /v1/calendar/years/{year} first.");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return (years.FirstOrDefault(year => year.From <= today && today < year.To) ?? years.MaxBy(year => year.From)!).Id;
    }
}
