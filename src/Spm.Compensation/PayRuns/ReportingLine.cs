using Spm.Compensation.Crediting;
using Spm.Compensation.Engine;

namespace Spm.Compensation.PayRuns;

/// <summary>Who is above whom among some reps, by their place in the list. A manager who is not in the list is nobody.</summary>
public sealed class ReportingLine
{
    private readonly int[] _managers;

    public ReportingLine(IReadOnlyList<RepProfile> reps)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < reps.Count; i++)
        {
            places.TryAdd(reps[i].Id, i);
        }
        _managers = [.. reps.Select(r => r.Manager is { } manager && places.TryGetValue(manager, out var at) ? at : -1)];
    }

    /// <summary>Who is above a rep, nearest first. Whoever is above themselves is there once.</summary>
    public IEnumerable<int> Above(int rep)
    {
        HashSet<int> seen = [rep];
        for (var at = _managers[rep]; at >= 0 && seen.Add(at); at = _managers[at])
        {
            yield return at;
        }
    }

    /// <summary>The reps in an order in which each stands behind all below: what a manager earns may depend on what the reports do.</summary>
    public IReadOnlyList<int> BottomUp() => [.. Enumerable.Range(0, _managers.Length).OrderByDescending(i => Above(i).Count())];

    /// <summary>Null where the way up ends after at most <see cref="Roster.MaxDepth"/> steps; else whether it goes in a circle.</summary>
    public bool? IsEndless(int rep)
    {
        HashSet<int> seen = [rep];
        for (var at = _managers[rep]; at >= 0; at = _managers[at])
        {
            if (!seen.Add(at))
            {
                return true;
            }
            if (seen.Count > Roster.MaxDepth + 1)
            {
                return false;
            }
        }
        return null;
    }
}
