using System.Net.WebSockets;

namespace Spm.GraphQL.Http;

/// <summary>What becomes of a WebSocket that has said who it is.</summary>
public sealed record WebSocketGreeting
{
    private WebSocketGreeting()
    {
    }

    /// <summary>It is acknowledged.</summary>
    public static WebSocketGreeting Welcome { get; } = new();

    /// <summary>It is closed: it may not come in.</summary>
    public static WebSocketGreeting Forbidden { get; } = Closed(4403, "Forbidden");

    internal int Code { get; private init; }

    internal string Reason { get; private init; } = "";

    internal WebSocket? Other { get; private init; }

    /// <summary>It is closed, with a code that tells the client what to do next.</summary>
    public static WebSocketGreeting Closed(int code, string reason) => new() { Code = code, Reason = reason };

    /// <summary>Somebody else answers it: all that was and will be said goes there, and what comes from there goes back.</summary>
    /// <param name="other">A connection to whoever answers, on which nothing was said yet. It is closed in the end.</param>
    public static WebSocketGreeting HandedOn(WebSocket other) => new() { Other = other };
}
