using Spm.Compensation.Accounting;

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
/// Commissions as costs of obtaining contracts (ASC 340-40, IFRS 15): what a month earns is an asset that is amortised from that month on, under
/// the rule of the version that pays the month. What is taken back in a month takes the asset back in the same way. Without a rule everything
/// is expensed as it is earned.
/// </summary>
public static class ContractCosts
{
    /// <summary>For each month of the run.</summary>
    /// <param name="decimals">Of the currency: where a rule does not say at how many it rounds.</param>
    public static IReadOnlyList<CostsInBooks> Of(PayRun run, IReadOnlyList<CostOfMonth> others)
    {
        var books = new CostsInBooks[run.Months.Count];
        for (var i = 0; i < books.Length; i++)
        {
            var commission = new ContractCost("commission", run.Months[i].Sum(PayLineKind.Incentive), OnlyIfObtained: true);
            var costs = others.Where(c => c.Month == i).Select(c => c.Cost).Append(commission);
            if (run.Months[i].Paying is not { Version.Accounting: { } rule } paying)
            {
                books[i] = books[i] with { Expensed = costs.Sum(c => c.Amount) };
                continue;
            }
            var fate = rule.Capitalise(costs);
            books[i] = books[i] with { Capitalised = fate.CapitalisedAmount, Expensed = fate.Expensed.Sum(c => c.Amount) };
            Amortise(books, i, fate.CapitalisedAmount, rule, rule.DecimalsFor(paying.Plan.Currency));
        }
        var (asset, toDate) = (0m, 0m);
        for (var i = 0; i < books.Length; i++)
        {
            asset += books[i].Capitalised - books[i].Amortised;
            toDate += books[i].Amortised;
            books[i] = books[i] with { Remaining = asset, AmortisedToDate = toDate };
        }
        return books;
    }

    private static void Amortise(CostsInBooks[] books, int start, decimal amount, CapitalisationRule rule, int decimals)
    {
        if (amount == 0m)
        {
            return;
        }
        foreach (var month in Amortisation.Schedule(Math.Abs(amount), start, rule.Months, decimals).TakeWhile(m => m.Month < books.Length))
        {
            books[month.Month] = books[month.Month] with { Amortised = books[month.Month].Amortised + (Math.Sign(amount) * month.Amortised) };
        }
    }
}
