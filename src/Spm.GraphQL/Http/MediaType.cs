using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Spm.GraphQL.Http;

/// <summary>What a response can be.</summary>
internal enum MediaType
{
    /// <summary>Nothing that the client accepts.</summary>
    None,

    /// <summary><c>application/json</c>: the status says nothing of the operation.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: the status says whether the operation was executed.</summary>
    GraphQLResponse,

    /// <summary><c>text/event-stream</c></summary>
    EventStream,
}

internal static class MediaTypes
{
    public const string Json = "application/json; charset=utf-8";
    public const string GraphQLResponse = "application/graphql-response+json; charset=utf-8";
    public const string EventStream = "text/event-stream; charset=utf-8";

    /// <summary>What a client likes best of what there is. Whoever takes anything, or says nothing, gets JSON, as before there was more.</summary>
    public static MediaType Of(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return MediaType.Json;
        }
        switch (accept.Count == 1 ? accept[0] : null)
        {
            case "*/*" or "application/json" or "":
                return MediaType.Json;
            case "application/graphql-response+json":
                return MediaType.GraphQLResponse;
        }
        if (!MediaTypeHeaderValue.TryParseList(accept, out var accepted))
        {
            return MediaType.None;
        }
        var (best, quality) = (MediaType.None, 0d);
        foreach (var value in accepted)
        {
            var type = Of(value);
            var liked = value.Quality ?? 1;
            // Of two that are liked alike the one that says more.
            if (type != MediaType.None && liked > 0 && (liked > quality || (liked == quality && type > best && type != MediaType.EventStream)))
            {
                (best, quality) = (type, liked);
            }
        }
        return best;
    }

    private static MediaType Of(MediaTypeHeaderValue value) => value switch
    {
        _ when value.Charset.HasValue && !value.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) => MediaType.None,
        _ when value.MediaType.Equals("application/graphql-response+json", StringComparison.OrdinalIgnoreCase) => MediaType.GraphQLResponse,
        _ when value.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) => MediaType.EventStream,
        _ when value.MatchesAllTypes || value.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || value.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase) => MediaType.Json,
        _ => MediaType.None,
    };
}
