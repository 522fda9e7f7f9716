using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Spm.GraphQL.Http;

namespace Spm.Platform.Hosts;

/// <summary>Finds the host that answers a WebSocket: this one, or another to which all of it is handed on.</summary>
public sealed class SocketHandOn(TenantHosts hosts, RequestForwarder forwarder)
{
    /// <summary>Clients try again after it; after codes from 4400 on they do not.</summary>
    private const int TryAgain = 1013;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<WebSocketGreeting> FindAsync(HttpContext http, int tenant)
    {
        // The operator's tenants are in no memory: any host sees to them.
        if (hosts.IsAlone || tenant == 0)
        {
            return WebSocketGreeting.Welcome;
        }
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(Pause, http.RequestAborted))
        {
            var other = await hosts.OfAsync(tenant);
            if (other is null && hosts.IsSure)
            {
                return WebSocketGreeting.Welcome;
            }
            if (http.Request.Headers.ContainsKey(RequestForwarder.Header))
            {
                break;
            }
            if (other?.Address is { } address && await forwarder.ConnectAsync(http, address) is { } connected)
            {
                return WebSocketGreeting.HandedOn(connected);
            }
            hosts.Doubt(tenant);
        }
        return WebSocketGreeting.Closed(TryAgain, "The tenant is moving to another host");
    }
}
