using System.Net.WebSockets;

namespace Spm.GraphQL.Http;

/// <summary>Carries what two sides of a conversation say to each other, until one of them ends it.</summary>
internal static class WebSocketRelay
{
    /// <summary>Whoever answered is gone without a word. Clients connect again, and come to whoever answers by then.</summary>
    private const WebSocketCloseStatus Restarting = (WebSocketCloseStatus)1012;

    /// <summary>After one side has said goodbye, the other has so long to do the same.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="near">The client.</param>
    /// <param name="far">Whoever answers it.</param>
    /// <param name="first">What the client has said so far.</param>
    public static async Task RunAsync(WebSocket near, WebSocket far, ReadOnlyMemory<byte> first, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Asked(), Answered()).ConfigureAwait(false);

        async Task Asked()
        {
            try
            {
                await far.SendAsync(first, WebSocketMessageType.Text, endOfMessage: true, ended.Token).ConfigureAwait(false);
                await CarryAsync(near, far, ended.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
            {
                await EndAsync(far, WebSocketCloseStatus.EndpointUnavailable).ConfigureAwait(false);
            }
            ended.CancelAfter(Patience);
        }

        async Task Answered()
        {
            try
            {
                await CarryAsync(far, near, ended.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
            {
                await EndAsync(near, Restarting).ConfigureAwait(false);
            }
            ended.CancelAfter(Patience);
        }
    }

    private static async Task CarryAsync(WebSocket from, WebSocket to, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(to, from.CloseStatus ?? WebSocketCloseStatus.NormalClosure, from.CloseStatusDescription, cancellation).ConfigureAwait(false);
                return;
            }
            await to.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await CloseAsync(socket, status, reason: null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody is there any more.
        }
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string? reason, CancellationToken cancellation)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(status, reason, cancellation).ConfigureAwait(false);
        }
    }
}
