using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;
using Spm.Platform.Provisioning;

namespace Spm.Platform.Http;

/// <summary>RFC 9457. The type is a URI that answers with the code's meaning; pointers are RFC 6901.</summary>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Instance, string Code, IReadOnlyList<ProblemField> Errors, string RequestId)
{
    public const string MediaType = "application/problem+json";

    public static Task WriteAsync(HttpContext http, Error error)
    {
        var code = ErrorCodes.All[error.Code];
        http.Response.StatusCode = code.Status;
        if (Challenges.Of(http, error) is { } challenge)
        {
            http.Response.Headers.WWWAuthenticate = challenge;
        }
        if (http.Request.Path.StartsWithSegments(ScimEndpoints.Root, StringComparison.OrdinalIgnoreCase))
        {
            return ScimAnswer.WriteAsync(http, error);
        }
        if (http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase))
        {
            // Clients of GraphQL look for errors there, whatever the status.
            var refused = new { errors = new[] { new { message = error.Detail, extensions = new { code = code.Code, type = $"/errors/{code.Code}", request_id = RequestIds.Of(http) } } } };
            return http.Response.WriteAsJsonAsync(refused, Json.Options, GraphQLMediaType(http), http.RequestAborted);
        }
        var body = new ProblemBody(
            $"/errors/{code.Code}",
            code.Title,
            code.Status,
            error.Detail,
            http.Request.Path,
            code.Code,
            [.. error.Fields.Select(ProblemField.Of)],
            RequestIds.Of(http));
        return http.Response.WriteAsJsonAsync(body, Json.Options, MediaType, http.RequestAborted);
    }

    private static string GraphQLMediaType(HttpContext http)
    {
        const string Own = "application/graphql-response+json";
        return http.Request.Headers.Accept.ToString().Contains(Own, StringComparison.OrdinalIgnoreCase) ? Own : "application/json";
    }
}

/// <param name="Pointer">Into the body that was sent.</param>
public sealed record ProblemField(string Pointer, string Code, string Detail)
{
    public static ProblemField Of(FieldError error) => new(error.Field.Length == 0 ? "" : "/" + error.Field, error.Code, error.Detail);
}

public static class RequestIds
{
    public const string Header = "Request-Id";

    /// <summary>The trace id where the caller sent a traceparent, so that its logs and ours name the same thing.</summary>
    public static string Of(HttpContext http) => System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
