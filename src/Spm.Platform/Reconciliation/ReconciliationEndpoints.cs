using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Reconciliation;

public sealed class ReconciliationEndpoints(ReconciliationQueries queries) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/reconciliation", (Delegate)GetAsync)
        .Operation("getReconciliation", "Problems", "Every current transaction, credited or not: what came in equals what is credited plus what is not. Reads all transactions, some two seconds for a million.", Scopes.TransactionsRead)
        .Answers<ReconciliationView>();

    private async Task<IResult> GetAsync(HttpContext http) => Answer.Of(await queries.ReconcileAsync(http.Caller()));
}
