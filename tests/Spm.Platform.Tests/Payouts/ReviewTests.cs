using Spm.Platform.Credentials;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Payouts;

public sealed class ReviewTests
{
    [Fact]
    public async Task An_approval_moves_what_was_accrued_to_payable_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);

        Assert.Equal("in_review", (await platform.MoveAsync(payout, "submit")).Expect(200).Json.Text("status"));
        Assert.Equal(-50m, await platform.BalanceAsync("accrued", "E1"));
        Assert.Equal(0m, await platform.BalanceAsync("payable", "E1"));
        Assert.Equal("approved", (await platform.MoveAsync(payout, "approve")).Expect(200).Json.Text("status"));

        Assert.Equal(0m, await platform.BalanceAsync("accrued", "E1"));
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task Two_approvals_at_once_are_one()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);
        var etag = (await platform.MoveAsync(payout, "submit")).Expect(200).Headers["ETag"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.PostAsync($"{payout}/approve", null, ("If-Match", etag))));

        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(7, answers.Count(a => a.Status == 412));
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
    }

    [Fact]
    public async Task Moves_that_the_lifecycle_lacks_are_refused()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);

        var early = (await platform.MoveAsync(payout, "approve")).Expect(409);
        Assert.Equal("payout_move_illegal", early.Code);
        Assert.EndsWith("it takes 'submit'.", early.Json.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("payout_move_illegal", (await platform.MoveAsync(payout, "reject")).Expect(409).Code);
        (await platform.MoveAsync(payout, "submit")).Expect(200);
        Assert.Equal("payout_move_illegal", (await platform.MoveAsync(payout, "submit")).Expect(409).Code);
        Assert.Equal("calculated", (await platform.MoveAsync(payout, "reject")).Expect(200).Json.Text("status"));
        (await platform.MoveAsync(payout, "submit")).Expect(200);
        (await platform.MoveAsync(payout, "approve")).Expect(200);
        foreach (var verb in new[] { "submit", "approve", "reject" })
        {
            Assert.Equal("payout_move_illegal", (await platform.MoveAsync(payout, verb)).Expect(409).Code);
        }
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));
    }

    [Fact]
    public async Task A_trial_and_a_payout_in_a_batch_are_not_moved_by_themselves()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);
        await platform.SellAsync("T2", "E1", "2025-02-05", "10");
        var trial = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-02")).Text("id")}";

        Assert.Equal("payout_is_trial", (await platform.MoveAsync(trial, "submit")).Expect(409).Code);
        await platform.BatchAsync("2025-01");
        foreach (var verb in new[] { "submit", "approve", "reject" })
        {
            Assert.Equal("payout_in_batch", (await platform.MoveAsync(payout, verb)).Expect(409).Code);
        }
    }

    [Fact]
    public async Task What_is_decided_on_is_what_was_seen()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);
        var seen = (await platform.GetAsync(payout)).Expect(200).Headers["ETag"];

        Assert.Equal("precondition_required", (await platform.PostAsync($"{payout}/submit")).Expect(428).Code);
        Assert.Equal("precondition_failed", (await platform.PostAsync($"{payout}/submit", null, ("If-Match", "\"1\""))).Expect(412).Code);
        (await platform.PostAsync($"{payout}/submit", null, ("If-Match", seen))).Expect(200);
        Assert.Equal("precondition_failed", (await platform.PostAsync($"{payout}/approve", null, ("If-Match", seen))).Expect(412).Code);
        Assert.Equal("not_found", (await platform.PostAsync("/v1/payouts/pay_xyz/approve", null, ("If-Match", seen))).Expect(404).Code);
    }

    [Fact]
    public async Task Reviewing_and_approving_are_rights_of_their_own()
    {
        const string reader = "spm_reader_0123456789";
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);
        await platform.Service<ApiKeys>().AddAsync(1, "reader", reader, "payouts.read payouts.review");
        var etag = (await platform.GetAsync(payout)).Headers["ETag"];

        (await platform.PostAsync($"{payout}/submit", null, ("If-Match", etag), ("Authorization", $"Bearer {reader}"))).Expect(200);
        foreach (var path in new[] { $"{payout}/approve", $"{payout}/reject", "/v1/periods/2025-02/close", "/v1/payout-batches/x/approve" })
        {
            Assert.Equal("forbidden", (await platform.PostAsync(path, null, ("Authorization", $"Bearer {reader}"))).Expect(403).Code);
        }
        foreach (var path in new[] { "/v1/payout-batches/x/claim", "/v1/payout-batches/x/ack", "/v1/payout-batches/x/release" })
        {
            Assert.Equal("forbidden", (await platform.PostAsync(path, "{}", ("Authorization", $"Bearer {reader}"))).Expect(403).Code);
        }
        Assert.Equal("forbidden", (await platform.SendAsync(HttpMethod.Get, "/v1/ledger/trial-balance", null, ("Authorization", $"Bearer {reader}"))).Expect(403).Code);
    }

    [Fact]
    public async Task Payouts_show_a_transaction_as_soon_as_it_is_acknowledged()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        for (var i = 1; i <= 20; i++)
        {
            await platform.SellAsync($"T{i}", "E1", "2025-01-05", "10");
            Assert.Equal(i * 0.5m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
            Assert.Equal(i * -0.5m, await platform.BalanceAsync("accrued", "E1"));
        }
    }

    [Fact]
    public async Task Payouts_are_filtered_and_paged_without_a_gap()
    {
        await using var platform = await TestPlatform.StartAsync();
        var payout = await FinalAsync(platform);
        await platform.SellAsync("T2", "E2", "2025-02-05", "100");
        (await platform.MoveAsync(payout, "submit")).Expect(200);

        Assert.Equal(["E1"], (await platform.ListAsync("/v1/payouts?status=in_review")).Select(p => p.GetProperty("rep").Text("external_id")));
        Assert.Equal(["M1", "E1", "M1", "E2"], (await platform.ListAsync("/v1/payouts?period=2025-Q1")).Select(p => p.GetProperty("rep").Text("external_id")));
        Assert.Equal("period_unknown", (await platform.GetAsync("/v1/payouts?period=2031-01")).Expect(422).Code);
        Assert.Equal("rep_unknown", (await platform.GetAsync("/v1/payouts?rep=nobody")).Expect(422).Code);
        Assert.Equal("parameter_invalid", (await platform.GetAsync("/v1/payouts?status=done")).Expect(400).Code);
        List<string> ids = [];
        for (var next = "/v1/payouts?limit=1"; next is not null;)
        {
            var page = (await platform.GetAsync(next)).Expect(200).Json;
            ids.Add(Assert.Single(page.GetProperty("data").EnumerateArray()).Text("id"));
            next = page.GetProperty("next_cursor").GetString() is { } cursor ? $"/v1/payouts?limit=1&cursor={cursor}" : null;
        }
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(4, ids.Count);
    }

    private static async Task<string> FinalAsync(TestPlatform platform)
    {
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        return $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
    }
}
