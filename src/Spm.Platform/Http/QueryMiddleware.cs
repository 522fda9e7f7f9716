using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>
/// Refuses query parameters that the operation does not know. A misspelt filter that is passed over would answer with everything, and payroll might
/// take it for what it asked for.
/// </summary>
public sealed class QueryMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<OperationScope>() is null)
        {
            return next(http);
        }
        var known = metadata.GetOrderedMetadata<OperationParameters>().SelectMany(p => p.Parameters).Select(p => p.Name).ToList();
        FieldError[] unknown = [.. http.Request.Query.Keys.Where(k => !known.Contains(k, StringComparer.Ordinal)).Select(k => Unknown(k, known))];
        return unknown.Length == 0 ? next(http) : ProblemBody.WriteAsync(http, Error.Of(unknown));
    }

    private static FieldError Unknown(string name, IReadOnlyList<string> known)
    {
        var shown = name.Length > 40 ? name[..40] + "…" : name;
        return new FieldError(shown, ErrorCodes.ParameterInvalid, known.Count == 0
            ? $"The operation has no parameter '{shown}': it has none."
            : $"The operation has no parameter '{shown}'; it has {string.Join(", ", known)}.");
    }
}
