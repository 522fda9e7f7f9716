using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Groups;

/// <summary>
/// The second stage of a plan: figures of groups and what budgets leave uncovered, worked out of the first stage of all reps and handed to each. Pure,
/// and the same whatever the order in which reps or their credits came.
/// </summary>
public sealed class GroupFigures
{
    private readonly Dictionary<(string Year, int Version), GroupBook> _books;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<BudgetCut>> _cuts;
    private readonly Dictionary<int, RepShare> _reps;

    private GroupFigures(
        Dictionary<(string Year, int Version), GroupBook> books, IReadOnlyDictionary<int, IReadOnlyList<BudgetCut>> cuts, Dictionary<int, RepShare> reps) =>
        (_books, _cuts, _reps) = (books, cuts, reps);

    /// <summary>Of nobody.</summary>
    public static GroupFigures None { get; } = new([], new Dictionary<int, IReadOnlyList<BudgetCut>>(), []);

    public static GroupFigures Of(PlanRules plan, IReadOnlyCollection<RepShare> reps)
    {
        var versions = plan.Versions.ToDictionary(v => v.Number);
        var books = reps.SelectMany(r => r.Versions).GroupBy(v => (v.Year, v.Version))
            .ToDictionary(v => v.Key, v => GroupBook.Of(versions[v.Key.Version], plan.Currency, v.Select(share => share.Member)));
        return new GroupFigures(books, SpiffBudgets.Share(reps.Select(r => (r.No, r.Claims))), reps.ToDictionary(r => r.No));
    }

    /// <summary>What a rep sees.</summary>
    public RepGroups For(int rep) => !_reps.TryGetValue(rep, out var share) ? RepGroups.None : new RepGroups(
        [.. share.Versions.Select(v => new VersionGroups(v.Year, v.Version, _books[(v.Year, v.Version)].For(rep)!))],
        _cuts.GetValueOrDefault(rep) ?? []);

    /// <summary>Reps who see something else here than there, and are to be paid anew.</summary>
    public IEnumerable<int> Differ(GroupFigures other) => _reps.Keys.Union(other._reps.Keys).Where(rep => !For(rep).IsSame(other.For(rep)));

    /// <summary>Nothing happens, and nothing is calculated again, where no version asks for groups.</summary>
    /// <param name="reps">Of every rep of a plan the calculated years, all of the same calendar.</param>
    public static void Give(IReadOnlyList<IReadOnlyList<RepYear>> reps)
    {
        var plans = reps.SelectMany(years => years).SelectMany(y => y.States).Where(s => s.Version.NeedsGroups).Select(s => s.Plan).DistinctBy(p => p.Id).ToList();
        foreach (var plan in plans)
        {
            var figures = Of(plan, [.. reps.Select((years, no) => RepShare.Of(years, plan.Id, no))]);
            for (var no = 0; no < reps.Count; no++)
            {
                figures.For(no).Give(reps[no], plan.Id);
            }
        }
    }
}
