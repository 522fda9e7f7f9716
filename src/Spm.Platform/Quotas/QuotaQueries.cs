using Spm.Compensation.Quotas;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Quotas;

/// <summary>Where a page of quotas begins: after this one.</summary>
/// <param name="From">The day it is set anew on, as text; empty for the quota of the period itself.</param>
public readonly record struct QuotaKey(int Rep, int Measure, string Period, string From)
{
    public static readonly QuotaKey Start = new(-1, -1, "", "");

    internal bool IsAfter(QuotaKey other) =>
        Rep != other.Rep ? Rep > other.Rep : Measure != other.Measure ? Measure > other.Measure : string.CompareOrdinal($"{Period}/{From}", $"{other.Period}/{other.From}") > 0;
}

public readonly record struct QuotaRow(QuotaKey Key, DateOnly? From, decimal Amount);

/// <summary>Quotas of the reps that a caller sees in the quota's period.</summary>
public sealed class QuotaQueries
{
    /// <summary>By rep, measure, period and day.</summary>
    public Result<IReadOnlyList<QuotaRow>> List(Caller caller, Company company, string? rep, string? period, QuotaKey after, int count)
    {
        if (caller.Lacks(Scopes.RepsRead) is { } lacking)
        {
            return lacking;
        }
        var sight = Sight.Of(caller, company);
        var only = RepFilter.Find(company, sight, rep);
        if (!only.IsOk)
        {
            return Error.Of("rep", ErrorCodes.RepUnknown, "There is no such rep.");
        }
        return Enumerable.Range(0, company.Reps.Count)
            .Where(r => r >= after.Rep && (only.Value is null || only.Value == r))
            .SelectMany(r => Of(r, company.QuotasOf(r)))
            .OrderBy(q => q.Key.Rep).ThenBy(q => q.Key.Measure).ThenBy(q => q.Key.Period, StringComparer.Ordinal).ThenBy(q => q.Key.From, StringComparer.Ordinal)
            .Where(q => (period is null || q.Key.Period == period) && q.Key.IsAfter(after) && sight.SeesIn(q.Key.Rep, company.Calendar.Find(q.Key.Period)))
            .Take(count)
            .ToList();
    }

    private static IEnumerable<QuotaRow> Of(int rep, RepQuotas quotas) =>
        quotas.Book.All.Select(q => new QuotaRow(new QuotaKey(rep, q.Measure, q.Period, ""), null, q.Amount))
            .Concat(quotas.Dated.Select(d => new QuotaRow(new QuotaKey(rep, d.Measure, d.Period, $"{d.From:yyyy-MM-dd}"), d.From, d.Amount)));
}
