using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>What runs have read, and what of it does not count.</summary>
public sealed class RunEndpoints(ConnectionQueries queries, ConnectionCommands commands, ConnectionReconciliationQueries reconciliation) : IEndpoints
{
    private const string Runs = "connection-runs";
    private const string Rows = "connection-rows";
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
            .Operation("retryConnectionRows", Tag, "Tries rejected records again, and reads streams with rows in quarantine anew.", Scopes.TransactionsWrite, ErrorCodes.NotFound, ErrorCodes.ConnectionNotActive)
            .Answers<ConnectionView>();
        routes.MapGet("/v1/connections/{id}/reconciliation", (string id, HttpContext http) => Answer.Of(reconciliation.Reconcile(http.Caller(), id)))
            .Operation("getConnectionReconciliation", Tag, "What the source has, what was accepted and what is credited, with every record that differs.", Scopes.TransactionsRead, ErrorCodes.NotFound)
            .Answers<ConnectionReconciliationView>();
    }

    private IResult ListRuns(string id, HttpContext http)
    {
        var (limit, before) = (http.Limit(), http.AfterNumbers(Runs, 1));
        if (!limit.IsOk || !before.IsOk)
        {
            return Answer.Problem(limit.Error ?? before.Error!);
        }
        var rows = queries.Runs(http.Caller(), id, before.Value is [var no] ? no : long.MaxValue, limit.Value + 1);
        return rows.IsOk ? http.Page(Runs, limit.Value, rows.Value, r => r.View, r => [r.No]) : Answer.Problem(rows.Error!);
    }

    private IResult ListRows(string id, HttpContext http)
    {
        var (limit, after) = (http.Limit(), http.After(Rows, 2));
        if (!limit.IsOk || !after.IsOk)
        {
            return Answer.Problem(limit.Error ?? after.Error!);
        }
        var (stream, key) = after.Value is [var s, var k] ? (s, k) : ("", "");
        var rows = queries.Rows(http.Caller(), id, http.Parameter("status"), stream, key, limit.Value + 1);
        return rows.IsOk ? http.Page(Rows, limit.Value, rows.Value, r => r, r => [r.Stream, r.Key]) : Answer.Problem(rows.Error!);
    }
}
