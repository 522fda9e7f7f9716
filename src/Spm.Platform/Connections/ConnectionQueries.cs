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

    /// <summary>Those of these ids.</summary>
    public Result<IReadOnlyList<ConnectionView>> Find(Caller caller, IReadOnlyList<string> ids) => caller.Lacks(Scopes.ConnectionsRead) is { } lacking
        ? lacking
        : store.Read(s => Views(s, ConnectionTable.Find(s, caller.Tenant, SqlList.Padded(ids)))).ConvertAll(c => c.View);

    public ConnectionView View(ConnectionRow row) => store.Read(s => Views(s, [row]))[0].View;

    /// <summary>In the order they were made.</summary>
    public static readonly Keyset<(long No, ConnectionView View), long> Keys = Keyset.Of<(long No, ConnectionView View)>("connections", r => r.No);

    public static readonly Keyset<(long No, RunView View), long> RunKeys = Keyset.Newest<(long No, RunView View)>("connection-runs", r => r.No);

    /// <summary>By stream and key.</summary>
    public static readonly Keyset<WaitingRowView, (string Stream, string Key)> RowKeys = new(
        "connection-rows", 2, ("", ""), ("\uffff", ""), r => (r.Stream, r.Key), k => [k.Stream, k.Key], p => (p[0], p[1]),
        Comparer<(string Stream, string Key)>.Create((a, b) => string.CompareOrdinal(a.Stream, b.Stream) is not 0 and var order ? order : string.CompareOrdinal(a.Key, b.Key)));

    public Result<IReadOnlyList<(long No, ConnectionView View)>> List(Caller caller, Seek<long> seek) => caller.Lacks(Scopes.ConnectionsRead) is { } lacking
        ? lacking
        : store.Read(s => Views(s, ConnectionTable.Page(s, caller.Tenant, seek)));

    /// <summary>Newest first.</summary>
    public Result<IReadOnlyList<(long No, RunView View)>> Runs(Caller caller, string id, Seek<long> seek) => Find(caller, id).Then<IReadOnlyList<(long, RunView)>>(connection =>
        store.Read(s =>
        {
            var runs = RunTable.Page(s, connection.No, seek);
            return runs.Zip(RunTable.Streams(s, [.. runs.Select(r => r.No)]), (run, streams) => (run.No, RunView.Of(run, streams))).ToList();
        }));

    public Result<RunView> Run(Caller caller, string id, string run)
    {
        var connection = Find(caller, id);
        return !connection.IsOk ? connection.Error!
            : store.Read(s => RunTable.Find(s, connection.Value.No, run) is { } row ? RunView.Of(row, RunTable.Streams(s, row.No)) : null) is { } view ? view
            : new Error(ErrorCodes.NotFound, $"There is no run '{run}'.");
    }

    /// <param name="status">rejected or quarantined; both when null.</param>
    public Result<IReadOnlyList<WaitingRowView>> Rows(Caller caller, string id, string? status, Seek<(string Stream, string Key)> seek)
    {
        var connection = Find(caller, id, Scopes.TransactionsRead);
        if (!connection.IsOk)
        {
            return connection.Error!;
        }
        RecordState? state = status switch { null => null, "rejected" => RecordState.Rejected, "quarantined" => RecordState.Quarantined, _ => RecordState.Gone };
        return state == RecordState.Gone
            ? Error.Of("status", ErrorCodes.ParameterInvalid, "`status` is rejected or quarantined.")
            : store.Read(s => RecordTable.Waiting(s, connection.Value.No, state, seek)).ConvertAll(WaitingRowView.Of);
    }

    private List<(long No, ConnectionView View)> Views(SqlSession session, List<ConnectionRow> rows) =>
        [.. rows.Zip(StreamTable.Of(session, [.. rows.Select(r => r.No)]), (row, streams) => (row.No, ConnectionView.Of(row, catalog.Find(row.Connector, row.Version), streams)))];
}
