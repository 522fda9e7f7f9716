using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;
using Spm.Storage;

namespace Spm.Platform.Transactions;

/// <summary>Tells the audit trail of a transaction that one request posted: all of it, as it is answered. Every version stays in the log besides.</summary>
internal sealed class TransactionAudit(TenantRuntime tenant, TenantDirectory tenants)
{
    public void Append(SqlSession session, Caller caller, TransactionRow? before, TransactionRow after, TransactionOutcome outcome, long now)
    {
        if (outcome is TransactionOutcome.Created or TransactionOutcome.Corrected)
        {
            var known = outcome == TransactionOutcome.Corrected && before is not null ? State(before) : null;
            AuditTable.Append(session, caller, "transaction.put", Ids.ForTransaction(after.Source, after.ExternalId), known, State(after), now);
        }
    }

    private TransactionView State(TransactionRow row) => TransactionViews.Of(row, tenant, tenants);
}
