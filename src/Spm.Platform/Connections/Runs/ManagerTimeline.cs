using Spm.Platform.Companies;

namespace Spm.Platform.Connections.Runs;

/// <summary>Who somebody reports to, day by day, as a source tells it: one change after the other.</summary>
internal static class ManagerTimeline
{
    /// <summary>From a day on, until the next change that is known, the manager is this one; nobody when null. Days before stay as they are.</summary>
    /// <param name="from">Included.</param>
    public static IReadOnlyList<DatedRef> Put(IReadOnlyList<DatedRef> known, string? manager, DateOnly from)
    {
        if (known.FirstOrDefault(m => m.Range.Contains(from)) is var at && at?.Ref == manager)
        {
            return known;
        }
        var next = known.Where(m => m.From > from).Select(m => m.From).Order().FirstOrDefault();
        List<DatedRef> managers = [];
        foreach (var one in known)
        {
            if (one != at)
            {
                managers.Add(one);
            }
            else if (at.From is not { } began || began < from)
            {
                managers.Add(at with { To = from });
            }
        }
        if (manager is not null)
        {
            managers.Add(new DatedRef(manager, from, at is null ? next : at.To ?? next));
        }
        return [.. managers.OrderBy(m => m.From ?? DateOnly.MinValue)];
    }
}
