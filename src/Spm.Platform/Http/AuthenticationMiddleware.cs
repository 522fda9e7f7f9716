using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Connections;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// Every request under /v1 and /scim and to /graphql carries an API key or an access token, which says the tenant, and takes one from the bucket of that
/// credential. Where a signature opens an operation, what it is about says the tenant. Routes do not mind case, so neither does this.
/// </summary>
public sealed class AuthenticationMiddleware(RequestDelegate next, Authentication authentication, SignedCaller signed, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!Asks(http))
        {
            await next(http);
            return;
        }
        var isSigned = http.GetEndpoint()?.Metadata.GetMetadata<OperationSigned>() is not null;
        var credential = http.Request.Headers.Authorization.ToString();
        var caller = isSigned ? signed.Find(http) : await authentication.FindAsync(credential);
        if (!caller.IsOk)
        {
            authentication.Refused(caller.Error!);
            await ProblemBody.WriteAsync(http, limits.TryTakeFailure(http) ? caller.Error! : TooMany("Too many requests with credentials that are refused came from your address."));
            return;
        }
        if (!limits.TryTake(http, caller.Value))
        {
            await ProblemBody.WriteAsync(http, UsedUp());
            return;
        }
        var known = http.RequestServices.GetRequiredService<CallerOfRequest>();
        known.Caller = caller.Value with { Request = RequestIds.Of(http) };
        known.Again = isSigned ? null : () => authentication.FindAsync(credential);
        http.Items[typeof(Caller)] = known.Caller;
        await next(http);
    }

    /// <summary>A WebSocket without a header says who it is in its first message.</summary>
    private static bool Asks(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        || http.Request.Path.StartsWithSegments("/scim", StringComparison.OrdinalIgnoreCase)
        || (http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase) && !(http.WebSockets.IsWebSocketRequest && http.Request.Headers.Authorization.Count == 0));

    /// <summary>Of requests, and of operations that come over a WebSocket.</summary>
    public static Error UsedUp() => TooMany("The credential has used up its requests: see Retry-After.");

    private static Error TooMany(string detail)
    {
        Telemetry.Limited.Add(1);
        return new Error(ErrorCodes.RateLimited, detail);
    }
}
