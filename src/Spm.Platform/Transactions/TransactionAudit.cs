using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Tells the audit trail of a transaction that one request posted. Every version stays in the log besides, with all of its fields.</summary>
internal static class TransactionAudit
{
    public static void Append(SqlSession session, Caller caller, TransactionRow? before, TransactionRow after, TransactionOutcome outcome, long now)
    {
        if (outcome is TransactionOutcome.Created or TransactionOutcome.Corrected)
        {
            var known = outcome == TransactionOutcome.Corrected && before is not null ? State(before) : null;
            AuditTable.Append(session, caller, "transaction.put", Ids.ForTransaction(after.Source, after.ExternalId), known, State(after), now);
        }
    }

    private static object State(TransactionRow row) => new { row.Version, row.Kind, row.Date, Amount = Wire.Amount(row.Amount), row.Currency, row.Deleted };
}
