using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;

namespace Spm.Platform.Reps;

/// <summary>Who reported to whom, asked for the day of each transaction, as crediting does; so also when somebody moved during the month.</summary>
internal static class Reports
{
    /// <summary>Who stands right below the manager on the way up from the rep on that day; null when the way does not lead there.</summary>
    public static int? Through(Roster roster, int rep, int manager, DateOnly day)
    {
        Span<int> above = stackalloc int[Roster.MaxDepth];
        var count = roster.ManagersAbove(rep, day, above);
        var at = above[..count].IndexOf(manager);
        return at < 0 ? null : at == 0 ? rep : above[at - 1];
    }

    /// <summary>Everybody who was below the manager on some day of the month, and perhaps some who never were on any one day.</summary>
    public static SortedSet<int> Below(Roster roster, FiscalPeriod month, int manager)
    {
        var days = new DateRange(month.From, month.To);
        var reports = Enumerable.Range(0, roster.Reps.Count)
            .SelectMany(rep => roster.Reps[rep].Managers.Entries.Where(e => e.Range.Overlaps(days)).Select(e => (Manager: e.Value, Rep: rep)))
            .ToLookup(r => r.Manager, r => r.Rep);
        var below = new SortedSet<int>();
        var next = new Queue<int>([manager]);
        while (next.TryDequeue(out var at))
        {
            foreach (var report in reports[at])
            {
                if (report != manager && below.Add(report))
                {
                    next.Enqueue(report);
                }
            }
        }
        return below;
    }
}
