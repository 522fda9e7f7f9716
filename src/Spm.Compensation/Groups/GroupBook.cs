using Spm.Compensation.Amounts;
using Spm.Compensation.Engine;

namespace Spm.Compensation.Groups;

/// <summary>
/// The figures of all groups of a version in a fiscal year, worked out of what every member brings: pure, and the same whatever the order in which
/// members or their credits came. What a rep sees of it goes into the second stage of the rep's own calculation.
/// </summary>
public sealed class GroupBook
{
    private readonly Dictionary<int, MonthGroups?[]> _byRep;

    private GroupBook(Dictionary<int, MonthGroups?[]> byRep) => _byRep = byRep;

    public static GroupBook Of(VersionRules version, Currency currency, IEnumerable<GroupMember> members)
    {
        // Sums of figures with 28 digits, and who has a cent that is left over, depend on an order: it is that of the reps' ids.
        GroupMember[] ordered = [.. members.OrderBy(m => m.Rep, StringComparer.Ordinal).ThenBy(m => m.No)];
        var byRep = ordered.ToDictionary(m => m.No, m => new MonthGroups?[m.Months.Count]);
        for (var month = 0; ordered.Length > 0 && month < ordered[0].Months.Count; month++)
        {
            new Month(version, currency, [.. ordered.Where(m => m.Months[month] is not null).Select(m => (m, m.Months[month]!))]).Fill(byRep, month);
        }
        return new GroupBook(byRep);
    }

    /// <summary>By month; null where the rep is not on the plan. None for a rep that is no member.</summary>
    public IReadOnlyList<MonthGroups?>? For(int rep) => _byRep.GetValueOrDefault(rep);

    private sealed class Month(VersionRules version, Currency currency, IReadOnlyList<(GroupMember Rep, MemberMonth Month)> members)
    {
        private readonly Dictionary<(int Group, string Key), GroupSum?[]> _sums = [];
        private readonly Dictionary<int, GroupResult?[]> _results = members.ToDictionary(m => m.Rep.No, _ => new GroupResult?[version.Components.Count]);

        public void Fill(Dictionary<int, MonthGroups?[]> byRep, int month)
        {
            for (var g = 0; g < version.Groups.Count; g++)
            {
                foreach (var group in Groups(g))
                {
                    _sums.Add((g, group.Key), [.. Enumerable.Range(0, version.Components.Count).Select(c => Sum(c, group))]);
                }
            }
            for (var c = 0; c < version.Components.Count; c++)
            {
                if (version.Components[c].Earning is GroupEarning earning)
                {
                    Share(c, earning);
                }
            }
            foreach (var (rep, at) in members)
            {
                byRep[rep.No][month] = new MonthGroups(SumsOf(at), _results[rep.No]);
            }
        }

        private IEnumerable<IGrouping<string, (GroupMember Rep, MemberMonth Month)>> Groups(int group) =>
            members.Where(m => m.Month.Keys[group] is not null).GroupBy(m => m.Month.Keys[group]!, StringComparer.Ordinal);

        private GroupSum?[]?[] SumsOf(MemberMonth member) =>
            [.. member.Keys.Select((key, g) => key is null ? null : _sums.GetValueOrDefault((g, key)))];

        private void Share(int component, GroupEarning earning)
        {
            foreach (var (rep, _) in members.Where(m => m.Month.Keys[earning.Group] is null))
            {
                _results[rep.No][component] = earning.Nothing;
            }
            foreach (var group in Groups(earning.Group))
            {
                var field = new GroupField(version, currency, component,
                    [.. version.Groups.Select((rule, g) => g == earning.Group ? _sums[(g, group.Key)] : rule.By is null ? _sums.GetValueOrDefault((g, "")) : null)]);
                (GroupMember Rep, MemberMonth Month)[] all = [.. group];
                if (earning.Share(field, all) is not { } results)
                {
                    continue;
                }
                for (var i = 0; i < all.Length; i++)
                {
                    _results[all[i].Rep.No][component] = results[i];
                }
            }
        }

        private GroupSum? Sum(int component, IEnumerable<(GroupMember Rep, MemberMonth Month)> group)
        {
            if (!version.InGroups[component])
            {
                return null;
            }
            var (count, hasQuota) = (0, false);
            decimal month = 0m, measured = 0m, toDate = 0m, earned = 0m;
            decimal? quota = 0m;
            foreach (var (_, at) in group)
            {
                if (at.Figures[component] is not { } own)
                {
                    continue;
                }
                (count, hasQuota) = (count + 1, own.HasQuota);
                (month, measured, toDate, earned) = (month + own.Month, measured + own.Measured, toDate + own.ToDate, earned + own.Earned);
                quota += own.Quota;
            }
            return new GroupSum(count, month, measured, toDate, hasQuota ? quota : null, earned);
        }
    }
}
