using Spm.Compensation.Accounting;
using Spm.Compensation.Engine;

namespace Spm.Compensation.PayRuns;

/// <summary>A cost beside the commissions, in a month of the run.</summary>
public readonly record struct CostOfMonth(int Month, ContractCost Cost);

/// <summary>What stands in the books at the end of a month, in the plan's currency.</summary>
/// <param name="Capitalised">In the month.</param>
/// <param name="Expensed">In the month, as it was incurred.</param>
/// <param name="Amortised">In the month.</param>
/// <param name="AmortisedToDate">Since the first month.</param>
/// <param name="Remaining">Of the assets, at the end of the month.</param>
public readonly record struct CostsInBooks(decimal Capitalised, decimal Expensed, decimal Amortised, decimal AmortisedToDate, decimal Remaining);

/// <summary>
/// Commissions as costs of obtaining contracts (ASC 340-40, IFRS 15): what a deal earns in a month is an asset that is amortised from that month on,
/// under the rule of the version that pays the month. What is taken back of a deal, by a refund or a clawback, takes back the asset of the same deal,
/// the oldest part first; what no asset is left for is expensed. Without a rule everything is expensed as it is earned.
/// </summary>
public static class ContractCosts
{
    /// <summary>What is earned without any deal, as a kicker is, belongs to all of them.</summary>
    private const string NoDeal = "";

    /// <summary>For each month of the run.</summary>
    public static IReadOnlyList<CostsInBooks> Of(PayRun run, IReadOnlyList<CostOfMonth> others)
    {
        var books = new CostsInBooks[run.Months.Count];
        var assets = new SortedDictionary<string, List<ContractAsset>>(StringComparer.Ordinal);
        var (asset, toDate) = (0m, 0m);
        for (var i = 0; i < books.Length; i++)
        {
            var (capitalised, expensed) = (0m, 0m);
            foreach (var (deal, cost) in Costs(run, i).Concat(others.Where(o => o.Month == i).Select(o => (NoDeal, o.Cost))))
            {
                var recovered = Recover(assets, deal, -cost.Amount);
                var left = cost.Amount + recovered;
                var isAsset = left > 0m && Add(assets, run.Months[i], i, deal, cost with { Amount = left });
                capitalised += isAsset ? left : -recovered;
                expensed += isAsset ? 0m : left;
            }
            foreach (var deal in Ended(run, i).Where(assets.ContainsKey))
            {
                assets[deal].ForEach(a => a.End());
            }
            var amortised = assets.Values.SelectMany(a => a).Sum(a => a.Amortise(i));
            (asset, toDate) = (asset + capitalised - amortised, toDate + amortised);
            books[i] = new CostsInBooks(capitalised, expensed, amortised, toDate, asset);
        }
        return books;
    }

    /// <summary>What a month earns and claws back, by deal; what is left of its incentives beside.</summary>
    private static IEnumerable<(string Deal, ContractCost Cost)> Costs(PayRun run, int i)
    {
        var byDeal = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        var (month, whole) = (run.Months[i], 0m);
        if (run.StateOf(i) is { } at)
        {
            foreach (var (deal, incentive) in at.State.Version.Shown.SelectMany(c => DealIncentive.All(at.State, at.Month, c)))
            {
                byDeal[deal] = byDeal.GetValueOrDefault(deal) + incentive;
                whole += incentive;
            }
        }
        byDeal[NoDeal] = month.Sum(PayLineKind.Incentive) - whole;
        foreach (var line in month.Lines.Where(l => l.Kind == PayLineKind.Clawback))
        {
            byDeal[line.Detail!] = byDeal.GetValueOrDefault(line.Detail!) + line.Amount;
        }
        return byDeal.Where(d => d.Value != 0m).Select(d => (d.Key, new ContractCost("commission", d.Value, OnlyIfObtained: true)));
    }

    private static decimal Recover(SortedDictionary<string, List<ContractAsset>> assets, string deal, decimal amount)
    {
        var recovered = 0m;
        foreach (var asset in assets.GetValueOrDefault(deal) ?? [])
        {
            recovered += amount > recovered ? asset.Recover(amount - recovered) : 0m;
        }
        return recovered;
    }

    private static bool Add(SortedDictionary<string, List<ContractAsset>> assets, PayMonth month, int i, string deal, ContractCost cost)
    {
        if (month.Paying is not { Version.Accounting: { } rule } paying || rule.Capitalise([cost]).Capitalised.Count == 0)
        {
            return false;
        }
        if (!assets.TryGetValue(deal, out var parts))
        {
            assets.Add(deal, parts = []);
        }
        parts.Add(new ContractAsset(i, rule, rule.DecimalsFor(paying.Plan.Currency), cost.Amount));
        return true;
    }

    /// <summary>The deals that are cancelled whole in a month: a cancellation without an amount.</summary>
    private static IEnumerable<string> Ended(PayRun run, int i) => run.StateOf(i) is { } at
        ? at.State.Deals.All.Where(l => l.Line is { Kind: DealNews.Cancellation, Amount: 0m } && run.Months[i].Month.Period.Contains(l.Line.Date)).Select(l => l.Deal).Distinct()
        : [];
}
