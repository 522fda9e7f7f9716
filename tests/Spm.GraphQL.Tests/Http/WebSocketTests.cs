using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Spm.GraphQL.Http;

namespace Spm.GraphQL.Tests.Http;

/// <summary>Clients that do not listen, or want too much at a time.</summary>
public sealed class WebSocketTests
{
    /// <summary>More than what lies between two sockets.</summary>
    private const string Long = "{ a: numbers(count: 100000) b: numbers(count: 100000) c: numbers(count: 100000) d: numbers(count: 100000) e: numbers(count: 100000) f: numbers(count: 100000) "
        + "g: numbers(count: 100000) h: numbers(count: 100000) i: numbers(count: 100000) j: numbers(count: 100000) k: numbers(count: 100000) l: numbers(count: 100000) m: numbers(count: 100000) n: numbers(count: 100000) "
        + "o: numbers(count: 100000) p: numbers(count: 100000) q: numbers(count: 100000) r: numbers(count: 100000) s: numbers(count: 100000) t: numbers(count: 100000) }";

    [Fact]
    public async Task A_connection_has_so_many_operations_at_a_time()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions { MaxOperations = 2 });
        using var socket = await ConnectAsync(server);
        foreach (var id in (string[])["1", "2", "3"])
        {
            await SubscribeAsync(socket, id, "{ wait(milliseconds: 60000) }");
        }
        var refused = await ReceiveAsync(socket);
        Assert.Equal(("error", "3"), (refused.GetProperty("type").GetString(), refused.GetProperty("id").GetString()));
        Assert.Contains("A connection has at most 2 operations at a time.", refused.GetRawText());
        await SendAsync(socket, """{"type":"complete","id":"1"}""");
        await SubscribeAsync(socket, "4", "{ __typename }");
        Assert.Equal("4", (await ReceiveAsync(socket)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Whoever_does_not_listen_is_not_heard_either()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions { MaxOperations = 2 });
        using var socket = await ConnectAsync(server);
        await SubscribeAsync(socket, "1", Long);
        await SubscribeAsync(socket, "2", Long);
        // From here on a result is being sent that finds no room.
        Assert.False((await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken)).EndOfMessage);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var padding = new string('x', 500_000);
        var sent = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            for (; sent < 200; sent++)
            {
                patience.CancelAfter(TimeSpan.FromSeconds(2));
                await SubscribeAsync(socket, $"more {sent}", $"{{ __typename }} #{padding}", patience.Token);
            }
        });
        Assert.InRange(sent, 1, 100);
    }

    [Fact]
    public async Task An_operation_that_is_left_while_its_result_is_sent_does_not_take_the_connection_with_it()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = await ConnectAsync(server);
        await SubscribeAsync(socket, "1", Long);
        var read = await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
        Assert.False(read.EndOfMessage);
        await SendAsync(socket, """{"type":"complete","id":"1"}""");
        await SubscribeAsync(socket, "2", "{ __typename }");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        while (!read.EndOfMessage)
        {
            read = await socket.ReceiveAsync(new byte[1 << 16], TestContext.Current.CancellationToken);
        }
        Assert.Equal("""{"type":"next","id":"2","payload":{"data":{"__typename":"Query"}}}""", (await ReceiveAsync(socket)).GetRawText());
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri(server.Address.Replace("http:", "ws:") + "graphql"), TestContext.Current.CancellationToken);
        await SendAsync(socket, """{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", (await ReceiveAsync(socket)).GetRawText());
        return socket;
    }

    private static Task SubscribeAsync(ClientWebSocket socket, string id, string query, CancellationToken cancellation = default) =>
        SendAsync(socket, JsonSerializer.Serialize(new { type = "subscribe", id, payload = new { query } }), cancellation);

    private static Task SendAsync(ClientWebSocket socket, string message, CancellationToken cancellation = default) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            message.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
            {
                return JsonDocument.Parse(message.ToArray()).RootElement;
            }
        }
    }
}
