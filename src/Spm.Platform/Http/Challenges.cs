using Microsoft.AspNetCore.Http;
using Spm.Platform.Kernel;

namespace Spm.Platform.Http;

/// <summary>The WWW-Authenticate header of RFC 6750: what was wrong with the credential, and by RFC 9728 where it says how to get one.</summary>
internal static class Challenges
{
    public const string ResourceMetadata = "/.well-known/oauth-protected-resource";

    public static string? Of(HttpContext http, Error error) => error.Code switch
    {
        ErrorCodes.Unauthenticated when http.Request.Headers.Authorization.Count == 0 => $"Bearer realm=\"spm\", resource_metadata=\"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{ResourceMetadata}\"",
        ErrorCodes.Unauthenticated or ErrorCodes.TokenInvalid or ErrorCodes.TokenExpired => $"Bearer realm=\"spm\", error=\"invalid_token\", error_description=\"{Quoted(error.Detail)}\"",
        ErrorCodes.Forbidden when http.GetEndpoint()?.Metadata.GetMetadata<OperationScope>() is { } needed => $"Bearer realm=\"spm\", error=\"insufficient_scope\", scope=\"{needed.Scope}\"",
        _ => null,
    };

    /// <summary>Plain ASCII without quotes, as RFC 6750 has it: nothing of the credential can end the header early.</summary>
    private static string Quoted(string detail) => new([.. detail.Select(c => c is < ' ' or > '~' or '"' or '\\' ? '\'' : c)]);
}
