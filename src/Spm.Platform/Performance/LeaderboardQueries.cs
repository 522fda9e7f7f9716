using System.Globalization;
using Spm.Platform.Access;
using Spm.Platform.Companies;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Performance;

/// <summary>By what reps are ranked.</summary>
public enum LeaderboardOrder : byte
{
    /// <summary>Attainment of the first component of the plan that counts credits; who has no quota stands last.</summary>
    Attainment,

    /// <summary>What that component counts, in the measure's unit.</summary>
    Credited,

    /// <summary>What the plan pays for the period.</summary>
    Earnings,
}

/// <summary>A rep and their place.</summary>
/// <param name="Rank">From 1; who has the same figure has the same rank.</param>
/// <param name="Performance">What the rep has done in the period.</param>
public sealed record LeaderboardRowView(int Rank, RepPerformanceView Performance);

/// <summary>Ranks reps of a team, or all whom the caller sees.</summary>
public sealed class LeaderboardQueries(TenantDirectory tenants, PerformanceQueries performance)
{
    /// <param name="manager">By id or external id: only who is beneath them on the day of the request. Null: all whom the caller sees.</param>
    /// <param name="count">Rows at most: 1 to 100.</param>
    public async Task<Result<IReadOnlyList<LeaderboardRowView>>> RankAsync(Caller caller, string period, string? manager, LeaderboardOrder order, int count)
    {
        if (caller.Lacks(Scopes.PerformanceRead) is { } lacking)
        {
            return lacking;
        }
        if (count is < 1 or > Limits.Leaderboard)
        {
            return Error.Of("first", ErrorCodes.ParameterInvalid, $"A leaderboard has 1 to {Limits.Leaderboard} rows.");
        }
        var company = tenants.Get(caller.Tenant).Company;
        var top = RepFilter.Find(company, Sight.Of(caller, company), manager);
        if (!top.IsOk)
        {
            return top.Error!;
        }
        Func<int, bool>? beneath = top.Value is { } above ? rep => IsBeneath(company, rep, above, caller.Day) : null;
        var rows = await performance.RepsAsync(caller, period, new Seek<long>(PerformanceQueries.Keys.First, int.MaxValue), beneath);
        return rows.Then(all => Ranked([.. all.Select(r => r.View)], order, count));
    }

    /// <summary>All whom the caller sees, the best first.</summary>
    public async Task<Result<IReadOnlyList<RepPerformanceView>>> SortedAsync(Caller caller, string period, LeaderboardOrder order) =>
        (await performance.RepsAsync(caller, period, new Seek<long>(PerformanceQueries.Keys.First, int.MaxValue)))
            .Then<IReadOnlyList<RepPerformanceView>>(all => [.. Sorted(all.Select(r => r.View), order).Select(r => r.View)]);

    private static bool IsBeneath(Company company, int rep, int above, DateOnly day)
    {
        for (var (at, steps) = (company.Roster.ManagerOf(rep, day), 0); at >= 0 && steps < Compensation.Crediting.Roster.MaxDepth; at = company.Roster.ManagerOf(at, day), steps++)
        {
            if (at == above)
            {
                return true;
            }
        }
        return false;
    }

    private static IReadOnlyList<LeaderboardRowView> Ranked(IReadOnlyList<RepPerformanceView> reps, LeaderboardOrder order, int count)
    {
        var sorted = Sorted(reps, order).Take(count).ToList();
        return [.. sorted.Select(r => new LeaderboardRowView(sorted.FindIndex(o => o.Figure == r.Figure) + 1, r.View))];
    }

    /// <summary>Of equal reps the one created first comes first: a stable sort keeps the order of the list.</summary>
    private static IEnumerable<(RepPerformanceView View, decimal? Figure)> Sorted(IEnumerable<RepPerformanceView> reps, LeaderboardOrder order) =>
        reps.Select(r => (View: r, Figure: Figure(r, order))).OrderByDescending(r => r.Figure ?? decimal.MinValue);

    private static decimal? Figure(RepPerformanceView rep, LeaderboardOrder order)
    {
        var text = order switch
        {
            LeaderboardOrder.Attainment => rep.Attainment,
            LeaderboardOrder.Credited => rep.Credited,
            _ => rep.Earnings.Amount,
        };
        return text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }
}
