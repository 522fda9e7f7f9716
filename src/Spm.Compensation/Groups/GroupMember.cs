using Spm.Compensation.Engine;

namespace Spm.Compensation.Groups;

/// <summary>A component's figures of one member at the end of a month.</summary>
/// <param name="HasQuota">Whether the component stands against a quota at all.</param>
/// <param name="Quota">Null where it is not fully set; zero where nothing is to be attained, as on leave.</param>
public readonly record struct MemberFigures(decimal Month, decimal Measured, decimal ToDate, bool HasQuota, decimal? Quota, decimal Earned);

/// <summary>What a member brings to a pool or a contest.</summary>
/// <param name="Takes">Whether the component is for the rep, and its condition holds.</param>
/// <param name="By">The figure that shares or ranks; null: not known.</param>
/// <param name="ThenBy">Decides between equal ones; null: not known.</param>
public readonly record struct GroupEntry(bool Takes, decimal? By, decimal? ThenBy);

/// <summary>A member in a month: the groups it is in, and what it brings to them.</summary>
/// <param name="Keys">By group; null: not in it.</param>
/// <param name="Figures">By component; null where the component is not for the rep, or nobody asks.</param>
/// <param name="Entries">By component; null where it is no pool or contest, or not for the rep.</param>
public sealed record MemberMonth(string?[] Keys, MemberFigures?[] Figures, GroupEntry?[] Entries);

/// <summary>
/// What one rep brings to the groups of a version in a fiscal year: figures of components that look at the rep alone, calculated before any figure of
/// a group is. Immutable.
/// </summary>
/// <param name="No">Tells reps of the same id apart.</param>
/// <param name="Months">By month; null where the rep is not on the plan.</param>
public sealed record GroupMember(string Rep, int No, IReadOnlyList<MemberMonth?> Months)
{
    /// <param name="state">Calculated; figures of groups may be missing.</param>
    public static GroupMember Of(VersionState state, int no)
    {
        var year = state.Year;
        var version = state.Version;
        var months = new MemberMonth?[year.Months];
        for (var m = 0; m < months.Length; m++)
        {
            months[m] = state.OnPlan(m) ? Month(state, version, m) : null;
        }
        return new GroupMember(year.Inputs.Rep.Id, no, months);
    }

    private static MemberMonth Month(VersionState state, VersionRules version, int month)
    {
        var rep = state.Year.Inputs.RepIn(month);
        var figures = new MemberFigures?[version.Components.Count];
        var entries = new GroupEntry?[version.Components.Count];
        for (var c = 0; c < figures.Length; c++)
        {
            var component = version.Components[c];
            if (component.Eligibility?.Truth(new RepMonth(rep, state.Year.Inputs.Year.Months[month], state.Year.Inputs.Calendar)) == false)
            {
                continue;
            }
            if (version.InGroups[c])
            {
                var own = state.Figures(month, c);
                var quota = own.Quota ?? (state.QuotaIsZero(month, c) ? 0m : null);
                figures[c] = new MemberFigures(own.Month, own.ToDate - own.Before, own.ToDate, component.Quota != QuotaUse.None, quota, own.Earned);
            }
            if (component.Earning is GroupEarning earning)
            {
                entries[c] = earning.Enter(state.At(month, c));
            }
        }
        return new MemberMonth([.. version.Groups.Select(g => g.KeyOf(rep))], figures, entries);
    }
}
