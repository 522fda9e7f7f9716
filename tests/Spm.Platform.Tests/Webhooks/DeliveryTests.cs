using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>What becomes of an event that does not get through, and how one that did is sent again.</summary>
public sealed class DeliveryTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task An_event_that_is_refused_is_tried_again_over_days_and_then_given_up()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        receiver.Answer = (http, _) => { http.Response.StatusCode = 500; return http.Response.WriteAsync("out of\norder"); };
        var (id, _) = await platform.ListenAsync(receiver.Url);
        (await platform.PostAsync($"/v1/webhooks/{id}/test")).Expect(200);
        TimeSpan[] pauses = [.. new[] { 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400 }.Select(s => TimeSpan.FromSeconds(s))];

        for (var attempt = 1; attempt <= pauses.Length; attempt++)
        {
            var waiting = await platform.DeliveryAsync(id, d => d.GetProperty("attempts").GetInt32() == attempt);
            var next = DateTimeOffset.Parse(waiting.Text("next_attempt_at"), null) - _clock.GetUtcNow();
            Assert.InRange(next, pauses[attempt - 1] * 0.9, pauses[attempt - 1] * 1.1);
            _clock.Advance(pauses[attempt - 1] * 1.1);
        }

        var failed = await platform.DeliveryAsync(id, d => d.Text("status") == "failed");
        Assert.Equal("disabled failing", await platform.WebhookStatusAsync(id));
        var log = (await platform.GetAsync($"/v1/webhooks/{id}/deliveries/{failed.Text("event")}")).Expect(200).Json.GetProperty("log").EnumerateArray().ToList();
        Assert.Equal(10, log.Count);
        Assert.All(log, a => Assert.Equal((500, "out of order"), (a.GetProperty("answer").GetInt32(), a.Text("detail"))));
        Assert.Contains(await platform.ListAsync($"/v1/audit?subject={id}"), e => e.Text("action") == "webhook.disable" && e.Text("actor") == "platform");
    }

    [Fact]
    public async Task What_comes_later_of_the_same_subject_waits_and_what_is_of_another_does_not()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        var broken = true;
        receiver.Answer = (http, r) => Receiver.Status(http, broken && r.Type == "period.closed" && r.Subject == "2025-01" ? 503 : 200);
        await platform.ListenAsync(receiver.Url, ["period.closed", "period.reopened"]);

        await platform.CloseAsync("2025-01");
        (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200);
        await platform.CloseAsync("2025-01");
        await platform.CloseAsync("2025-02");
        await receiver.UntilAsync(all => Passes(all.Any(r => r.Subject == "2025-02")));
        Assert.All(receiver.All.Where(r => r.Subject == "2025-01"), r => Assert.Equal("period.closed", r.Type));

        broken = false;
        var all = await receiver.UntilAsync(a => Passes(a.Where(r => r.Subject == "2025-01").Select(r => r.Id).Distinct().Count() == 3));
        Assert.Equal(["period.closed", "period.reopened", "period.closed"], all.Where(r => r.Subject == "2025-01").DistinctBy(r => r.Id).Select(r => r.Type));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_not_asked_again_until_somebody_enables_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        receiver.Answer = (http, _) => Receiver.Status(http, 410);
        var (id, _) = await platform.ListenAsync(receiver.Url);
        await platform.CloseAsync("2025-01");
        await platform.DeliveryAsync(id, d => d.Text("status") == "failed");
        Assert.Equal("disabled gone", await platform.WebhookStatusAsync(id));

        await platform.CloseAsync("2025-02");
        _clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(600);
        Assert.Single(receiver.All);
        Assert.Equal("webhook_disabled", (await platform.PostAsync($"/v1/webhooks/{id}/test")).Expect(409).Code);

        receiver.Answer = (http, _) => Receiver.Status(http, 200);
        (await platform.PutAsync($"/v1/webhooks/{id}", JsonSerializer.Serialize(new { url = receiver.Url }))).Expect(200);
        Assert.Equal(2, (await platform.PostAsync($"/v1/webhooks/{id}/replay", """{"since":"2025-01-01T00:00:00Z"}""")).Expect(200).Json.GetProperty("events").GetInt32());
        var all = await receiver.UntilAsync(3);
        Assert.Equal(["2025-01", "2025-01", "2025-02"], all.Select(r => r.Subject).Order());
    }

    [Fact]
    public async Task A_replayed_event_keeps_its_id_and_only_those_given_up_can_be_asked_for()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (id, _) = await platform.ListenAsync(receiver.Url, ["period.closed"]);
        await platform.CloseAsync("2025-01");
        var first = (await receiver.UntilAsync(1))[0];
        await platform.DeliveryAsync(id, d => d.Text("status") == "delivered");

        Assert.Equal(0, (await platform.PostAsync($"/v1/webhooks/{id}/replay", """{"since":"2025-01-01T00:00:00Z","failed_only":true}""")).Expect(200).Json.GetProperty("events").GetInt32());
        Assert.Equal(1, (await platform.PostAsync($"/v1/webhooks/{id}/replay", $$"""{"event":"{{first.Id}}"}""")).Expect(200).Json.GetProperty("events").GetInt32());

        Assert.Equal(first.Id, (await receiver.UntilAsync(2))[1].Id);
        Assert.Equal("event_unknown", (await platform.PostAsync($"/v1/webhooks/{id}/replay", """{"event":"evt_none"}""")).Expect(422).Code);
        Assert.Equal("field_required", (await platform.PostAsync($"/v1/webhooks/{id}/replay", "{}")).Expect(400).Code);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_answer_that_never_ends_is_cut()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        receiver.Answer = (http, r) => r.Path == "/in/moved" ? Redirect(http) : FloodAsync(http);
        var (moved, _) = await platform.ListenAsync(receiver.Url + "/moved");
        var (flood, _) = await platform.ListenAsync(receiver.Url + "/flood");
        (await platform.PostAsync($"/v1/webhooks/{moved}/test")).Expect(200);
        (await platform.PostAsync($"/v1/webhooks/{flood}/test")).Expect(200);

        var refused = await platform.DeliveryAsync(moved, d => d.GetProperty("attempts").GetInt32() == 1);
        var taken = await platform.DeliveryAsync(flood, d => d.GetProperty("attempts").GetInt32() == 1);

        Assert.Equal(("waiting", "delivered"), (refused.Text("status"), taken.Text("status")));
        Assert.DoesNotContain(receiver.All, r => r.Path == "/elsewhere");
        var log = (await platform.GetAsync($"/v1/webhooks/{flood}/deliveries/{taken.Text("event")}")).Expect(200).Json.GetProperty("log")[0];
        Assert.True(log.Text("detail").Length <= 201);

        static Task Redirect(HttpContext http)
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        }
        static async Task FloodAsync(HttpContext http)
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(new string('x', 10_000));
            }
        }
    }

    [Fact]
    public async Task During_a_rotation_events_are_signed_with_both_secrets_and_after_it_with_the_new_one()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await StartAsync();
        var (id, old) = await platform.ListenAsync(receiver.Url);
        var made = (await platform.PostAsync($"/v1/webhooks/{id}/rotate", """{"overlap_seconds":60}""")).Expect(200).Json.Text("secret");

        (await platform.PostAsync($"/v1/webhooks/{id}/test")).Expect(200);
        var during = (await receiver.UntilAsync(1))[0];
        _clock.Advance(TimeSpan.FromSeconds(60));
        (await platform.PostAsync($"/v1/webhooks/{id}/test")).Expect(200);
        var after = (await receiver.UntilAsync(2))[1];

        Assert.True(Receiver.IsGenuine(during, old) && Receiver.IsGenuine(during, made));
        Assert.True(!Receiver.IsGenuine(after, old) && Receiver.IsGenuine(after, made));
        Assert.Single((await platform.GetAsync($"/v1/webhooks/{id}")).Expect(200).Json.GetProperty("secrets").EnumerateArray());
        Assert.DoesNotContain("whsec_", string.Concat((await platform.AllAsync("/v1/audit")).Select(e => e.ToString())), StringComparison.Ordinal);
    }

    /// <summary>Time passes until it is so.</summary>
    private bool Passes(bool there)
    {
        _clock.Advance(there ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
        return there;
    }

    private Task<TestPlatform> StartAsync() => WebhookSteps.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(_clock));
}
