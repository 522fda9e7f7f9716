using Spm.GraphQL.Http;
using Spm.GraphQL.Tests.Oracle;

namespace Spm.GraphQL.Tests.Http;

/// <summary>The programs that others judge servers by judge this one.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public async Task Every_audit_of_GraphQL_over_HTTP_passes()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("61 of 61 ok", await NodeScript.RunAsync("graphql-http", "audit.js", server.Address + "graphql"));
    }

    [Fact]
    public async Task Clients_of_graphql_ws_are_served()
    {
        await using var server = await TestServer.StartAsync(new GraphQLHttpOptions
        {
            ConnectionTimeout = TimeSpan.FromSeconds(2),
            OnConnect = (_, payload) => new(payload.ValueKind == System.Text.Json.JsonValueKind.Object && payload.TryGetProperty("forbidden", out var _) ? WebSocketGreeting.Forbidden : WebSocketGreeting.Welcome),
        });
        Assert.Equal(
            """
            query: [{"data":{"rep":{"name":"Rep 1"}}}]
            ticks: [{"data":{"tick":1}},{"data":{"tick":2}},{"data":{"tick":3}}]
            together: [[{"data":{"tick":1}},{"data":{"tick":2}}],[{"data":{"tick":1}}]]
            invalid: [["Cannot query field \"nothing\" on type \"Query\"."]]
            failing: [{"data":{"hired":{"name":"Rep 1"}}},{"errors":[{"message":"The office is closed.","locations":[{"line":1,"column":16}],"path":["hired"]}]}]
            after leaving: [{"data":{"rename":{"rep":{"id":"1"}}}}]
            no init: "4408 Connection initialisation timeout"
            unacknowledged: "4401 Unauthorized"
            twice: "4429 Too many initialisation requests"
            same id: "4409 Subscriber for 1 already exists"
            not JSON: "4400 A message is JSON"
            unknown: "4400 Unknown type of message"
            no id: "4400 A message has its id"
            forbidden: "4403 Forbidden"
            long: "1009 The message is too long"
            old protocol: "4406 Subprotocol not acceptable"
            """.ReplaceLineEndings("\n"),
            await NodeScript.RunAsync("graphql-http", "subscribe.js", server.Address.Replace("http:", "ws:") + "graphql"));
    }
}
