using System.Text.Json;
using Spm.GraphQL.Authoring;
using Spm.GraphQL.Authoring.Connections;
using Spm.Platform.Graph;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

[QueryType]
internal static class ConnectionRoots
{
    /// <summary>The connectors of this installation, by id, the newest version of each first.</summary>
    [Cost(AssumedSize = 10)]
    public static IReadOnlyList<ConnectorView> GetConnectors(ConnectorCatalog catalog, Call call) =>
        call.Caller.Lacks(Scopes.ConnectionsRead) is { } lacking ? throw Refusals.Of(lacking) : [.. catalog.All.Select(ConnectorView.Of)];

    /// <summary>One connector, with the schema of its configuration; null where none has the id.</summary>
    /// <param name="id">Of the connector.</param>
    /// <param name="version">The newest one when left out.</param>
    public static ConnectorView? GetConnector([ID] string id, ConnectorCatalog catalog, Call call, string? version = null) =>
        call.Caller.Lacks(Scopes.ConnectionsRead) is { } lacking ? throw Refusals.Of(lacking) : catalog.Get(id, version).Then(ConnectorView.Of).OrNull();

    /// <summary>One connection, without its secrets; null where none has the id.</summary>
    [GraphQLName("vendorConnection")]
    public static ConnectionView? GetConnection([ID] string id, ConnectionQueries queries, Call call) => queries.Find(call.Caller, id).Then(queries.View).OrNull();

    /// <summary>Connections in the order they were made.</summary>
    [GraphQLName("vendorConnections")]
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<ConnectionView>> GetConnectionsAsync(PageArguments page, ConnectionQueries queries, Call call)
    {
        _ = call.CompanyFor(Scopes.ConnectionsRead);
        return Pages.Of(ConnectionQueries.Keys, page, seek => queries.List(call.Caller, seek), c => c.View);
    }

    /// <summary>Runs of a connection, newest first: rows by what became of them, and the money at stake.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="connection">Id of the connection.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<RunView>> GetConnectionRunsAsync(PageArguments page, [ID] string connection, ConnectionQueries queries, Call call) =>
        Pages.Of(ConnectionQueries.RunKeys, page, seek => queries.Runs(call.Caller, connection, seek), r => r.View);

    /// <summary>One run of a connection; null where there is none.</summary>
    /// <param name="connection">Id of the connection.</param>
    /// <param name="id">Of the run.</param>
    public static RunView? GetConnectionRun([ID] string connection, [ID] string id, ConnectionQueries queries, Call call) => queries.Run(call.Caller, connection, id).OrNull();

    /// <summary>Records of a connection that were rejected or stand in quarantine, with rule and field.</summary>
    /// <param name="page">Which of them.</param>
    /// <param name="connection">Id of the connection.</param>
    /// <param name="status">rejected or quarantined; both when left out.</param>
    [UseConnection(DefaultSize = Limits.PageSize, MaxSize = Limits.MaxPageSize)]
    public static Task<Page<WaitingRowView>> GetConnectionRowsAsync(PageArguments page, [ID] string connection, ConnectionQueries queries, Call call, string? status = null) =>
        Pages.Of(ConnectionQueries.RowKeys, page, seek => queries.Rows(call.Caller, connection, status, seek), r => r);

    /// <summary>What the source of a connection has, what was accepted and what is credited, with every record that differs. Null where none has the id.</summary>
    /// <param name="connection">Id of the connection.</param>
    [Cost(100)]
    public static ConnectionReconciliationView? GetConnectionReconciliation([ID] string connection, ConnectionReconciliationQueries queries, Call call) =>
        queries.Reconcile(call.Caller, connection).OrNull();
}

[ObjectType<ConnectionView>]
internal static class ConnectionFields
{
    /// <summary>By stream, what its records become, with what stands there by itself. Names are those of REST.</summary>
    public static JsonElement GetMapping([Parent] ConnectionView connection) => JsonSerializer.SerializeToElement(connection.Mapping, Json.Options);
}

[ObjectType<PreviewRowView>]
internal static class PreviewRowFields
{
    /// <summary>What a mapping can name of the record.</summary>
    public static JsonElement GetRecord([Parent] PreviewRowView row) => JsonSerializer.SerializeToElement(row.Record, Json.Options);

    /// <summary>The fields that it would set.</summary>
    public static JsonElement GetBecomes([Parent] PreviewRowView row) => JsonSerializer.SerializeToElement(row.Becomes, Json.Options);
}
