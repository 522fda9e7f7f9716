using Microsoft.AspNetCore.Http;
using Spm.Platform.Connections;
using Spm.Platform.Credentials;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// Every request under /v1 carries an API key or an access token, which says the tenant, and takes one from the bucket of that credential. Where a signature opens
/// an operation, what it is about says the tenant.
/// Routes do not mind case, so neither does this.
/// </summary>
public sealed class AuthenticationMiddleware(RequestDelegate next, ApiKeys keys, OperatorKey operatorKey, AccessTokens tokens, SignedCaller signed, RateLimits limits, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }
        var isSigned = http.GetEndpoint()?.Metadata.GetMetadata<OperationSigned>() is not null;
        var caller = isSigned ? signed.Find(http) : await FindAsync(http.Request.Headers.Authorization.ToString());
        if (!caller.IsOk)
        {
            Telemetry.Refused.Add(1, new KeyValuePair<string, object?>("code", caller.Error!.Code));
            await ProblemBody.WriteAsync(http, limits.TryTakeFailure(http) ? caller.Error! : TooMany("Too many requests with credentials that are refused came from your address."));
            return;
        }
        if (!limits.TryTake(http, $"{caller.Value.Tenant}/{caller.Value.Credential}"))
        {
            await ProblemBody.WriteAsync(http, TooMany("The credential has used up its requests: see Retry-After."));
            return;
        }
        http.Items[typeof(Caller)] = caller.Value with { Day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), Request = RequestIds.Of(http) };
        await next(http);
    }

    private static Error TooMany(string detail)
    {
        Telemetry.Limited.Add(1);
        return new Error(ErrorCodes.RateLimited, detail);
    }

    private async ValueTask<Result<Caller>> FindAsync(string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return new Error(ErrorCodes.Unauthenticated, "Send `Authorization: Bearer` with an API key or an access token.");
        }
        var credential = header[7..].Trim();
        return !ApiKeys.IsKey(credential) && AccessTokens.IsToken(credential) ? await tokens.ReadAsync(credential)
            : (operatorKey.Find(credential) ?? keys.Find(credential)) is { } caller ? caller
            : new Error(ErrorCodes.Unauthenticated, "There is no such API key, or it was revoked or has expired.");
    }
}
