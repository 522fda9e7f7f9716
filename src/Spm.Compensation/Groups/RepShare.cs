using Spm.Compensation.Engine;
using Spm.Compensation.PayRuns;

namespace Spm.Compensation.Groups;

/// <summary>What one rep brings to the groups and budgets of a plan, from a first stage in which every rep is calculated alone. Immutable.</summary>
/// <param name="No">Tells reps of the same id apart.</param>
/// <param name="Versions">Of every fiscal year and version.</param>
/// <param name="Claims">On the budgets of SPIFFs.</param>
public sealed record RepShare(int No, IReadOnlyList<VersionShare> Versions, IReadOnlyList<BudgetClaim> Claims)
{
    /// <param name="years">Of the rep, calculated, in order of time.</param>
    public static RepShare Of(IReadOnlyList<RepYear> years, string plan, int no) => new(
        no,
        [
            .. years.SelectMany(year => year.States.Where(s => s.Plan.Id == plan && s.Version.NeedsGroups)
                .Select(s => new VersionShare(year.Inputs.Year.Id, s.Version.Number, GroupMember.Of(s, no)))),
        ],
        [.. SpiffBudgets.Claims(years, plan)]);
}

/// <param name="Year">Id of the fiscal year.</param>
/// <param name="Version">Its number.</param>
public sealed record VersionShare(string Year, int Version, GroupMember Member);

/// <summary>What one rep sees of the groups and budgets of a plan.</summary>
/// <param name="Cuts">What budgets do not cover.</param>
public sealed record RepGroups(IReadOnlyList<VersionGroups> Versions, IReadOnlyList<BudgetCut> Cuts)
{
    public static readonly RepGroups None = new([], []);

    /// <summary>Hands the figures to the rep's years, which calculate what asks for them.</summary>
    public void Give(IReadOnlyList<RepYear> years, string plan)
    {
        foreach (var year in years)
        {
            var given = false;
            foreach (var state in year.States.Where(s => s.Plan.Id == plan && s.Version.NeedsGroups))
            {
                state.Groups = Versions.FirstOrDefault(v => v.Year == year.Inputs.Year.Id && v.Version == state.Version.Number)?.Months;
                given = true;
            }
            if (given)
            {
                year.Calculate();
            }
        }
    }

    /// <summary>Whether a rep who sees the one is paid as one who sees the other.</summary>
    public bool IsSame(RepGroups other) =>
        Cuts.SequenceEqual(other.Cuts) && Versions.Count == other.Versions.Count
        && Versions.Zip(other.Versions).All(v => v.First.IsSame(v.Second));
}

/// <param name="Months">By month of the year; null where the rep is not on the plan.</param>
public sealed record VersionGroups(string Year, int Version, IReadOnlyList<MonthGroups?> Months)
{
    public bool IsSame(VersionGroups other) =>
        (Year, Version, Months.Count) == (other.Year, other.Version, other.Months.Count)
        && Months.Zip(other.Months).All(m => m.First is null ? m.Second is null : m.Second is not null && m.First.IsSame(m.Second));
}
