using Spm.GraphQL.Authoring;
using Spm.Platform.Graph;

namespace Spm.Platform.Reconciliation;

[QueryType]
internal static class ReconciliationRoots
{
    /// <summary>Every current transaction, credited or not: what came in equals what is credited plus what is not. Reads all transactions, some two seconds for a million.</summary>
    [Cost(1000)]
    public static Task<ReconciliationView> GetReconciliationAsync(ReconciliationQueries queries, Call call) => queries.ReconcileAsync(call.Caller).OrRefuse();
}
