using Spm.Compensation.Quotas;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;

namespace Spm.Platform.Quotas;

/// <summary>Where a quota stands in the list: by rep, measure, period and day.</summary>
/// <param name="From">The day it is set anew on, as text; empty for the quota of the period itself.</param>
public readonly record struct QuotaKey(int Rep, int Measure, string Period, string From)
{
    public static readonly QuotaKey Start = new(-1, -1, "", "");

    public static readonly QuotaKey End = new(int.MaxValue, int.MaxValue, "", "");

    internal static int Compare(QuotaKey a, QuotaKey b) =>
        a.Rep != b.Rep ? a.Rep.CompareTo(b.Rep) : a.Measure != b.Measure ? a.Measure.CompareTo(b.Measure) : string.CompareOrdinal($"{a.Period}/{a.From}", $"{b.Period}/{b.From}");
}

public readonly record struct QuotaRow(QuotaKey Key, DateOnly? From, decimal Amount);

/// <summary>Quotas of the reps that a caller sees in the quota's period.</summary>
public sealed class QuotaQueries
{
    public static readonly Keyset<QuotaRow, QuotaKey> Keys = new(
        "quotas", 4, QuotaKey.Start, QuotaKey.End, q => q.Key, k => [k.Rep, k.Measure, k.Period, k.From],
        p => int.TryParse(p[0], out var rep) && int.TryParse(p[1], out var measure) ? new QuotaKey(rep, measure, p[2], p[3]) : null, Comparer<QuotaKey>.Create(QuotaKey.Compare));

    public Result<IReadOnlyList<QuotaRow>> List(Caller caller, Company company, string? rep, string? period, Seek<QuotaKey> seek) =>
        All(caller, company, rep, period).Then(all => Keys.Slice(all, seek));

    /// <summary>In the list's order.</summary>
    public Result<IEnumerable<QuotaRow>> All(Caller caller, Company company, string? rep, string? period)
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
        return Result<IEnumerable<QuotaRow>>.Of(
            (only.Value is { } one ? [one] : Enumerable.Range(0, company.Reps.Count))
                .SelectMany(r => Of(r, company.QuotasOf(r)).Order(Comparer<QuotaRow>.Create((a, b) => QuotaKey.Compare(a.Key, b.Key))))
                .Where(q => (period is null || q.Key.Period == period) && sight.SeesIn(q.Key.Rep, company.Calendar.Find(q.Key.Period))));
    }

    private static IEnumerable<QuotaRow> Of(int rep, RepQuotas quotas) =>
        quotas.Book.All.Select(q => new QuotaRow(new QuotaKey(rep, q.Measure, q.Period, ""), null, q.Amount))
            .Concat(quotas.Dated.Select(d => new QuotaRow(new QuotaKey(rep, d.Measure, d.Period, $"{d.From:yyyy-MM-dd}"), d.From, d.Amount)));
}
