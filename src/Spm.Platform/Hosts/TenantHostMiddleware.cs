using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Spm.Platform.Http;
using Spm.Platform.Kernel;
using Spm.Storage;

namespace Spm.Platform.Hosts;

/// <summary>Answers requests of this host's tenants, and hands those of others on to the host that has the tenant, until one answers or too much time has passed.</summary>
public sealed class TenantHostMiddleware(RequestDelegate next, TenantHosts hosts, RequestForwarder forwarder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task InvokeAsync(HttpContext http)
    {
        // The operator's tenants are in no memory: any host sees to them. A WebSocket is handed on once it has said who it is (SocketHandOn).
        if (hosts.IsAlone || http.WebSockets.IsWebSocketRequest || http.Items[typeof(Caller)] is not Caller { Tenant: > 0 and var tenant })
        {
            await next(http);
            return;
        }
        if (!await AnsweredAsync(http, tenant))
        {
            await RefuseAsync(http, "The host that had the tenant has ended, and another one is about to take it over: try again.");
        }
    }

    private async Task<bool> AnsweredAsync(HttpContext http, int tenant)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(Pause, http.RequestAborted))
        {
            var other = await hosts.OfAsync(tenant);
            if (other is null && hosts.IsSure)
            {
                return await AnsweredHereAsync(http);
            }
            if (http.Request.Headers.ContainsKey(RequestForwarder.Header))
            {
                // Who handed it on asks again who has the tenant: another host, or none that is sure of it.
                http.Response.Headers[RequestForwarder.Header] = "not-here";
                return false;
            }
            if (other?.Address is { } address)
            {
                await RequestForwarder.KeepAsync(http);
                try
                {
                    if (await forwarder.TryAsync(http, address))
                    {
                        return true;
                    }
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException && !http.Response.HasStarted)
                {
                    hosts.Doubt(tenant);
                    http.Response.Clear();
                    http.Response.Headers[RequestIds.Header] = RequestIds.Of(http);
                    await RefuseAsync(http, "The host that had the tenant ended before it answered: send the request again, under the same Idempotency-Key if it has one.");
                    return true;
                }
            }
            hosts.Doubt(tenant);
        }
        return false;
    }

    /// <summary>False where this host was taken for ended meanwhile: it has written nothing, and whoever has the tenant now may answer.</summary>
    private async Task<bool> AnsweredHereAsync(HttpContext http)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(Pause, http.RequestAborted))
        {
            try
            {
                return await AnsweredByGrainsAsync(http);
            }
            catch (OrleansMessageRejectionException) when (!http.Response.HasStarted && HttpMethods.IsGet(http.Request.Method) && since.Elapsed < Patience)
            {
                // A silo of the cluster has ended, and its grains are about to be elsewhere: reading is tried again.
            }
            catch (OrleansMessageRejectionException) when (!http.Response.HasStarted)
            {
                await RefuseAsync(http, "What the tenant keeps in memory is on its way to another host: send the request again, under the same Idempotency-Key if it has one.");
                return true;
            }
        }
    }

    private async Task<bool> AnsweredByGrainsAsync(HttpContext http)
    {
        try
        {
            await next(http);
            return true;
        }
        catch (StoreLostException) when (!http.Response.HasStarted)
        {
            if (http.Request.Headers.ContainsKey(RequestForwarder.Header))
            {
                http.Response.Headers[RequestForwarder.Header] = "not-here";
            }
            return false;
        }
    }

    private static Task RefuseAsync(HttpContext http, string detail)
    {
        http.Response.Headers.RetryAfter = "1";
        return ProblemBody.WriteAsync(http, new Error(ErrorCodes.TenantMoving, detail));
    }
}
