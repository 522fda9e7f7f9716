using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>Says in the OpenAPI document what an operation is, needs and answers.</summary>
public static class Describe
{
    /// <param name="codes">Error codes besides those every operation can answer with.</param>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder route, string id, string tag, string summary, string scope, params string[] codes)
    {
        route.WithName(id).WithTags(tag).WithSummary(summary).WithMetadata(new OperationScope(scope), new OperationErrors([
            ErrorCodes.Unauthenticated, ErrorCodes.TokenInvalid, ErrorCodes.TokenExpired, ErrorCodes.Forbidden, ErrorCodes.RateLimited, ErrorCodes.VersionUnknown, ErrorCodes.IdentityProviderUnavailable, ErrorCodes.TenantMoving, ErrorCodes.AnswerLate, .. codes,
        ]));
        return route;
    }

    /// <summary>The same for an operation that asks for a signature over the body in the place of a credential.</summary>
    public static RouteHandlerBuilder SignedOperation(this RouteHandlerBuilder route, string id, string tag, string summary, params string[] codes)
    {
        route.WithName(id).WithTags(tag).WithSummary(summary).WithMetadata(new OperationSigned(), new OperationErrors([ErrorCodes.RateLimited, ErrorCodes.TenantMoving, .. codes]));
        return route;
    }

    /// <summary>The one place where an operation is said to be on the way out: answers, the OpenAPI document and Swagger UI tell it.</summary>
    /// <param name="since">From then on nobody should begin to use it.</param>
    /// <param name="sunset">From then on it may be gone; a year later at least.</param>
    /// <param name="page">Says what to call instead.</param>
    public static RouteHandlerBuilder Deprecated(this RouteHandlerBuilder route, DateTimeOffset since, DateTimeOffset sunset, string page) =>
        sunset < since.AddYears(1) ? throw new ArgumentOutOfRangeException(nameof(sunset), "Callers have a year to change.") : route.WithMetadata(new OperationDeprecated(since, sunset, page));

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.DefaultIfEmpty(StatusCodes.Status200OK))
        {
            route.Produces<T>(status, "application/json");
        }
        return route;
    }

    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json");

    public static RouteHandlerBuilder Parameters(this RouteHandlerBuilder route, params (string Name, string Description)[] parameters) =>
        route.WithMetadata(new OperationParameters(parameters));

    /// <summary>A JSON Merge Patch of what the PUT of the same resource takes.</summary>
    public static RouteHandlerBuilder ReadsPatch<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>(MergePatch.MediaType);

    /// <summary>A query parameter without which the operation refuses.</summary>
    public static RouteHandlerBuilder NeedsParameter(this RouteHandlerBuilder route, string name, string description) =>
        route.WithMetadata(new OperationParameters([(name, description)], Required: true));

    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route, params (string Name, string Description)[] filters) =>
        route.Parameters([.. filters, ("limit", $"1 to {Limits.MaxPageSize}; {Limits.PageSize} when left out."), ("cursor", "`next_cursor` of the page before.")]);

    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(new OperationNeedsIfMatch());

    /// <summary>Refused where the resource has changed since it was seen, for whoever says what they have seen.</summary>
    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(new OperationTakesIfMatch());

    /// <summary>The operation may take long, and honours `Prefer: respond-async`.</summary>
    public static RouteHandlerBuilder TakesPrefer(this RouteHandlerBuilder route) => route.WithMetadata(new OperationTakesPrefer());

    /// <summary>The operation honours Idempotency-Key: the same key and body are answered as the first time.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.WithMetadata(new OperationIdempotent()).AddEndpointFilter<IdempotencyFilter>();

    /// <summary>The same for an operation that sees to it by itself, because its body is not to be buffered.</summary>
    public static RouteHandlerBuilder IdempotentByItself(this RouteHandlerBuilder route) => route.WithMetadata(new OperationIdempotent());
}

public sealed record OperationScope(string Scope);

public sealed record OperationSigned;

public sealed record OperationDeprecated(DateTimeOffset Since, DateTimeOffset Sunset, string Page);

public sealed record OperationErrors(IReadOnlyList<string> Codes);

public sealed record OperationParameters(IReadOnlyList<(string Name, string Description)> Parameters, bool Required = false);

public sealed record OperationNeedsIfMatch;

public sealed record OperationTakesIfMatch;

public sealed record OperationTakesPrefer;

public sealed record OperationIdempotent;
