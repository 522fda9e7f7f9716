using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Connectors;
using Spm.Connectors.Hosting.Plugins;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>A connector that is installed.</summary>
/// <param name="Kinds">source, sink.</param>
/// <param name="Secrets">Members of the configuration that are sealed and never shown.</param>
/// <param name="ConfigSchema">JSON Schema of the configuration of a connection.</param>
public sealed record ConnectorView(
    string Id, string Name, string Version, IReadOnlyList<string> Kinds, IReadOnlyList<ConnectorStreamView> Streams, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> Secrets,
    bool Webhooks, JsonElement ConfigSchema)
{
    public static ConnectorView Of(Plugin plugin)
    {
        var manifest = plugin.Manifest;
        return new ConnectorView(
            manifest.Id,
            manifest.Name,
            manifest.Version.ToString(),
            [.. ((ConnectorKinds[])[ConnectorKinds.Source, ConnectorKinds.Sink]).Where(k => manifest.Kinds.HasFlag(k)).Select(k => JsonNamingPolicy.SnakeCaseLower.ConvertName(k.ToString()))],
            [.. manifest.Streams.Select(s => new ConnectorStreamView(s.Name, s.Entity, s.Ordered, s.Deletes, s.Stability))],
            manifest.AllowedHosts,
            manifest.ConfigSchema.Secrets,
            manifest.Webhooks is not null,
            manifest.ConfigSchema.Json);
    }
}

/// <param name="Entity">The canonical entity that its records are.</param>
/// <param name="Deletes">How it is learnt that a record is gone.</param>
public sealed record ConnectorStreamView(string Name, string Entity, bool Ordered, DeleteDetection Deletes, Stability Stability);

public sealed class ConnectorEndpoints(ConnectorCatalog catalog) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/connectors", (Delegate)List)
            .Operation("listConnectors", "Connections", "The connectors of this installation, by id, the newest version of each first.", Scopes.ConnectionsRead).Answers<Page<ConnectorView>>();
        routes.MapGet("/v1/connectors/{connector}", Get)
            .Operation("getConnector", "Connections", "One connector, with the schema of its configuration.", Scopes.ConnectionsRead, ErrorCodes.NotFound)
            .Parameters(("version", "The newest one when left out.")).Answers<ConnectorView>();
    }

    private IResult List() => Answer.Ok(new Page<ConnectorView>([.. catalog.All.Select(ConnectorView.Of)], null));

    private IResult Get(string connector, HttpContext http) => Answer.Of(catalog.Get(connector, http.Parameter("version")), ConnectorView.Of);
}
