using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>Every answer of the API says which version of it answered, and whether its operation is on the way out (RFC 9745, RFC 8594).</summary>
public sealed class VersionMiddleware(RequestDelegate next, ApiVersions versions)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (IsOfTheApi(http))
        {
            http.Response.OnStarting(Tell, http);
        }
        return next(http);
    }

    private static bool IsOfTheApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/scim", StringComparison.OrdinalIgnoreCase) || http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase);

    private Task Tell(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        // An answer that is given again says the version that it was made in; one that another host has given says its own.
        if (!headers.ContainsKey(ApiVersions.Header))
        {
            headers[ApiVersions.Header] = versions.Of(http) is { IsOk: true } known ? known.Value : versions.Newest;
        }
        if (http.GetEndpoint()?.Metadata.GetMetadata<OperationDeprecated>() is { } deprecated && !headers.ContainsKey("Deprecation"))
        {
            headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{deprecated.Since.ToUnixTimeSeconds()}");
            headers["Sunset"] = deprecated.Sunset.ToString("R", CultureInfo.InvariantCulture);
            headers.Link = StringValues.Concat(headers.Link, $"<{deprecated.Page}>; rel=\"deprecation\"; type=\"text/html\"");
        }
        return Task.CompletedTask;
    }
}

/// <summary>Says the version that will answer, and refuses one that there is not. Behind the question for the scope: who may not do a thing is told so whatever else is wrong.</summary>
public sealed class RequestVersionMiddleware(RequestDelegate next, ApiVersions versions)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Items.ContainsKey(typeof(Caller)))
        {
            var version = versions.Of(http);
            if (!version.IsOk)
            {
                return ProblemBody.WriteAsync(http, version.Error!);
            }
            // Before the answer is made, so that it is kept with an answer that is kept.
            http.Response.Headers[ApiVersions.Header] = version.Value;
        }
        return next(http);
    }
}
