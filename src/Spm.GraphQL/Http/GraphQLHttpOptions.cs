using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Spm.GraphQL.Http;

/// <summary>How a schema is served over HTTP and WebSockets.</summary>
public sealed record GraphQLHttpOptions
{
    /// <summary>Bytes of a request's body, or of a message of a WebSocket.</summary>
    public int MaxRequestBytes { get; init; } = 1 << 20;

    /// <summary>Whether queries may be asked with GET. Mutations never are.</summary>
    public bool AllowGet { get; init; } = true;

    /// <summary>Whether limits for strangers do not apply to a request. By default they always do.</summary>
    public Func<HttpContext, bool>? Trusts { get; init; }

    /// <summary>Documents of one's own, by the id under which clients ask for them. Requests for them are trusted.</summary>
    public IReadOnlyDictionary<string, string> TrustedDocuments { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether requests that are not trusted may ask for nothing but trusted documents.</summary>
    public bool OnlyTrustedDocuments { get; init; }

    /// <summary>Documents that clients may put down under their hash (automatic persisted queries); 0 when they may not.</summary>
    public int PersistedDocuments { get; init; } = 1000;

    /// <summary>Bytes of their texts. A longer document is executed and not kept.</summary>
    public int PersistedBytes { get; init; } = 8 << 20;

    /// <summary>Bytes from which on a response is compressed for clients who take that; 0 for never.</summary>
    public int CompressFrom { get; init; } = 2048;

    /// <summary>How long a WebSocket may wait before it says who it is.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often silent connections are asked whether anybody is there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Operations that one WebSocket may have at a time.</summary>
    public int MaxOperations { get; init; } = 100;

    /// <summary>Decides about a WebSocket by what it says of itself. By default all may connect.</summary>
    public Func<HttpContext, JsonElement, ValueTask<WebSocketGreeting>>? OnConnect { get; init; }

    /// <summary>Asked before each operation of a WebSocket; an error refuses it. Requests over HTTP are counted where requests are.</summary>
    public Func<HttpContext, ValueTask<GraphQLError?>>? OnOperation { get; init; }
}
