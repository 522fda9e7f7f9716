using System.Runtime.InteropServices;
using Spm.Compensation.Attainment;
using Spm.Compensation.Crediting;
using Spm.Compensation.Periods;
using Spm.Platform.Transactions;

namespace Spm.Platform.Payouts.Explaining;

internal record struct RollUpSum(long Amount, long Count);

/// <summary>
/// A manager's roll-up of a month, by the direct report through which each credit came. Who reported to whom is asked for the day of
/// each transaction, as crediting did; so the sums are those of the manager's measurement, also when somebody moved during the month.
/// </summary>
internal static class RollUpByReport
{
    public static Dictionary<(int Measure, int Report), RollUpSum> Sum(CreditedMonth credits, Roster roster, FiscalPeriod month, int manager, IReadOnlyCollection<Measure> measures)
    {
        var sums = new Dictionary<(int, int), RollUpSum>();
        if (measures.Count == 0)
        {
            return sums;
        }
        foreach (var rep in Below(roster, month, manager))
        {
            credits.ForEach(rep, (row, facts, credit) =>
            {
                // An overlay's credit stays with the overlay.
                if (credit.Kind == CreditKind.Direct && Through(roster, rep, manager, facts.Date) is { } report)
                {
                    foreach (var measure in measures)
                    {
                        if (measure.Counts(facts))
                        {
                            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (measure.No, report), out _);
                            sum = checked(new RollUpSum(sum.Amount + measure.Of(facts, credit), sum.Count + 1));
                        }
                    }
                }
            });
        }
        return sums;
    }

    /// <summary>Who stands right below the manager on the way up from the rep on that day; null when the way does not lead there.</summary>
    private static int? Through(Roster roster, int rep, int manager, DateOnly day)
    {
        Span<int> above = stackalloc int[Roster.MaxDepth];
        var count = roster.ManagersAbove(rep, day, above);
        var at = above[..count].IndexOf(manager);
        return at < 0 ? null : at == 0 ? rep : above[at - 1];
    }

    /// <summary>Everybody who was below the manager on some day of the month, and perhaps some who never were on any one day.</summary>
    private static SortedSet<int> Below(Roster roster, FiscalPeriod month, int manager)
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
