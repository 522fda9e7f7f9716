using Spm.Platform.AuditTrail;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Transactions;

/// <summary>Tells the audit trail of a transaction that one request posted: all of it, as it is answered. Every version stays in the log besides.</summary>
internal sealed class TransactionAudit(TenantRuntime tenant, TenantDirectory tenants)
{
    /// <summary>Null where nothing was written.</summary>
    /// <param name="batch">As it was written, with what stood before.</param>
    public AuditNote? Of(Caller caller, TransactionBatch batch, TransactionRow row, TransactionOutcome outcome) =>
        outcome is TransactionOutcome.Created or TransactionOutcome.Corrected
            ? new AuditNote(
                caller.Credential, "transaction.put", Ids.ForTransaction(row.Source, row.ExternalId), caller.Request,
                batch.Before!.TryGetValue(row, out var before) ? AuditTable.Text(State(before)) : null, AuditTable.Text(State(row)))
            : null;

    private TransactionView State(TransactionRow row) => TransactionViews.Of(row, tenant, tenants);
}
