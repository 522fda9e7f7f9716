using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Graph;

/// <summary>A WebSocket is open for long: what its credential may do is asked for again and again.</summary>
public sealed class SocketTests
{
    private const string Months = "{ periods(first: 1) { nodes { id } } }";

    [Fact]
    public async Task A_key_that_is_revoked_hears_nothing_more_and_asks_nothing_more()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var rep = (await platform.ListAsync("/v1/reps?external_id=E1"))[0].Text("id");
        var made = (await platform.PostAsync("/v1/api-keys", """{ "name": "socket", "roles": ["compensation_admin"] }""")).Expect(201).Json;
        using var socket = await TestSocket.OpenAsync(platform.Http.BaseAddress!, made.Text("secret"));
        await socket.SubscribeAsync("1", $$"""subscription { repLive(rep: "{{rep}}") { cursor } }""");
        Assert.Equal(["connection_ack", "next"], [await socket.HearTypeAsync(), await socket.HearTypeAsync()]);

        (await platform.PostAsync($"/v1/api-keys/{made.GetProperty("api_key").Text("id")}/revoke")).Expect(200);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");

        var last = await socket.HearAsync();
        Assert.Equal(ErrorCodes.Unauthenticated, last!.Value.GetProperty("payload").GetProperty("errors")[0].GetProperty("extensions").Text("code"));
        Assert.Equal("complete", await socket.HearTypeAsync());
        await socket.SubscribeAsync("2", Months);
        var refused = await socket.HearAsync();
        Assert.Equal(("error", ErrorCodes.Unauthenticated), (refused!.Value.Text("type"), refused.Value.GetProperty("payload")[0].GetProperty("extensions").Text("code")));
    }

    [Fact]
    public async Task Each_operation_takes_one_from_the_credentials_requests()
    {
        await using var platform = await TestPlatform.StartAsync(settings: "--Spm:RateLimit:Requests=3");
        using var socket = await TestSocket.OpenAsync(platform.Http.BaseAddress!, TestPlatform.Key);
        Assert.Equal("connection_ack", await socket.HearTypeAsync());
        List<string> heard = [];
        for (var i = 0; i < 4; i++)
        {
            await socket.SubscribeAsync($"{i}", "{ company { currency } }");
            var answer = (await socket.HearAsync())!.Value;
            heard.Add(answer.Text("type") == "error" ? answer.GetProperty("payload")[0].GetProperty("extensions").Text("code") : answer.Text("type"));
            if (heard[^1] == "next")
            {
                await socket.HearAsync();
            }
        }
        Assert.Equal(["next", "next", "next", ErrorCodes.RateLimited], heard);
    }

    [Fact]
    public async Task Whoever_guesses_keys_in_first_messages_is_counted_like_whoever_does_in_headers()
    {
        await using var platform = await TestPlatform.StartAsync(settings: "--Spm:RateLimit:Failures=2");
        List<string> heard = [];
        for (var i = 0; i < 3; i++)
        {
            using var socket = await TestSocket.OpenAsync(platform.Http.BaseAddress!, $"spm_guess{i}");
            heard.Add(await socket.HearTypeAsync());
        }
        Assert.Equal(["closed 4403", "closed 4403", "closed 4429"], heard);
    }
}
