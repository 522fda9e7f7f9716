using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Tests.Http;

/// <summary>Whatever is sent, the answer has the shape of the specification, and nothing fails that nobody has thought of.</summary>
public sealed class HttpFuzzTests
{
    private const int Rounds = 4000;

    private static readonly string[] Bodies =
    [
        """{"query":"query Q($id: ID!) { rep(id: $id) { name territory(upper: true) { name } } }","operationName":"Q","variables":{"id":"1"},"extensions":null}""",
        """{"query":"mutation ($input: RenameInput!) { rename(input: $input) { rep { id } } }","variables":{"input":{"id":1,"name":"é😀","tags":[1,2],"rank":"SENIOR"}}}""",
        """{"query":"{ echo(ranks: [[JUNIOR], [SENIOR]], number: 7) sum(terms: [1, 2]) nearby { town } }"}""",
        """{"query":"query ($w: RepFilterInput) { reps(first: 2, where: $w) { nodes { rank quota } } }","variables":{"w":{"name":{"eq":"Rep 1"},"quota":{"gt":1.5e1}}}}""",
        """{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0000"}},"documentId":null}""",
    ];

    private static readonly string[] Pieces =
    [
        "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u12", "\\\\ud800", "\\u0000", "\0", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "1e999", "-0", "1e-999",
        "123456789012345678901234567890", "0.1", "NaN", "é", "\uFEFF", "\u2028", "__proto__", "[[[[[[[[[[[[", "{\"a\":", "#", "...", "@skip(if: $x)", "fragment F on Rep { ...F }",
    ];

    [Fact]
    public async Task Any_body_gets_an_answer_of_GraphQL_and_leaves_no_exception_in_the_log()
    {
        List<Exception> unexpected = [];
        await using var server = await TestServer.StartAsync(execution: new ExecutorOptions { OnUnexpected = unexpected.Add });
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            using var content = new ByteArrayContent(Broken(random, Bodies[random.Next(Bodies.Length)]));
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await server.Client.PostAsync("graphql", content);
            await CheckAsync(response);
        }
        Assert.Empty(unexpected);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Any_address_gets_an_answer_of_GraphQL_and_leaves_no_exception_in_the_log()
    {
        await using var server = await TestServer.StartAsync();
        var random = new Random(2);
        string[] names = ["query", "variables", "extensions", "operationName", "documentId"];
        string[] values = ["{ rep(id: 1) { name } }", "{\"id\":\"1\"}", "{\"persistedQuery\":{\"sha256Hash\":\"0\"}}", "Q", "mutation { rename }", "null", ""];
        for (var round = 0; round < Rounds; round++)
        {
            var parameters = Enumerable.Range(0, random.Next(5)).Select(_ => names[random.Next(names.Length)] + "=" + Escaped(Broken(random, values[random.Next(values.Length)])));
            using var response = await server.Client.GetAsync(new Uri(server.Address + "graphql?" + string.Join('&', parameters)));
            await CheckAsync(response);
        }
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Any_message_of_a_WebSocket_is_answered_or_ends_it_with_a_code_of_the_protocol()
    {
        List<Exception> unexpected = [];
        await using var server = await TestServer.StartAsync(execution: new ExecutorOptions { OnUnexpected = unexpected.Add });
        var random = new Random(3);
        for (var round = 0; round < Rounds / 20; round++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("graphql-transport-ws");
            await socket.ConnectAsync(new Uri(server.Address.Replace("http:", "ws:") + "graphql"), TestContext.Current.CancellationToken);
            await SendAsync(socket, "{\"type\":\"connection_init\"}"u8.ToArray());
            // Bytes that are not UTF-8 end a WebSocket before its messages are read.
            var subscribe = Encoding.UTF8.GetString(Broken(random, $$$"""{"id":"1","type":"subscribe","payload":{{{Bodies[random.Next(Bodies.Length)]}}}}"""));
            await SendAsync(socket, Encoding.UTF8.GetBytes(subscribe));
            await SendAsync(socket, "hello"u8.ToArray());
            var code = await ClosedAsync(socket);
            Assert.True(code is >= 4400 and < 4500, $"{code}: {subscribe}");
        }
        Assert.Empty(unexpected);
        Assert.Empty(server.Log.Errors);
    }

    /// <summary>With bytes changed, left out and put in, and sometimes cut off.</summary>
    private static byte[] Broken(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var i = random.Next(4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }
        return [.. bytes];
    }

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(b => $"%{b:X2}"));

    private static async Task CheckAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable, $"{response.StatusCode}: {body}");
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.True(answer.TryGetProperty("data", out _) || answer.GetProperty("errors").GetArrayLength() > 0, body);
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] message) =>
        socket.State == WebSocketState.Open ? socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken) : Task.CompletedTask;

    private static async Task<int> ClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[65536];
        while ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
        {
        }
        return (int)socket.CloseStatus!;
    }
}
