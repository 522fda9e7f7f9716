using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spm.Platform.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

public sealed class ConnectionEndpoints(ConnectionQueries queries, ConnectionCommands commands, ProbeCommands probes) : IEndpoints
{
    private const string Tag = "Connections";

    private static readonly string[] Refusals = [ErrorCodes.ConnectorUnknown, ErrorCodes.ConfigInvalid, ErrorCodes.MappingInvalid, ErrorCodes.SecretsKeyMissing, ErrorCodes.SourceInUse];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/connections", (Delegate)CreateAsync)
            .Operation("createConnection", Tag, "Makes a connection and begins to read all of its streams.", Scopes.ConnectionsWrite, Refusals)
            .Reads<ConnectionInput>().Answers<ConnectionView>(201).Idempotent();
        routes.MapGet("/v1/connections", (Delegate)Page)
            .Operation("listConnections", Tag, "Connections in the order they were made.", Scopes.ConnectionsRead, ErrorCodes.ParameterInvalid, ErrorCodes.CursorInvalid)
            .Paged().Answers<Page<ConnectionView>>();
        routes.MapGet("/v1/connections/{id}", (string id, HttpContext http) => Answer.Of(queries.Find(http.Caller(), id), queries.View))
            .Operation("getConnection", Tag, "One connection, without its secrets.", Scopes.ConnectionsRead, ErrorCodes.NotFound).Answers<ConnectionView>();
        routes.MapPut("/v1/connections/{id}", UpdateAsync)
            .Operation("putConnection", Tag, "Replaces what is set of a connection; secrets that are left out stay.", Scopes.ConnectionsWrite, [ErrorCodes.NotFound, .. Refusals])
            .Reads<ConnectionInput>().Answers<ConnectionView>();
        Change("deleteConnection", "", "Ends a connection and forgets its secrets; what came through it stays.", commands.DeleteAsync);
        Change("pauseConnection", "/pause", "No further run begins.", commands.PauseAsync);
        Change("resumeConnection", "/resume", "Runs again, at once; changed fields of paused streams are agreed to.", commands.ResumeAsync);
        Change("backfillConnection", "/backfill", "Reads everything anew.", commands.BackfillAsync, ErrorCodes.ConnectionNotActive);
        Change("runConnection", "/run", "Reads at once what is new.", commands.RunAsync, ErrorCodes.ConnectionNotActive);
        routes.MapPost("/v1/connections/{id}/check", CheckAsync)
            .Operation("checkConnection", Tag, "Asks the vendor whether the credentials are right.", Scopes.ConnectionsWrite, ErrorCodes.NotFound, ErrorCodes.ConnectorUnknown).Answers<CheckView>();
        routes.MapPost("/v1/connections/{id}/discover", DiscoverAsync)
            .Operation("discoverConnection", Tag, "Asks the vendor which streams and fields the account holds.", Scopes.ConnectionsWrite, ErrorCodes.NotFound, ErrorCodes.ConnectorUnknown, ErrorCodes.ConnectionFailed)
            .Answers<Page<DiscoveredStreamView>>();
        routes.MapPost("/v1/connections/{id}/preview", PreviewAsync)
            .Operation("previewConnection", Tag, "Shows what the first records of a stream would become by a mapping; nothing is kept.", Scopes.ConnectionsWrite, ErrorCodes.NotFound, ErrorCodes.ConnectorUnknown, ErrorCodes.MappingInvalid, ErrorCodes.ConnectionFailed)
            .Reads<PreviewInput>().Answers<PreviewView>();

        void Change(string operation, string path, string summary, Func<Caller, string, Task<Result<ConnectionRow>>> change, params string[] codes)
        {
            async Task<IResult> ChangeAsync(string id, HttpContext http) => Answer.Of(await change(http.Caller(), id), queries.View);
            var route = path.Length == 0 ? routes.MapDelete("/v1/connections/{id}", ChangeAsync) : routes.MapPost($"/v1/connections/{{id}}{path}", ChangeAsync);
            route.Operation(operation, Tag, summary, Scopes.ConnectionsWrite, [ErrorCodes.NotFound, .. codes]).Answers<ConnectionView>();
        }
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        var input = await http.ReadAsync<ConnectionInput>();
        if (!input.IsOk)
        {
            return Answer.Problem(input.Error!);
        }
        var made = await commands.CreateAsync(http.Caller(), input.Value);
        return made.IsOk ? Answer.Created(queries.View(made.Value), isNew: true, $"/v1/connections/{made.Value.Id}") : Answer.Problem(made.Error!);
    }

    private async Task<IResult> UpdateAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<ConnectionInput>();
        return input.IsOk ? Answer.Of(await commands.UpdateAsync(http.Caller(), id, input.Value), queries.View) : Answer.Problem(input.Error!);
    }

    private IResult Page(HttpContext http)
    {
        var seek = http.Seek(ConnectionQueries.Keys);
        return seek.IsOk ? http.Page(ConnectionQueries.Keys, queries.List(http.Caller(), seek.Value), c => c.View) : Answer.Problem(seek.Error!);
    }

    private async Task<IResult> CheckAsync(string id, HttpContext http) => Answer.Of(await probes.CheckAsync(http.Caller(), id, http.RequestAborted));

    private async Task<IResult> DiscoverAsync(string id, HttpContext http) =>
        Answer.Of(await probes.DiscoverAsync(http.Caller(), id, http.RequestAborted), streams => new Page<DiscoveredStreamView>(streams, null));

    private async Task<IResult> PreviewAsync(string id, HttpContext http)
    {
        var input = await http.ReadAsync<PreviewInput>();
        return input.IsOk ? Answer.Of(await probes.PreviewAsync(http.Caller(), id, input.Value, http.RequestAborted)) : Answer.Problem(input.Error!);
    }
}
