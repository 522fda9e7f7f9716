using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spm.GraphQL;
using Spm.GraphQL.Execution;
using Spm.GraphQL.Http;
using Spm.GraphQL.Types;
using Spm.Platform.Hosts;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Graph;

/// <summary>Serves the schema at /graphql: over HTTP, server-sent events and WebSockets.</summary>
public sealed partial class GraphQLFace(Schema schema, Authentication authentication, TenantHosts hosts, ILogger<GraphQLFace> log) : IEndpoints
{
    public const string Path = "/graphql";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGraphQL(
        Path,
        new GraphQLExecutor(schema, new ExecutorOptions { Timeout = Timeout, MapError = MapError, OnUnexpected = failure => Failed(log, failure) }),
        new GraphQLHttpOptions { MaxRequestBytes = (int)Kernel.Limits.BodyBytes, OnConnect = ConnectAsync });

    /// <summary>A browser cannot give a WebSocket headers: it says who it is in its first message.</summary>
    private async ValueTask<bool> ConnectAsync(HttpContext http, JsonElement payload)
    {
        var caller = http.RequestServices.GetRequiredService<CallerOfRequest>();
        if (!caller.IsKnown)
        {
            var found = await authentication.FindAsync(Credential(payload));
            if (!found.IsOk)
            {
                authentication.Refused(found.Error!);
                return false;
            }
            caller.Caller = found.Value with { Request = RequestIds.Of(http) };
        }
        return hosts.IsAlone || caller.Caller.Tenant == 0 || hosts.Has(caller.Caller.Tenant);
    }

    private static string Credential(JsonElement payload)
    {
        if (payload.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in payload.EnumerateObject())
            {
                if (member.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
                {
                    return member.Value.GetString()!;
                }
            }
        }
        return "";
    }

    private static GraphQLError? MapError(Exception failure) =>
        failure is StoreLostException ? Refusals.Of(new Error(ErrorCodes.TenantMoving, "The tenant is moving to another host: send the request again.")).Error : null;

    [LoggerMessage(LogLevel.Error, "A field of GraphQL failed.")]
    private static partial void Failed(ILogger logger, Exception failure);
}
