using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.HubSpot;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Deliveries of vendors: who signed them is heard once, and only as a hint.</summary>
public sealed class WebhookTests
{
    private const string Secret = "client-secret-0001";
    private const string Event = """[{"eventId":1,"subscriptionType":"deal.propertyChange","objectId":1001}]""";

    [Fact]
    public async Task A_signed_delivery_hints_a_read_of_its_stream_alone_and_comes_in_once()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = WithDeals(stub);
        await using var platform = await WithCompanyAsync();
        var id = await ConnectAsync(platform, stub);
        vendor.Change("deals");
        vendor.Fill("deals", 4);

        var (status, text) = await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow);

        Assert.Equal((200, """{"streams":1}"""), (status, text));
        var run = await platform.RunsAsync(id, 2);
        Assert.Equal("webhook", run.Text("cause"));
        Assert.Equal("deals", Assert.Single(run.GetProperty("streams").EnumerateArray()).Text("name"));
        Assert.Equal((200, """{"streams":0}"""), await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow));
        Assert.Equal(2, (await platform.ListAsync($"/v1/connections/{id}/runs")).Length);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task A_signed_delivery_may_be_of_any_type(string? type)
    {
        await using var stub = await StubServer.StartAsync();
        WithDeals(stub);
        await using var platform = await WithCompanyAsync();
        var id = await ConnectAsync(platform, stub);
        Assert.Equal((200, """{"streams":1}"""), await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow, type));
    }

    [Fact]
    public async Task Deliveries_that_keep_coming_do_not_keep_other_streams_from_being_read_on_their_schedule()
    {
        await using var stub = await StubServer.StartAsync();
        WithDeals(stub);
        await using var platform = await WithCompanyAsync();
        var id = await ConnectAsync(platform, stub, ""","every_seconds":3600""");
        await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow);
        Assert.Equal("deals", Assert.Single((await platform.RunsAsync(id, 2)).GetProperty("streams").EnumerateArray()).Text("name"));
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection_stream set completed_at = completed_at - 3600000"));

        await DeliverAsync(platform, id, Event.Replace("\"eventId\":1", "\"eventId\":2", StringComparison.Ordinal), Secret, DateTimeOffset.UtcNow);

        var run = await platform.RunsAsync(id, 3);
        Assert.Equal("webhook", run.Text("cause"));
        Assert.Equal(["deals", "owners"], run.GetProperty("streams").EnumerateArray().Select(s => s.Text("name")).Intersect(["deals", "owners"]));
    }

    [Fact]
    public async Task What_was_hinted_at_before_a_retry_is_read_by_it()
    {
        await using var stub = await StubServer.StartAsync();
        WithDeals(stub);
        await using var platform = await WithCompanyAsync();
        var id = await ConnectAsync(platform, stub);
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow);

        int Searches() => stub.Requests.Count(r => r.Path.EndsWith("/deals/search", StringComparison.Ordinal));
        var before = Searches();

        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection set status = 'active', next_run_at = 1, next_trigger = 'retry'"));

        Assert.Equal("retry", (await platform.RunsAsync(id, 2)).Text("cause"));
        Assert.True(Searches() > before);
    }

    [Fact]
    public async Task What_is_forged_old_or_of_no_connection_is_refused()
    {
        await using var stub = await StubServer.StartAsync();
        _ = new HubSpotVendor(stub);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        var id = await ConnectAsync(platform, stub);

        Assert.Equal(401, (await DeliverAsync(platform, id, Event, "another secret", DateTimeOffset.UtcNow)).Status);
        Assert.Equal(401, (await DeliverAsync(platform, id, Event, Secret, DateTimeOffset.UtcNow.AddMinutes(-6))).Status);
        Assert.Equal(404, (await DeliverAsync(platform, "con_nobody", Event, Secret, DateTimeOffset.UtcNow)).Status);
        var unsigned = await platform.PostAsync($"/v1/connections/{id}/webhook", Event);
        Assert.Equal("signature_invalid", unsigned.Expect(401).Code);
        Assert.Single(await platform.ListAsync($"/v1/connections/{id}/runs"));
    }

    private static HubSpotVendor WithDeals(StubServer stub)
    {
        var vendor = new HubSpotVendor(stub);
        vendor.Fill("deals", 2);
        return vendor;
    }

    private static async Task<TestPlatform> WithCompanyAsync()
    {
        var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        return platform;
    }

    private static async Task<string> ConnectAsync(TestPlatform platform, StubServer stub, string more = "")
    {
        var id = await platform.ConnectAsync(
            $$$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{{stub.Address}}}","config":{"access_token":"{{{HubSpotVendor.Token}}}","client_secret":"{{{Secret}}}","currency":"USD"}{{{more}}}}""");
        await platform.RunsAsync(id, 1);
        return id;
    }

    private static async Task<(int Status, string Text)> DeliverAsync(TestPlatform platform, string id, string body, string secret, DateTimeOffset at, string? type = "application/json")
    {
        var uri = new Uri(platform.Http.BaseAddress!, $"/v1/connections/{id}/webhook");
        var stamp = $"{at.ToUnixTimeMilliseconds()}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"POST{uri}{body}{stamp}"));
        // A vendor has no credential of ours.
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToBase64String(signature));
        request.Headers.Add("X-HubSpot-Request-Timestamp", stamp);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
