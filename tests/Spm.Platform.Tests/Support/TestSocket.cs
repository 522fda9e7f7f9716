using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Spm.Platform.Tests.Support;

/// <summary>A browser's WebSocket to /graphql: it says who it is in its first message.</summary>
internal sealed class TestSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public int? CloseCode => (int?)_socket.CloseStatus;

    public static async Task<TestSocket> OpenAsync(Uri platform, string credential)
    {
        var socket = new TestSocket();
        socket._socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket._socket.ConnectAsync(new UriBuilder(platform) { Scheme = "ws", Path = "/graphql" }.Uri, TestContext.Current.CancellationToken);
        await socket.SayAsync(new { type = "connection_init", payload = new { Authorization = $"Bearer {credential}" } });
        return socket;
    }

    public Task SubscribeAsync(string id, string query) => SayAsync(new { id, type = "subscribe", payload = new { query } });

    /// <summary>The next message; null when the other side has closed.</summary>
    public async Task<JsonElement?> HearAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                return null;
            }
            length += read.Count;
            if (read.EndOfMessage)
            {
                return JsonDocument.Parse(_buffer.AsMemory(0, length).ToArray()).RootElement;
            }
        }
    }

    /// <summary>The type of the next message.</summary>
    public async Task<string> HearTypeAsync() => (await HearAsync())?.Text("type") ?? $"closed {CloseCode}";

    public void Dispose() => _socket.Dispose();

    private Task SayAsync(object message) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
