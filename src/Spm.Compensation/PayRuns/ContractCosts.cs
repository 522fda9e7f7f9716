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
/// the oldest part first; what no asset is left for is expensed. Without a rule everything is expensed as it is earned. A component with a rule of its
/// own is carried by itself.
/// </summary>
public static class ContractCosts
{
    /// <summary>What is earned without any deal, as a kicker is, belongs to all of them.</summary>
    private const string NoDeal = "";

    /// <summary>Components that the version's rule is for are carried together.</summary>
    private const string TheVersion = "";

    /// <summary>For each month of the run.</summary>
    public static IReadOnlyList<CostsInBooks> Of(PayRun run, IReadOnlyList<CostOfMonth> others) => Of(run, others, null);

    /// <param name="trace">Is told of every cost and asset; null: nobody asks.</param>
    internal static IReadOnlyList<CostsInBooks> Of(PayRun run, IReadOnlyList<CostOfMonth> others, CostTrace? trace)
    {
        var books = new CostsInBooks[run.Months.Count];
        var assets = new SortedDictionary<(string Deal, string Component), List<ContractAsset>>();
        var (remaining, toDate) = (0m, 0m);
        for (var i = 0; i < books.Length; i++)
        {
            var (capitalised, expensed) = (0m, 0m);
            foreach (var (deal, cost) in Costs(run, i).Concat(others.Where(o => o.Month == i).Select(o => ((NoDeal, TheVersion), o.Cost))))
            {
                var recovered = Recover(assets, deal, -cost.Amount);
                var left = cost.Amount + recovered;
                var isAsset = left > 0m && Add(assets, run, i, deal, cost with { Amount = left });
                capitalised += isAsset ? left : -recovered;
                expensed += isAsset ? 0m : left;
                trace?.Incurred(i, deal.Item1, cost, recovered, isAsset);
            }
            foreach (var deal in Ended(run, i).ToHashSet(StringComparer.Ordinal))
            {
                assets.Where(a => a.Key.Deal == deal).ToList().ForEach(a => a.Value.ForEach(part => part.End()));
            }
            var amortised = 0m;
            foreach (var (deal, asset) in assets.SelectMany(a => a.Value.Select(part => (a.Key, part))))
            {
                var part = asset.Amortise(i);
                amortised += part;
                trace?.Amortised(i, deal.Deal, asset, part);
            }
            (remaining, toDate) = (remaining + capitalised - amortised, toDate + amortised);
            books[i] = new CostsInBooks(capitalised, expensed, amortised, toDate, remaining);
        }
        return books;
    }

    /// <summary>What a month earns and claws back, by deal; what is left of its incentives beside.</summary>
    private static IEnumerable<((string Deal, string Component) Of, ContractCost Cost)> Costs(PayRun run, int i)
    {
        var byDeal = new SortedDictionary<(string Deal, string Component), decimal>();
        var month = run.Months[i];
        void Add(string deal, string component, decimal amount) => byDeal[(deal, component)] = byDeal.GetValueOrDefault((deal, component)) + amount;
        if (run.StateOf(i) is { } at)
        {
            foreach (var c in at.State.Version.Shown)
            {
                var component = at.State.Version.Components[c];
                var (group, rest) = (GroupOf(component), month.Sum(PayLineKind.Incentive, component.Id));
                foreach (var (deal, incentive) in run.Deals.Of(i, component.Id))
                {
                    Add(deal, group, incentive);
                    rest -= incentive;
                }
                Add(NoDeal, group, rest);
            }
        }
        foreach (var line in month.Lines.Where(l => l.Kind == PayLineKind.Clawback))
        {
            Add(line.Detail!, RuleOf(run, i, line.Component!) is { } component ? GroupOf(component) : TheVersion, line.Amount);
        }
        return byDeal.Where(d => d.Value != 0m).Select(d => (d.Key, new ContractCost("commission", d.Value, OnlyIfObtained: true)));
    }

    private static string GroupOf(ComponentRule component) => component.Accounting is null ? TheVersion : component.Id;

    /// <summary>The component as the last version up to a month had it: what is clawed back after it has gone still belongs to it.</summary>
    private static ComponentRule? RuleOf(PayRun run, int month, string component) =>
        Enumerable.Range(0, month + 1).Reverse().Select(m => run.RuleOf(m, component)).FirstOrDefault(r => r is not null);

    private static decimal Recover(SortedDictionary<(string Deal, string Component), List<ContractAsset>> assets, (string Deal, string Component) deal, decimal amount)
    {
        var recovered = 0m;
        foreach (var asset in assets.GetValueOrDefault(deal) ?? [])
        {
            recovered += amount > recovered ? asset.Recover(amount - recovered) : 0m;
        }
        return recovered;
    }

    private static bool Add(SortedDictionary<(string Deal, string Component), List<ContractAsset>> assets, PayRun run, int i, (string Deal, string Component) deal, ContractCost cost)
    {
        var month = run.Months[i];
        var own = deal.Component == TheVersion ? null : month.Paying?.Version.Components.FirstOrDefault(c => c.Id == deal.Component)?.Accounting;
        if (month.Paying is not { } paying || (own ?? paying.Version.Accounting)?.Of(ContextOf(run, i, deal.Deal)) is not { } rule || rule.Capitalise([cost]).Capitalised.Count == 0)
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

    /// <summary>The sale itself, where there is one: its product, term and other facts are those of the deal.</summary>
    private static CreditContext? ContextOf(PayRun run, int i, string deal)
    {
        var lines = deal == NoDeal ? [] : run.StateOf(i)?.State.Deals.Lines(deal) ?? [];
        return lines.Count == 0 ? null
            : (lines.FirstOrDefault(l => !l.Line.IsNews && !l.Line.TakesBack) is { Line: not null } sale ? sale : lines[0]) is var (line, amount)
                ? new CreditContext(run.Rep, line with { Amount = amount }) : null;
    }

    /// <summary>The deals that are cancelled whole in a month: a cancellation without an amount.</summary>
    private static IEnumerable<string> Ended(PayRun run, int i) => run.StateOf(i) is { } at
        ? at.State.Deals.All.Where(l => l.Line is { Kind: DealNews.Cancellation, Amount: 0m } && run.Months[i].Month.Period.Contains(l.Line.Date)).Select(l => l.Deal).Distinct()
        : [];
}
