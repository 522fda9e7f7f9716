using Spm.Compensation.Crediting;
using Spm.Platform.Kernel;
using Spm.Platform.Problems;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Reconciliation;

/// <summary>
/// Does everything that came in reappear, credited or not? Amounts are in the currency they came in, whatever they were converted to. The three tallies are
/// of transactions in the company's currency; those in other currencies stand in `by_currency` and `by_kind`. A refund's amount is negative.
/// </summary>
public sealed record ReconciliationView(
    string Currency,
    TallyView Transactions,
    TallyView Credited,
    TallyView Uncredited,
    IReadOnlyList<KindTally> ByKind,
    IReadOnlyList<CurrencyTally> ByCurrency,
    IReadOnlyList<ProblemSummaryView> Problems);

/// <summary>
/// Credited: transactions with a direct credit, and the sum of those credits. Uncredited: the other transactions, and all that is
/// credited to nobody, also the parts of splits. So counts and amounts of the two each add up to the transactions.
/// </summary>
public sealed record TallyView(long Count, string Amount);

public sealed record KindTally(TransactionKind Kind, string Currency, TallyView Transactions, TallyView Credited, TallyView Uncredited);

public sealed record CurrencyTally(string Currency, TallyView Transactions, TallyView Credited, TallyView Uncredited);

public sealed class ReconciliationQueries(TenantDirectory tenants, Settlements settlements, SpmStore store)
{
    public async Task<Result<ReconciliationView>> ReconcileAsync(Caller caller)
    {
        if (caller.Lacks(Scopes.TransactionsRead) is { } lacking)
        {
            return lacking;
        }
        var tenant = tenants.Get(caller.Tenant);
        await settlements.SettleAsync(tenant);
        var (sums, problems) = store.ReadSnapshot(s => (ReconciliationTable.Sums(s, tenant.No), ProblemQueries.Summary(s, tenant.No)));
        var currency = tenant.Company.Settings.Currency;
        var (all, credited, uncredited) = Tally(sums.Where(s => s.Currency == currency));
        return new ReconciliationView(
            currency,
            all,
            credited,
            uncredited,
            [.. sums.Select(ByKind)],
            [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => ByCurrency(g.Key, g))],
            problems);
    }

    private static KindTally ByKind(ReconciledSum sum)
    {
        var (all, credited, uncredited) = Tally([sum]);
        return new KindTally(sum.Kind, sum.Currency, all, credited, uncredited);
    }

    private static CurrencyTally ByCurrency(string currency, IEnumerable<ReconciledSum> sums)
    {
        var (all, credited, uncredited) = Tally(sums);
        return new CurrencyTally(currency, all, credited, uncredited);
    }

    private static (TallyView All, TallyView Credited, TallyView Uncredited) Tally(IEnumerable<ReconciledSum> sums)
    {
        var (count, creditedCount) = (0L, 0L);
        var (amount, creditedAmount) = (0m, 0m);
        foreach (var sum in sums)
        {
            count += sum.Count;
            creditedCount += sum.CreditedCount;
            amount += sum.Amount;
            creditedAmount += sum.CreditedAmount;
        }
        return (
            new TallyView(count, Wire.Amount(amount)),
            new TallyView(creditedCount, Wire.Amount(creditedAmount)),
            new TallyView(count - creditedCount, Wire.Amount(amount - creditedAmount)));
    }
}
