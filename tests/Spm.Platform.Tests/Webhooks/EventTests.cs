using System.Text.Json;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Support;
using Spm.Platform.Webhooks;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>What is told, to whom, and in which order.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_month_tells_what_becomes_of_it_in_the_order_of_each_subject()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (_, secret) = await platform.ListenAsync(receiver.Url);

        var batch = await platform.PayJanuaryAsync();

        var all = await receiver.UntilAsync(a => a.Any(r => r.Type == "payout_batch.paid") && a.Count(r => r.Type == "payout.paid") == 2);
        Assert.All(all, r => Assert.True(Receiver.IsGenuine(r, secret)));
        Assert.Equal(all.Count, all.Select(r => r.Id).Distinct().Count());
        string[] Of(string subject) => [.. all.Where(r => r.Subject == subject).Select(r => r.Type)];
        Assert.Equal(["period.closed"], Of("2025-01"));
        Assert.Equal(["payout_batch.created", "payout_batch.approved", "payout_batch.claimed", "payout_batch.acknowledged", "payout_batch.paid"], Of(batch));
        var payout = (await platform.PayoutAsync("E1", "2025-01")).Text("id");
        Assert.Equal(["payout.submitted", "payout.approved", "payout.claimed", "payout.paid"], Of(payout));
    }

    [Fact]
    public async Task Reopened_months_plans_imports_rejections_and_leases_are_told_too()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.ListenAsync(receiver.Url);

        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        await platform.CloseAsync("2025-01");
        (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200);
        await platform.CloseAsync("2025-01");
        (await platform.MoveAsync($"/v1/payout-batches/{await platform.BatchAsync("2025-01")}", "reject")).Expect(200);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json.Text("claim");
        (await platform.PostAsync($"/v1/payout-batches/{batch}/release", JsonSerializer.Serialize(new { claim }))).Expect(200);
        (await platform.PutAsync("/v1/plans/crm/new", SmallCompany.Document("New", """{"id":"b","measure":"bookings","rate":"5"}"""))).Expect(201);
        using var file = new StringContent("""{"external_id":"R1","kind":"order","date":"2025-02-02","amount":"1","currency":"USD","rep":"E1"}""", null, "application/x-ndjson");
        (await platform.Http.PostAsync("/v1/imports?entity=transactions&source=crm", file)).EnsureSuccessStatusCode();

        // The order is each subject's own: of different subjects any may come last.
        var all = await receiver.UntilAsync(a => a.Count(r => r.Type == "period.closed") == 2 && ((string[])
            ["import.succeeded", "payout_batch.released", "payout_batch.rejected", "payout.rejected", "payout.released", "plan.published"]).All(type => a.Any(r => r.Type == type)));
        Assert.Equal(["period.closed", "period.reopened", "period.closed"], all.Where(r => r.Subject == "2025-01").Select(r => r.Type));
        Assert.Equal(["payout_batch.created", "payout_batch.approved", "payout_batch.claimed", "payout_batch.released"], all.Where(r => r.Subject == batch).Select(r => r.Type));
        Assert.Contains(all, r => r.Type == "payout_batch.rejected");
        Assert.Contains(all, r => r.Type == "payout.rejected");
        Assert.Contains(all, r => r.Type == "payout.released");
        Assert.Equal(["new"], all.Where(r => r.Type == "plan.published").Select(r => r.Json.GetProperty("data").Text("external_id")));
    }

    [Fact]
    public async Task A_thin_payload_has_ids_and_no_amounts_and_a_full_one_is_what_the_resource_answers()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.ListenAsync(receiver.Url + "/thin", ["payout.paid", "payout_batch.paid"]);
        await platform.ListenAsync(receiver.Url + "/full", ["payout.paid", "payout_batch.paid"], "full");

        var batch = await platform.PayJanuaryAsync();

        var all = await receiver.UntilAsync(6);
        Assert.All(all, r => Assert.True(DateTimeOffset.TryParse(r.Json.Text("timestamp"), out _)));
        Assert.All(all.Where(r => r.Path == "/in/thin"), r => Assert.DoesNotContain("amount", r.Body, StringComparison.Ordinal));
        var paid = all.Single(r => r.Path == "/in/full" && r.Type == "payout_batch.paid").Json.GetProperty("data");
        Assert.True(JsonElement.DeepEquals((await platform.GetAsync($"/v1/payout-batches/{batch}")).Expect(200).Json, paid));
        var payout = await platform.PayoutAsync("E1", "2025-01");
        Assert.True(JsonElement.DeepEquals(payout, all.Single(r => r.Path == "/in/full" && r.Subject == payout.Text("id")).Json.GetProperty("data")));
    }

    [Fact]
    public async Task A_webhook_is_sent_only_the_types_it_names_and_nothing_from_before_it_was_made()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.CloseAsync("2025-01");
        await platform.ListenAsync(receiver.Url, ["period.closed"]);

        await platform.SellAsync("T1", "E1", "2025-02-05", "1500");
        await platform.CloseAsync("2025-02");
        await platform.ApprovedBatchAsync("2025-02");
        await platform.CloseAsync("2025-03");

        var all = await receiver.UntilAsync(2);
        await Task.Delay(500);
        Assert.Equal(["2025-02", "2025-03"], receiver.All.Select(r => r.Subject).Order());
        Assert.Equal(2, all.Count);
    }

    [Fact]
    public void The_page_lists_every_type_and_what_it_tells()
    {
        var page = File.ReadAllText(Repository.At("docs", "webhooks.md"));

        Assert.All(EventTypes.All, t => Assert.Contains($"| `{t.Type}` | {t.About} |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_undone_is_not_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var platform = await WebhookSteps.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var (id, _) = await platform.ListenAsync(receiver.Url);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        await platform.CloseAsync("2025-01");
        var batch = await platform.BatchAsync("2025-01");
        await platform.DeliveryAsync(id, d => d.Text("type") == "payout_batch.created");
        await platform.Service<Spm.Storage.SpmStore>().Writer.WriteAsync(s => TestStore.Break(s, "posting", "new.kind = 2"));

        (await platform.MoveAsync($"/v1/payout-batches/{batch}", "approve")).Expect(500);

        Assert.DoesNotContain(await platform.ListAsync($"/v1/webhooks/{id}/deliveries"), d => d.Text("type").EndsWith(".approved", StringComparison.Ordinal));
    }
}
