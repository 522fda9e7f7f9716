using Spm.Compensation.Amounts;
using Spm.Compensation.Crediting;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Reconciliation;

/// <summary>Sums of current transactions of one kind and currency, and of their direct credits.</summary>
/// <param name="CreditedCount">Transactions with at least one direct credit.</param>
/// <param name="CreditedAmount">Direct credits: of a split of which a part is credited to nobody, the other parts.</param>
internal readonly record struct ReconciledSum(TransactionKind Kind, string Currency, long Count, decimal Amount, long CreditedCount, decimal CreditedAmount);

internal static class ReconciliationTable
{
    /// <summary>
    /// One pass over the current transactions: the time grows with their number. Whole units and the rest are summed apart, for the ten-thousandths
    /// of a whole company may be more than 64 bits hold.
    /// </summary>
    public static List<ReconciledSum> Sums(SqlSession session, int tenant) => session.Query(
        "select kind, currency, count(*), sum(amount / 10000), sum(amount % 10000), count(credited), coalesce(sum(credited / 10000), 0), coalesce(sum(credited % 10000), 0) from txn "
        + "where tenant = $1 and ended_at is null and flags & $2 = 0 group by kind, currency order by kind, currency",
        r => new ReconciledSum((TransactionKind)r.GetInt32(0), r.GetString(1), r.GetInt64(2), Whole(r.GetInt64(3), r.GetInt64(4)), r.GetInt64(5), Whole(r.GetInt64(6), r.GetInt64(7))),
        tenant,
        (int)TransactionFlags.Deleted);

    /// <summary>A sum of ten-thousandths that was taken in two parts.</summary>
    internal static decimal Whole(long units, long rest) => units + TenThousandths.ToDecimal(rest);
}
