using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.PayoutBatches;

public sealed class BatchTests
{
    [Fact]
    public async Task A_batch_goes_from_review_to_paid_and_the_ledger_follows()
    {
        await using var platform = await TestPlatform.StartAsync();
        await ClosedAsync(platform);
        await platform.BalancesAsync();

        var batch = await platform.BatchAsync("2025-01");
        Assert.Equal("in_review", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        await platform.BalancesAsync();
        (await platform.MoveAsync($"/v1/payout-batches/{batch}", "approve")).Expect(200);
        Assert.Equal(("approved", batch), ((await platform.PayoutAsync("E1", "2025-01")).Text("status"), (await platform.PayoutAsync("E1", "2025-01")).Text("batch")));
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
        await platform.BalancesAsync();
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json;
        Assert.Equal("claimed", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        var lines = claim.GetProperty("lines").EnumerateArray().ToArray();
        Assert.Equal([13m, 50m, 15m], lines.Select(l => l.Money("amount")));
        var paid = (await platform.AckAsync(batch, claim.Text("claim"), [.. lines.Select((l, i) => (l.Text("id"), "paid", (string?)$"R{i}"))])).Expect(200).Json;

        Assert.Equal("paid", paid.Text("status"));
        Assert.Equal("paid", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        foreach (var rep in new[] { "E1", "E2", "M1" })
        {
            Assert.Equal(0m, await platform.BalanceAsync("payable", rep));
            Assert.Equal(0m, await platform.BalanceAsync("accrued", rep));
        }
        Assert.Equal(["paid", "paid", "paid"], (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Select(l => l.Text("status")));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_batch_takes_final_payouts_once_and_approved_ones_as_they_are()
    {
        await using var platform = await TestPlatform.StartAsync();
        await ClosedAsync(platform);
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        (await platform.MoveAsync(payout, "submit")).Expect(200);
        (await platform.MoveAsync(payout, "approve")).Expect(200);

        var batch = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(201).Json;
        Assert.Equal(78m, batch.Money("amount"));
        Assert.Equal(3, batch.GetProperty("line_count").GetInt32());
        Assert.Equal("approved", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        Assert.Equal("batch_empty", (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""")).Expect(422).Code);
        var open = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-02"}""")).Expect(422);
        Assert.Equal("batch_empty", open.Code);
        Assert.Contains("2025-02 is open", open.Json.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("period_unknown", (await platform.PostAsync("/v1/payout-batches", """{"period":"2031-02"}""")).Expect(422).Code);
        Assert.Equal("period_not_month", (await platform.PostAsync("/v1/payout-batches", """{"period":"2025"}""")).Expect(422).Code);
        Assert.Equal("field_required", (await platform.PostAsync("/v1/payout-batches", "{}")).Expect(400).Code);

        (await platform.MoveAsync($"/v1/payout-batches/{batch.Text("id")}", "approve")).Expect(200);
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
    }

    [Fact]
    public async Task A_rejected_batch_frees_its_payouts_and_only_one_in_review_is_rejected()
    {
        await using var platform = await TestPlatform.StartAsync();
        await ClosedAsync(platform);
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        (await platform.MoveAsync(payout, "submit")).Expect(200);
        (await platform.MoveAsync(payout, "approve")).Expect(200);
        var first = await platform.BatchAsync("2025-01");

        Assert.Equal("rejected", (await platform.MoveAsync($"/v1/payout-batches/{first}", "reject")).Expect(200).Json.Text("status"));
        Assert.Equal(["calculated", "approved", "calculated"], (await platform.ListAsync("/v1/payouts?period=2025-01")).Select(p => p.Text("status")));
        Assert.All(await platform.ListAsync("/v1/payouts"), p => Assert.Null(p.GetProperty("batch").GetString()));
        var second = await platform.ApprovedBatchAsync("2025-01");
        Assert.Equal("batch_move_illegal", (await platform.MoveAsync($"/v1/payout-batches/{second}", "reject")).Expect(409).Code);
        Assert.Equal("batch_move_illegal", (await platform.MoveAsync($"/v1/payout-batches/{first}", "approve")).Expect(409).Code);
        Assert.Equal([second], (await platform.ListAsync("/v1/payout-batches?status=approved")).Select(b => b.Text("id")));
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_decision_needs_the_etag_of_the_batch_as_it_stands()
    {
        await using var platform = await TestPlatform.StartAsync();
        await ClosedAsync(platform);
        var batch = $"/v1/payout-batches/{await platform.BatchAsync("2025-01")}";

        Assert.Equal("precondition_required", (await platform.PostAsync($"{batch}/approve")).Expect(428).Code);
        Assert.Equal("precondition_failed", (await platform.PostAsync($"{batch}/approve", null, ("If-Match", "\"99\""))).Expect(412).Code);
        var etag = (await platform.GetAsync(batch)).Headers["ETag"];
        // Neither says which state was seen.
        Assert.Equal("precondition_failed", (await platform.PostAsync($"{batch}/approve", null, ("If-Match", "*"))).Expect(412).Code);
        Assert.Equal("precondition_failed", (await platform.PostAsync($"{batch}/approve", null, ("If-Match", $"\"99\", {etag}"))).Expect(412).Code);
        var answers = await Task.WhenAll(
            platform.PostAsync($"{batch}/approve", null, ("If-Match", etag)), platform.PostAsync($"{batch}/reject", null, ("If-Match", etag)));
        Assert.Equal([200, 412], answers.Select(a => a.Status).Order());
    }

    [Fact]
    public async Task The_same_key_makes_one_batch_and_batches_made_at_once_share_no_payout()
    {
        await using var platform = await TestPlatform.StartAsync();
        await ClosedAsync(platform);

        var first = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""", ("Idempotency-Key", "k1"))).Expect(201);
        var again = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""", ("Idempotency-Key", "k1"))).Expect(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal("idempotency_key_reused", (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-02"}""", ("Idempotency-Key", "k1"))).Expect(422).Code);

        await platform.SellAsync("T9", "E1", "2025-02-05", "100");
        await platform.CloseAsync("2025-02");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.PostAsync("/v1/payout-batches", """{"period":"2025-02"}""")));
        Assert.Single(answers, a => a.Status == 201);
    }

    internal static async Task ClosedAsync(TestPlatform platform)
    {
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "300");
        await platform.CloseAsync("2025-01");
    }
}
