using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>
/// A transaction that names nobody is credited as its deal is: the same reps and shares, whichever of the two comes first, and whatever becomes of the
/// deal. One step and no more: a deal that names nobody itself leads nowhere, whatever it is about.
/// </summary>
internal static class DealCrediting
{
    /// <summary>Call before the batch is written: what of it names nobody is credited as the deal that will be here then.</summary>
    public static void Resolve(SqlSession session, TransactionBatch batch)
    {
        int[] following = [.. Enumerable.Range(0, batch.Transactions.Count).Where(i => batch.Transactions[i].Row.FollowsDeal)];
        if (following.Length == 0)
        {
            return;
        }
        var deals = TransactionTable.Here(session, following.Select(i => DealOf(batch.Transactions[i].Row)));
        foreach (var (row, _, _, _, _) in batch.Transactions)
        {
            if (deals.TryGetValue(row.Key, out var known) && (known is null || TransactionLog.Compare(known, row) == TransactionOutcome.Corrected))
            {
                deals[row.Key] = row;
            }
        }
        foreach (var i in following)
        {
            batch.CreditAs(i, DealNames.Of(deals[DealOf(batch.Transactions[i].Row)]));
        }
    }

    /// <summary>Call after all transactions of a commit are written: what was here before, and is about one of them, is credited as that is now.</summary>
    /// <param name="written">Current versions that this commit brought.</param>
    /// <param name="waiting">Asked before they were written.</param>
    public static void Follow(SqlSession session, TransactionBatch batch, ILookup<TransactionOutcome, TransactionRow> written, Func<List<bool>> waiting, long now)
    {
        TransactionRow[] corrected = [.. written[TransactionOutcome.Corrected]], created = [.. written[TransactionOutcome.Created]];
        var (anew, tenant) = (new CreditedAnew(), batch.Company.Tenant);
        if (corrected.Length > 0)
        {
            Add(corrected, TransactionTable.Following(session, [.. corrected.Select(row => row.Key)]));
        }
        if (created.Length > 0 && waiting().Count > 0)
        {
            Add(created, TransactionTable.Waiting(session, tenant, [.. created.Select(row => row.Key)]));
        }
        anew.Write(session, tenant, now);

        void Add(TransactionRow[] deals, List<TransactionRow> following)
        {
            var names = deals.ToDictionary(row => row.Key, DealNames.Of);
            foreach (var row in following.Where(row => row.CreditedAs != names[DealOf(row)]))
            {
                anew.Add(row, batch.Recredit(row, names[DealOf(row)]));
            }
        }
    }

    private static (int Source, string ExternalId) DealOf(TransactionRow row) => (row.Source, row.Deal!);
}
