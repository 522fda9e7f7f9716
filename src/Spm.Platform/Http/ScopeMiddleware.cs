using Microsoft.AspNetCore.Http;

namespace Spm.Platform.Http;

/// <summary>
/// Refuses whoever lacks the operation's scope, before anything else of the request is looked at: who may not do a thing does not learn how it is asked
/// for, and is told so whatever else is wrong. Commands ask again, for they have other doors too.
/// </summary>
public sealed class ScopeMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<OperationScope>() is { } needed && http.Caller().Lacks(needed.Scope) is { } lacking
            ? ProblemBody.WriteAsync(http, lacking)
            : next(http);
}
