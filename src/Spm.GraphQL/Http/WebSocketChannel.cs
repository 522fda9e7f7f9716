using System.Net.WebSockets;
using Spm.GraphQL.Json;

namespace Spm.GraphQL.Http;

/// <summary>Messages of a WebSocket, whole ones, one at a time in each direction.</summary>
/// <param name="gone">The other side has gone.</param>
internal sealed class WebSocketChannel(WebSocket socket, int maxBytes, CancellationToken gone) : IDisposable
{
    private const int MostOfReason = 123;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _received = new byte[4096];

    /// <summary>The next message, which is valid until the one after it; null when there is none any more.</summary>
    /// <exception cref="ProtocolViolation">It is too long or no text.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_received.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            if (read.MessageType == WebSocketMessageType.Binary)
            {
                throw new ProtocolViolation(4400, "Messages are text");
            }
            length += read.Count;
            if (read.EndOfMessage)
            {
                return _received.AsMemory(0, length);
            }
            if (length >= maxBytes)
            {
                throw new ProtocolViolation((int)WebSocketCloseStatus.MessageTooBig, "The message is too long");
            }
            if (length == _received.Length)
            {
                Array.Resize(ref _received, Math.Min(maxBytes, length * 2));
            }
        }
    }

    /// <summary>Sends a message, unless it is given up before its turn. One that has begun is sent whole: cut off, it would take the connection with it.</summary>
    public async Task SendAsync(Action<JsonBuffer> write, CancellationToken cancellation)
    {
        using var message = new JsonBuffer();
        write(message);
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, gone).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Leaves the conversation to somebody else, until it ends.</summary>
    /// <param name="other">Whoever answers from now on.</param>
    /// <param name="said">What was received last, and goes there first.</param>
    public Task HandOnAsync(WebSocket other, ReadOnlyMemory<byte> said, CancellationToken cancellation) => WebSocketRelay.RunAsync(socket, other, said, cancellation);

    /// <summary>Says why the connection ends, and ends it.</summary>
    public async Task CloseAsync(int code, string reason, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, Short(reason), cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits for the other side to hear that the connection ends: whoever hangs up at once cuts off his own last word.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (socket.State == WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(_received.AsMemory(), patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException)
        {
            // Nobody is there any more.
        }
    }

    public void Dispose() => _sending.Dispose();

    /// <summary>The protocol of WebSockets has room for 123 bytes.</summary>
    private static string Short(string reason) => string.Concat(reason.Take(MostOfReason).Select(c => char.IsAscii(c) ? c : '?'));
}

/// <summary>The other side does not keep to the protocol.</summary>
internal sealed class ProtocolViolation(int code, string reason) : Exception(reason)
{
    public int Code { get; } = code;
}
