namespace Spm.Compensation.Groups;

/// <summary>
/// The figures of a component, summed over the members of a group for whom the component is, at the end of a month. Exact, in units of the measure.
/// </summary>
/// <param name="Members">How many are summed.</param>
/// <param name="Quota">Null when the component has none, or that of a member is not fully set: what is not known is not zero.</param>
/// <param name="Earned">In the measurement period to date, in money.</param>
public sealed record GroupSum(int Members, decimal Month, decimal Measured, decimal ToDate, decimal? Quota, decimal Earned)
{
    /// <summary>A fraction, unrounded; null without a quota.</summary>
    public decimal? Attainment => Quota is { } quota and not 0m ? ToDate / quota : null;

    /// <summary>By its name in expressions; null: not known.</summary>
    public decimal? Of(GroupFigure figure) => figure switch
    {
        GroupFigure.Members => Members,
        GroupFigure.Month => Month,
        GroupFigure.Measured => Measured,
        GroupFigure.ToDate => ToDate,
        GroupFigure.Quota => Quota,
        GroupFigure.Attainment => Attainment,
        _ => Earned,
    };
}

/// <summary>What expressions may ask of a group: <c>team.to_date</c> of the component itself, <c>team.components.ID.to_date</c> of another.</summary>
public enum GroupFigure : byte
{
    Members,
    Month,
    Measured,
    ToDate,
    Quota,
    Attainment,
    Earned,
}

/// <summary>What a pool or a contest comes to for one rep in a month.</summary>
public abstract record GroupResult;

/// <summary>Group figures as one rep sees them at the end of a month. Immutable; reps of the same group share the sums.</summary>
/// <param name="sums">By group and component: null where the rep is no member, or nobody asks.</param>
/// <param name="results">By component: null where it is no pool or contest, or the result is not known.</param>
public sealed class MonthGroups(GroupSum?[]?[] sums, GroupResult?[] results)
{
    public int Groups => sums.Length;

    public int Components => results.Length;

    public GroupSum? Sum(int group, int component) => sums[group]?[component];

    public GroupResult? Result(int component) => results[component];

    /// <summary>Whether a rep who sees the one may be paid otherwise than one who sees the other.</summary>
    public bool IsSame(MonthGroups other)
    {
        for (var g = 0; g < sums.Length && (Groups, Components) == (other.Groups, other.Components); g++)
        {
            // To be in no group is to see nothing of it.
            for (var c = 0; c < results.Length && !ReferenceEquals(sums[g], other.SumsOf(g)); c++)
            {
                if (Sum(g, c) != other.Sum(g, c))
                {
                    return false;
                }
            }
        }
        return results.AsSpan().SequenceEqual(other.Results);
    }

    private ReadOnlySpan<GroupResult?> Results => results;

    private GroupSum?[]? SumsOf(int group) => sums[group];
}
