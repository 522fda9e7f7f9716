using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Webhooks;

internal static class WebhookSteps
{
    /// <summary>A platform that may send events to this machine.</summary>
    public static readonly string[] Settings = ["--Spm:Dev:LoopbackWebhooks=true", "--environment=Development"];

    public static Task<TestPlatform> StartAsync(string? data = null, Action<WebApplicationBuilder>? configure = null) => TestPlatform.StartAsync(data, configure, Settings);

    public static async Task<(string Id, string Secret)> ListenAsync(this TestPlatform platform, string url, string[]? events = null, string payload = "thin")
    {
        var made = (await platform.PostAsync("/v1/webhooks", JsonSerializer.Serialize(new { url, events, payload }))).Expect(201).Json;
        return (made.GetProperty("webhook").Text("id"), made.Text("secret"));
    }

    public static async Task<string> WebhookStatusAsync(this TestPlatform platform, string id)
    {
        var webhook = (await platform.GetAsync($"/v1/webhooks/{id}")).Expect(200).Json;
        return $"{webhook.Text("status")} {webhook.Text("reason")}";
    }

    /// <summary>The one delivery of a webhook, once it has come to a status or so many attempts.</summary>
    public static async Task<JsonElement> DeliveryAsync(this TestPlatform platform, string webhook, Func<JsonElement, bool> there)
    {
        for (var tries = 0; ; tries++)
        {
            if (await platform.ListAsync($"/v1/webhooks/{webhook}/deliveries") is [var delivery, ..] && there(delivery))
            {
                return delivery;
            }
            Assert.True(tries < 1500, "The delivery does not come to what is expected.");
            await Task.Delay(20);
        }
    }

    /// <summary>January is sold, closed, approved, claimed and paid.</summary>
    public static async Task<string> PayJanuaryAsync(this TestPlatform platform)
    {
        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        await platform.CloseAsync("2025-01");
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json;
        var lines = claim.GetProperty("lines").EnumerateArray().Select(l => (l.Text("id"), "paid", (string?)"run-1")).ToArray();
        (await platform.AckAsync(batch, claim.Text("claim"), lines)).Expect(200);
        return batch;
    }
}
