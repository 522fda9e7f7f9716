using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Tenants;

namespace Spm.Platform.Http;

/// <summary>Every request under /v1 carries an API key, and the key says the tenant. Routes do not mind case, so neither does this.</summary>
public sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            return next(http);
        }
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || keys.Find(header[7..].Trim()) is not { } caller)
        {
            return ProblemBody.WriteAsync(http, new Error(ErrorCodes.Unauthenticated, "Send `Authorization: Bearer spm_…` with a valid API key."));
        }
        http.Items[typeof(Caller)] = caller;
        return next(http);
    }
}
