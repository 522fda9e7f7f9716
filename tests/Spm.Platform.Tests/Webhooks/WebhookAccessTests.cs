using System.Net;
using System.Text.Json;
using Spm.Host;
using Spm.Platform.Tests.Support;
using Spm.Platform.Webhooks;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>Where events may go, and who may send pay there.</summary>
public sealed class WebhookAccessTests
{
    [Theory]
    [InlineData("http://example.com/in", "webhook_url_not_public", 422)]
    [InlineData("https://127.0.0.1/in", "webhook_url_not_public", 422)]
    [InlineData("https://0x7f000001/in", "webhook_url_not_public", 422)]
    [InlineData("https://localhost/in", "webhook_url_not_public", 422)]
    [InlineData("https://x.localhost/in", "webhook_url_not_public", 422)]
    [InlineData("https://10.1.2.3/in", "webhook_url_not_public", 422)]
    [InlineData("https://169.254.169.254/latest/meta-data", "webhook_url_not_public", 422)]
    [InlineData("https://[::1]/in", "webhook_url_not_public", 422)]
    [InlineData("https://[::ffff:10.0.0.1]/in", "webhook_url_not_public", 422)]
    [InlineData("https://user:secret@example.com/in", "field_malformed", 400)]
    [InlineData("https://example.com/in#part", "field_malformed", 400)]
    [InlineData("https://example.com:0/in", "field_malformed", 400)]
    [InlineData("https://example.com/in\\nHost: other", "field_malformed", 400)]
    [InlineData("\\nhttps://example.com/in", "field_malformed", 400)]
    [InlineData("https://exam\\tple.com/in", "field_malformed", 400)]
    [InlineData("ftp://example.com/in", "field_malformed", 400)]
    [InlineData("/in", "field_malformed", 400)]
    [InlineData("", "field_required", 400)]
    public async Task Events_go_to_public_https_addresses_alone(string url, string code, int status)
    {
        await using var platform = await TestPlatform.StartAsync();

        var refused = (await platform.PostAsync("/v1/webhooks", JsonSerializer.Serialize(new { url }))).Expect(status);

        Assert.Equal((code, "/url"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    public void An_address_that_a_name_leads_to_is_public_or_is_not_called(string address, bool allowed) =>
        Assert.Equal(allowed, new WebhookTargets(loopback: false).Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_called_wherever_it_led_before()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await TestPlatform.StartAsync();
        var (id, _) = await platform.ListenAsync("https://example.com/in");
        // As if the name had led elsewhere when it was put.
        await platform.Service<Spm.Storage.SpmStore>().Writer.WriteAsync(s => s.Execute("update webhook set url = $1", receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
        (await platform.PostAsync($"/v1/webhooks/{id}/test")).Expect(200);

        var delivery = await platform.DeliveryAsync(id, d => d.GetProperty("attempts").GetInt32() == 1);

        Assert.Empty(receiver.All);
        var log = (await platform.GetAsync($"/v1/webhooks/{id}/deliveries/{delivery.Text("event")}")).Expect(200).Json.GetProperty("log")[0];
        Assert.Contains("no public address", log.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void Loopback_is_for_a_developers_machine_alone() => Assert.Equal(
        "Spm:Dev:LoopbackWebhooks",
        Assert.Throws<SettingsException>(() => SpmHost.Build(["--Spm:Dev:LoopbackWebhooks=true", "--environment=Production"])).Key);

    [Fact]
    public async Task Whoever_sees_nobodys_pay_sends_none_and_reads_none()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var admin = await platform.RoleAsync("tenant_admin");
        var both = await platform.KeyAsync(["tenant_admin", "finance"]);
        string Full(string url) => JsonSerializer.Serialize(new { url, payload = "full" });

        Assert.Equal("forbidden", (await admin.PostAsync("/v1/webhooks", Full(receiver.Url))).Expect(403).Code);
        var id = (await both.PostAsync("/v1/webhooks", Full(receiver.Url))).Expect(201).Json.GetProperty("webhook").Text("id");
        Assert.Equal("forbidden", (await admin.PutAsync($"/v1/webhooks/{id}", Full(receiver.Url + "/mine"))).Expect(403).Code);
        await platform.PayJanuaryAsync();
        var paid = (await receiver.UntilAsync(a => a.Any(r => r.Type == "payout.paid"))).First(r => r.Type == "payout.paid");

        Assert.Contains("amount", paid.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("amount", (await admin.GetAsync($"/v1/webhooks/{id}/deliveries/{paid.Id}")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("amount", (await both.GetAsync($"/v1/webhooks/{id}/deliveries/{paid.Id}")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_types_and_numbers_of_webhooks_are_bounded()
    {
        await using var platform = await TestPlatform.StartAsync();
        string Hook(params string[] events) => JsonSerializer.Serialize(new { url = "https://example.com/in", events, enabled = false });

        var unknown = (await platform.PostAsync("/v1/webhooks", Hook("payout.paid", "payout.lost"))).Expect(422);
        Assert.Equal(("event_type_unknown", "/events/1"), (unknown.Code, unknown.Json.GetProperty("errors")[0].Text("pointer")));
        for (var i = 0; i < 20; i++)
        {
            (await platform.PostAsync("/v1/webhooks", Hook())).Expect(201);
        }
        Assert.Equal("limit_exceeded", (await platform.PostAsync("/v1/webhooks", Hook())).Expect(422).Code);
        var last = (await platform.ListAsync("/v1/webhooks"))[^1].Text("id");
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/webhooks/{last}")).Expect(200);
        (await platform.GetAsync($"/v1/webhooks/{last}")).Expect(404);
        Assert.Equal(19, (await platform.ListAsync("/v1/webhooks")).Length);
    }
}
