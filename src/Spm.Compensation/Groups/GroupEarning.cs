using Spm.Compensation.Engine;
using Spm.Compensation.Expressions;

namespace Spm.Compensation.Groups;

/// <summary>
/// What depends on the figures of all members of a group: a pool, a contest. It is earned in the last month of its measurement period; until then
/// it has a standing and pays nothing.
/// </summary>
/// <param name="Group">Index of the group among those of the version.</param>
/// <param name="By">The figure that shares or ranks, over the member's own figures; null where something else does.</param>
/// <param name="When">Who takes part; null: every member.</param>
public abstract record GroupEarning(int Group, CompiledExpression<PeriodContext>? By, CompiledExpression<PeriodContext>? When) : Earning
{
    public override int Steps => 1 + (By?.Steps ?? 0) + (When?.Steps ?? 0);

    /// <summary>What a member brings to it, from its own figures alone.</summary>
    public virtual GroupEntry Enter(PeriodContext period) =>
        When?.Truth(period) == false ? new GroupEntry(false, null, null) : new GroupEntry(true, By is null ? 1m : By.Number(period), 0m);

    /// <summary>
    /// For each member of one group in a month, in the order given, what it comes to. Null for all where something it asks for is not known.
    /// </summary>
    /// <param name="members">Ordered by the ids of the reps.</param>
    public abstract IReadOnlyList<GroupResult>? Share(GroupField field, IReadOnlyList<(GroupMember Rep, MemberMonth Month)> members);

    /// <summary>What it comes to for a rep that is in no such group.</summary>
    public abstract GroupResult Nothing { get; }

    public override decimal? ToDate(PeriodContext period, ref Standstill missing)
    {
        if (!period.IsLastMonthOf(period.Rule.MeasurementPeriod))
        {
            return 0m;
        }
        if (period.Groups?.Result(period.Component) is { } result)
        {
            return Earned(result);
        }
        missing = Standstill.FigureMissing;
        return null;
    }

    public override string? WhyUnknown(PeriodContext period) =>
        period.IsLastMonthOf(period.Rule.MeasurementPeriod) && period.Groups?.Result(period.Component) is null ? "a figure of the group" : null;

    protected abstract decimal Earned(GroupResult result);
}

/// <summary>One group in a month: whose pool or contest is being worked out.</summary>
/// <param name="Sums">By group and component: the group itself and those that hold everybody.</param>
public sealed record GroupField(VersionRules Version, Amounts.Currency Currency, int Component, IReadOnlyList<GroupSum?[]?> Sums)
{
    public GroupSum? Sum(GroupName name)
    {
        var group = Version.FindGroup(name.Group);
        return group < 0 ? null : Sums[group]?[name.Component is { } id ? Version.Find(id) : Component];
    }
}
