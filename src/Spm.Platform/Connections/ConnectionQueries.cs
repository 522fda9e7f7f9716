using Spm.Platform.Connections.Runs;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Connections;

/// <summary>Connections, their runs, and the rows that wait for somebody.</summary>
public sealed class ConnectionQueries(ConnectorCatalog catalog, SpmStore store)
{
    public Result<ConnectionRow> Find(Caller caller, string id, string scope = Scopes.ConnectionsRead) =>
        caller.Lacks(scope) is { } lacking ? lacking
        : store.Read(s => ConnectionTable.Find(s, caller.Tenant, id)) is { } row ? row
        : new Error(ErrorCodes.NotFound, $"There is no connection '{id}'.");

    public ConnectionView View(ConnectionRow row) => ConnectionView.Of(row, catalog.Find(row.Connector, row.Version), store.Read(s => StreamTable.Of(s, row.No)));

    public Result<IReadOnlyList<ConnectionRow>> List(Caller caller, long after, int take) => caller.Lacks(Scopes.ConnectionsRead) is { } lacking
        ? lacking
        : store.Read(s => ConnectionTable.Page(s, caller.Tenant, after, take));

    /// <summary>Newest first.</summary>
    public Result<IReadOnlyList<(long No, RunView View)>> Runs(Caller caller, string id, long before, int take) => Find(caller, id).Then<IReadOnlyList<(long, RunView)>>(connection =>
        store.Read(s => RunTable.Page(s, connection.No, before, take).ConvertAll(r => (r.No, RunView.Of(r, RunTable.Streams(s, r.No))))));

    public Result<RunView> Run(Caller caller, string id, string run)
    {
        var connection = Find(caller, id);
        return !connection.IsOk ? connection.Error!
            : store.Read(s => RunTable.Find(s, connection.Value.No, run) is { } row ? RunView.Of(row, RunTable.Streams(s, row.No)) : null) is { } view ? view
            : new Error(ErrorCodes.NotFound, $"There is no run '{run}'.");
    }

    /// <param name="status">rejected or quarantined; both when null.</param>
    public Result<IReadOnlyList<WaitingRowView>> Rows(Caller caller, string id, string? status, string afterStream, string afterKey, int take)
    {
        var connection = Find(caller, id, Scopes.TransactionsRead);
        if (!connection.IsOk)
        {
            return connection.Error!;
        }
        RecordState? state = status switch { null => null, "rejected" => RecordState.Rejected, "quarantined" => RecordState.Quarantined, _ => RecordState.Gone };
        return state == RecordState.Gone
            ? Error.Of("status", ErrorCodes.ParameterInvalid, "`status` is rejected or quarantined.")
            : store.Read(s => RecordTable.Waiting(s, connection.Value.No, state, afterStream, afterKey, take)).ConvertAll(WaitingRowView.Of);
    }
}
