using Microsoft.AspNetCore.Http;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Http;

/// <summary>Accepts WebSockets that speak <c>graphql-transport-ws</c>.</summary>
internal sealed class WebSocketEndpoint(GraphQLExecutor executor, GraphQLHttpOptions options, RequestFactory requests)
{
    public const string Protocol = "graphql-transport-ws";

    public async Task HandleAsync(HttpContext context)
    {
        var speaks = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // Clients hang up when none of their protocols is taken, and would never hear why.
            SubProtocol = speaks ? Protocol : context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(),
            KeepAliveInterval = options.KeepAlive,
            KeepAliveTimeout = options.KeepAlive,
        }).ConfigureAwait(false);
        using var channel = new WebSocketChannel(socket, options.MaxRequestBytes, context.RequestAborted);
        if (speaks)
        {
            using var session = new WebSocketSession(context, channel, executor, options, requests);
            await session.RunAsync().ConfigureAwait(false);
        }
        else
        {
            await channel.CloseAsync(4406, "Subprotocol not acceptable", context.RequestAborted).ConfigureAwait(false);
        }
        await channel.EndAsync().ConfigureAwait(false);
    }
}
