using Spm.Compensation.Crediting;
using Spm.Platform.Transactions;
using Spm.Storage;

namespace Spm.Platform.Reconciliation;

/// <summary>Sums of current transactions of one kind and currency, and of their direct credits, in ten-thousandths.</summary>
/// <param name="CreditedCount">Transactions with at least one direct credit.</param>
/// <param name="CreditedAmount">Direct credits: of a split of which a part is credited to nobody, the other parts.</param>
internal readonly record struct ReconciledSum(TransactionKind Kind, string Currency, long Count, long Amount, long CreditedCount, long CreditedAmount);

internal static class ReconciliationTable
{
    /// <summary>
    /// One pass over the current transactions with one range read of the credits' primary key for each: the time grows with the number of
    /// transactions, some two seconds for a million. Each transaction is summed once before its credits are looked at, so a split counts once.
    /// </summary>
    public static List<ReconciledSum> Sums(SqlSession session, int tenant) => session.Query(
        "with reconciled as materialized (select t.kind, t.currency, t.amount, (select sum(c.amount) from credit c where c.no >= t.credit_from "
        + "and c.no < t.credit_from + t.credit_count and c.kind = $2 and c.ended_at is null) as credited "
        + "from txn t where t.tenant = $1 and t.ended_at is null and t.flags & $3 = 0) "
        + "select kind, currency, count(*), sum(amount), count(credited), coalesce(sum(credited), 0) from reconciled group by kind, currency order by kind, currency",
        r => new ReconciledSum((TransactionKind)r.GetInt32(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)),
        tenant,
        (int)CreditKind.Direct,
        (int)TransactionFlags.Deleted);
}
