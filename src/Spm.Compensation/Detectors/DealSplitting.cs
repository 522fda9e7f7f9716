using Spm.Compensation.Engine;
using Spm.Compensation.Fx;
using Spm.Compensation.PayRuns;
using Spm.Compensation.Periods;

namespace Spm.Compensation.Detectors;

/// <summary>Deals that look like one deal that was cut up because the parts pay more.</summary>
/// <param name="Transactions">In the order of their days.</param>
/// <param name="Gain">What the parts earn more than they would as one deal, in the plan's currency, exact; above zero.</param>
public sealed record SplitDeals(string Component, string Account, string? Product, IReadOnlyList<string> Transactions, decimal Amount, decimal Gain);

/// <summary>
/// Finds sales to the same account, of the same product, within some days of each other, that together would earn less: above a cap on a deal, or at
/// the rates of a table that looks at each deal. The engine is asked both ways, so whatever pays per deal is seen.
/// </summary>
public static class DealSplitting
{
    /// <param name="days">From the first sale of a group to its last, at most: 7 is a week.</param>
    /// <returns>In order of component, then of the first transaction. The order of the credits does not matter.</returns>
    public static IReadOnlyList<SplitDeals> Find(PlanRules plan, FiscalCalendar calendar, FxRates rates, RepCase rep, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var components = plan.Versions.SelectMany(v => v.Components).Where(c => c.Earning.PerDeal).Select(c => c.Id).Distinct().Order(StringComparer.Ordinal).ToList();
        if (components.Count == 0)
        {
            return [];
        }
        var asTheyAre = Earned(plan, calendar, rates, rep);
        List<SplitDeals> found = [];
        foreach (var group in Groups(rep.Credits, days))
        {
            var deals = group.Select(l => l.Deal).ToHashSet(StringComparer.Ordinal);
            var asOne = Earned(plan, calendar, rates, rep with { Credits = [.. rep.Credits.Select(l => deals.Contains(l.Deal) ? l with { Deal = group[0].Deal } : l)] });
            foreach (var component in components)
            {
                var gain = asTheyAre.GetValueOrDefault(component) - asOne.GetValueOrDefault(component);
                if (gain > 0m)
                {
                    found.Add(new SplitDeals(component, group[0].Account!, group[0].Product, [.. group.Select(l => l.Transaction)], group.Sum(l => l.Amount), gain));
                }
            }
        }
        return [.. found.OrderBy(f => f.Component, StringComparer.Ordinal).ThenBy(f => f.Transactions[0], StringComparer.Ordinal)];
    }

    private static IEnumerable<IReadOnlyList<CreditLine>> Groups(IReadOnlyList<CreditLine> lines, int days)
    {
        var sales = lines.Where(l => !l.IsNews && l.Amount > 0m && l.Account is not null).GroupBy(l => (l.Account, l.Product));
        foreach (var alike in sales)
        {
            List<CreditLine> group = [];
            foreach (var line in alike.OrderBy(l => l.Date).ThenBy(l => l.Transaction, StringComparer.Ordinal))
            {
                if (group.Count > 0 && line.Date.DayNumber - group[0].Date.DayNumber > days)
                {
                    if (group.Count > 1)
                    {
                        yield return group;
                    }
                    group = [];
                }
                group.Add(line);
            }
            if (group.Count > 1)
            {
                yield return group;
            }
        }
    }

    private static Dictionary<string, decimal> Earned(PlanRules plan, FiscalCalendar calendar, FxRates rates, RepCase rep)
    {
        var run = PopulationRun.Calculate(plan, calendar, rates, [rep])[0];
        return run.Months.SelectMany(m => m.Lines).Where(l => l.Kind == PayLineKind.Incentive).GroupBy(l => l.Component!).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount), StringComparer.Ordinal);
    }
}
