using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Spm.GraphQL;
using Spm.GraphQL.Http;
using Spm.Platform.Hosts;
using Spm.Platform.Http;

namespace Spm.Platform.Graph;

/// <summary>
/// Who is at the other end of a WebSocket. A browser cannot give it headers: it says who it is in its first message. Only then is the tenant known,
/// and with it the host that answers. Each operation takes one from the credential's requests, and asks for the credential again.
/// </summary>
public sealed class SocketCallers(Authentication authentication, RateLimits limits, SocketHandOn handOn)
{
    public async ValueTask<WebSocketGreeting> ConnectAsync(HttpContext http, JsonElement payload)
    {
        var known = http.RequestServices.GetRequiredService<CallerOfRequest>();
        if (!known.IsKnown)
        {
            var credential = Credential(payload);
            var found = await authentication.FindAsync(credential);
            if (!found.IsOk)
            {
                authentication.Refused(found.Error!);
                return limits.TryTakeFailure(http) ? WebSocketGreeting.Forbidden : WebSocketGreeting.Closed(4429, "Too many requests");
            }
            known.Caller = found.Value with { Request = RequestIds.Of(http) };
            known.Again = () => authentication.FindAsync(credential);
        }
        return await handOn.FindAsync(http, known.Caller.Tenant);
    }

    public async ValueTask<GraphQLError?> OperateAsync(HttpContext http)
    {
        var known = http.RequestServices.GetRequiredService<CallerOfRequest>();
        var refused = await known.RenewAsync() ?? (limits.TryTake(http, known.Caller) ? null : AuthenticationMiddleware.UsedUp());
        return refused is null ? null : Refusals.Of(refused).Error;
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
}
