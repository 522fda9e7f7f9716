using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>What runs have read, and what of it does not count.</summary>
public sealed class RunEndpoints(ConnectionQueries queries, ConnectionCommands commands, ConnectionReconciliationQueries reconciliation) : IEndpoints
{
    private const string Tag = "Connections";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/connections/{id}/runs", ListRuns)
            .Operation("listConnectionRuns", Tag, "Runs, newest first: rows by what became of them, and the money at stake.", Scopes.ConnectionsRead, ErrorCodes.NotFound, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged().Answers<Page<RunView>>();
        routes.MapGet("/v1/connections/{id}/runs/{run}", (string id, string run, HttpContext http) => Answer.Of(queries.Run(http.Caller(), id, run)))
            .Operation("getConnectionRun", Tag, "One run.", Scopes.ConnectionsRead, ErrorCodes.NotFound).Answers<RunView>();
        routes.MapGet("/v1/connections/{id}/rows", ListRows)
            .Operation("listConnectionRows", Tag, "Records that were rejected or stand in quarantine, with rule and field.", Scopes.TransactionsRead, ErrorCodes.NotFound, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged(("status", "rejected or quarantined; both when left out.")).Answers<Page<WaitingRowView>>();
        routes.MapPost("/v1/connections/{id}/retry", async (string id, HttpContext http) => Answer.Of(await commands.RetryAsync(http.Caller(), id), queries.View))
            .Operation("retryConnectionRows", Tag, "Tries rejected records again, and reads streams anew that have rows in quarantine or rejected ones that are not kept.", Scopes.TransactionsWrite, ErrorCodes.NotFound, ErrorCodes.ConnectionNotActive)
            .Answers<ConnectionView>();
        routes.MapGet("/v1/connections/{id}/reconciliation", (string id, HttpContext http) => Answer.Of(reconciliation.Reconcile(http.Caller(), id)))
            .Operation("getConnectionReconciliation", Tag, "What the source has, what was accepted and what is credited, with every record that differs.", Scopes.TransactionsRead, ErrorCodes.NotFound)
            .Answers<ConnectionReconciliationView>();
    }

    private IResult ListRuns(string id, HttpContext http)
    {
        var seek = http.Seek(ConnectionQueries.RunKeys);
        return seek.IsOk ? http.Page(ConnectionQueries.RunKeys, queries.Runs(http.Caller(), id, seek.Value), r => r.View) : Answer.Problem(seek.Error!);
    }

    private IResult ListRows(string id, HttpContext http)
    {
        var seek = http.Seek(ConnectionQueries.RowKeys);
        return seek.IsOk ? http.Page(ConnectionQueries.RowKeys, queries.Rows(http.Caller(), id, http.Parameter("status"), seek.Value), r => r) : Answer.Problem(seek.Error!);
    }
}
