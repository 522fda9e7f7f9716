using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Transactions;

/// <summary>Tells the audit trail of a transaction that one request posted: all of it, as it is answered. Every version stays in the log besides.</summary>
internal sealed class TransactionAudit(TenantRuntime tenant, TenantDirectory tenants)
{
    /// <summary>Null where nothing was written.</summary>
    public AuditNote? Of(Caller caller, TransactionRow? before, TransactionRow after, TransactionOutcome outcome)
    {
        if (outcome is not (TransactionOutcome.Created or TransactionOutcome.Corrected))
        {
            return null;
        }
        var known = outcome == TransactionOutcome.Corrected && before is not null ? AuditTable.Text(State(before)) : null;
        return new AuditNote(caller.Credential, "transaction.put", Ids.ForTransaction(after.Source, after.ExternalId), caller.Request, known, AuditTable.Text(State(after)));
    }

    private TransactionView State(TransactionRow row) => TransactionViews.Of(row, tenant, tenants);
}
