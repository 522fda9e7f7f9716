using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.PayoutBatches;

public sealed class PayrollTests
{
    [Fact]
    public async Task Of_claims_at_once_exactly_one_wins()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => platform.ClaimAsync(batch)));

        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.Equal((409, "batch_claimed"), (a.Status, a.Code)));
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_found_again_by_its_key()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var created = (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""", ("Idempotency-Key", "b"))).Expect(201).Json.Text("id");
        Forget(platform);
        Assert.Equal(created, (await platform.PostAsync("/v1/payout-batches", """{"period":"2025-01"}""", ("Idempotency-Key", "b"))).Expect(201).Json.Text("id"));
        (await platform.MoveAsync($"/v1/payout-batches/{created}", "approve")).Expect(200);
        var claim = (await platform.PostAsync($"/v1/payout-batches/{created}/claim", null, ("Idempotency-Key", "c"))).Expect(200);
        Forget(platform);

        var again = (await platform.PostAsync($"/v1/payout-batches/{created}/claim", null, ("Idempotency-Key", "c"))).Expect(200);

        Assert.Equal(claim.Text, again.Text);
        Assert.Equal("batch_claimed", (await platform.PostAsync($"/v1/payout-batches/{created}/claim", null, ("Idempotency-Key", "d"))).Expect(409).Code);

        // As a kill does between the commit of a command and that of its answer.
        static void Forget(TestPlatform platform) => platform.Service<Spm.Storage.SpmStore>().Writer.WriteAsync(s => s.Execute("delete from idempotency")).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_claim_that_ended_hands_out_no_lines_again_that_were_paid_under_another()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        Task<TestPlatform.Answer> ClaimAsync(string key) => platform.PostAsync($"/v1/payout-batches/{batch}/claim", """{"lease_seconds":60}""", ("Idempotency-Key", key));

        var first = (await ClaimAsync("k")).Expect(200).Json;
        clock.Advance(TimeSpan.FromSeconds(61));
        // Nobody holds the batch: the same request is given it anew, and the lease lasts from now on.
        Assert.Equal(first.Text("claim"), (await ClaimAsync("k")).Expect(200).Json.Text("claim"));
        clock.Advance(TimeSpan.FromSeconds(61));
        var second = (await ClaimAsync("k2")).Expect(200).Json;
        Assert.Equal("batch_claimed", (await ClaimAsync("k")).Expect(409).Code);
        var paid = second.GetProperty("lines").EnumerateArray().Select(l => (l.Text("id"), "paid", (string?)"R")).ToArray();
        (await platform.AckAsync(batch, second.Text("claim"), paid[0])).Expect(200);
        Assert.Equal(paid.Length - 1, (await ClaimAsync("k2")).Expect(200).Json.GetProperty("lines").GetArrayLength());
        (await platform.AckAsync(batch, second.Text("claim"), paid[1..])).Expect(200);

        Assert.Equal("batch_move_illegal", (await ClaimAsync("k")).Expect(409).Code);
        Assert.Equal("batch_move_illegal", (await ClaimAsync("k2")).Expect(409).Code);
    }

    [Fact]
    public async Task A_line_acknowledged_many_times_at_once_is_paid_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json;
        var line = claim.GetProperty("lines")[1].Text("id");

        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.AckAsync(batch, claim.Text("claim"), (line, "paid", "R1"))));
        Assert.All(same, a => a.Expect(200));
        Assert.Equal("line_already_acknowledged", (await platform.AckAsync(batch, claim.Text("claim"), (line, "failed", null))).Expect(409).Code);
        Assert.Equal("line_already_acknowledged", (await platform.AckAsync(batch, claim.Text("claim"), (line, "paid", "R2"))).Expect(409).Code);

        Assert.Equal(0m, await platform.BalanceAsync("payable", "E1"));
        Assert.Single(await platform.ListAsync("/v1/ledger/postings?rep=E1"), p => p.Text("kind") == "payment");
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_request_with_one_mistake_changes_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json;
        var lines = claim.GetProperty("lines").EnumerateArray().Select(l => l.Text("id")).ToArray();

        var unknown = (await platform.AckAsync(batch, claim.Text("claim"), (lines[0], "paid", null), ("pln_nothing", "paid", null))).Expect(422);
        Assert.Equal("line_unknown", unknown.Code);
        Assert.Equal("/lines/1/line", unknown.Json.GetProperty("errors")[0].Text("pointer"));
        Assert.Equal("line_already_acknowledged", (await platform.AckAsync(batch, claim.Text("claim"), (lines[0], "paid", null), (lines[0], "failed", null))).Expect(409).Code);
        Assert.Equal("claim_unknown", (await platform.AckAsync(batch, "clm_other", (lines[0], "paid", null))).Expect(409).Code);
        var empty = await platform.PostAsync($"/v1/payout-batches/{batch}/ack", $$"""{"claim":"{{claim.Text("claim")}}","lines":[{"line":"{{lines[0]}}"}]}""");
        Assert.Equal(("field_required", "/lines/0/result"), (empty.Expect(400).Code, empty.Json.GetProperty("errors")[0].Text("pointer")));

        Assert.All(await platform.ListAsync($"/v1/payout-batches/{batch}/lines"), l => Assert.Equal("open", l.Text("status")));
        Assert.DoesNotContain(await platform.ListAsync("/v1/ledger/postings"), p => p.Text("kind") == "payment");
    }

    [Fact]
    public async Task A_line_that_failed_is_paid_by_a_later_batch()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var first = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(first)).Expect(200).Json;
        var lines = claim.GetProperty("lines").EnumerateArray().Select(l => l.Text("id")).ToArray();
        (await platform.AckAsync(first, claim.Text("claim"), (lines[0], "paid", "R0"), (lines[1], "failed", null))).Expect(200);
        Assert.Equal("approved", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        Assert.Equal("paid", (await platform.AckAsync(first, claim.Text("claim"), (lines[2], "paid", "R2"))).Expect(200).Json.Text("status"));
        Assert.Equal("paid", (await platform.AckAsync(first, claim.Text("claim"), (lines[1], "failed", null), (lines[2], "paid", "R2"))).Expect(200).Json.Text("status"));
        Assert.Equal(-50m, await platform.BalanceAsync("payable", "E1"));

        var second = await platform.ApprovedBatchAsync("2025-01");
        var again = (await platform.ClaimAsync(second)).Expect(200).Json;
        var line = Assert.Single(again.GetProperty("lines").EnumerateArray());
        Assert.Equal((50m, true), (line.Money("amount"), line.Text("id") != lines[1]));
        (await platform.AckAsync(second, again.Text("claim"), (line.Text("id"), "paid", "R3"))).Expect(200);

        Assert.Equal(0m, await platform.BalanceAsync("payable", "E1"));
        Assert.Equal("batch_move_illegal", (await platform.ClaimAsync(second)).Expect(409).Code);
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_lease_that_has_run_out_frees_the_batch_and_its_claim_pays_nothing_more()
    {
        var clock = new ManualClock();
        await using var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var first = (await platform.ClaimAsync(batch, seconds: 60)).Expect(200).Json;
        Assert.Equal("2025-03-01T09:01:00.000Z", first.Text("expires_at"));
        var lines = first.GetProperty("lines").EnumerateArray().Select(l => l.Text("id")).ToArray();
        clock.Advance(TimeSpan.FromSeconds(59));
        (await platform.AckAsync(batch, first.Text("claim"), (lines[0], "paid", "R0"))).Expect(200);
        Assert.Equal("batch_claimed", (await platform.ClaimAsync(batch)).Expect(409).Code);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("claim_expired", (await platform.AckAsync(batch, first.Text("claim"), (lines[1], "paid", "R1"))).Expect(409).Code);
        Assert.Equal("claim_expired", (await platform.PostAsync($"/v1/payout-batches/{batch}/release", $$"""{"claim":"{{first.Text("claim")}}"}""")).Expect(409).Code);
        Assert.Equal([batch], (await platform.ListAsync("/v1/payout-batches?status=approved")).Select(b => b.Text("id")));
        Assert.Equal("approved", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        Assert.Equal("claim_expired", (await platform.AckAsync(batch, first.Text("claim"), (lines[1], "paid", "R1"))).Expect(409).Code);
        // What the claim had acknowledged stays said.
        (await platform.AckAsync(batch, first.Text("claim"), (lines[0], "paid", "R0"))).Expect(200);

        var second = (await platform.ClaimAsync(batch)).Expect(200).Json;
        Assert.Equal(lines[1..], second.GetProperty("lines").EnumerateArray().Select(l => l.Text("id")));
        Assert.Equal("claim_unknown", (await platform.AckAsync(batch, first.Text("claim"), (lines[1], "paid", "R1"))).Expect(409).Code);
        (await platform.AckAsync(batch, second.Text("claim"), (lines[1], "paid", "R1"), (lines[2], "paid", "R2"))).Expect(200);
        Assert.Equal(0m, await platform.BalanceAsync("payable", "E1"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_claim_that_is_given_back_ends_at_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.BatchAsync("2025-01");
        Assert.Equal("batch_move_illegal", (await platform.ClaimAsync(batch)).Expect(409).Code);
        (await platform.MoveAsync($"/v1/payout-batches/{batch}", "approve")).Expect(200);
        foreach (var seconds in new[] { 0, -1, 86401 })
        {
            Assert.Equal("field_malformed", (await platform.ClaimAsync(batch, seconds)).Expect(400).Code);
        }
        var claim = (await platform.PostAsync($"/v1/payout-batches/{batch}/claim")).Expect(200).Json.Text("claim");
        var release = $$"""{"claim":"{{claim}}"}""";

        Assert.Equal("approved", (await platform.PostAsync($"/v1/payout-batches/{batch}/release", release)).Expect(200).Json.Text("status"));
        Assert.Equal("claim_unknown", (await platform.PostAsync($"/v1/payout-batches/{batch}/release", release)).Expect(409).Code);
        Assert.Equal("approved", (await platform.PayoutAsync("E1", "2025-01")).Text("status"));
        (await platform.ClaimAsync(batch)).Expect(200);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_payroll_run_loses_and_doubles_nothing()
    {
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            string batch, claim, payouts, balance;
            string[] lines;
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                await BatchTests.ClosedAsync(platform);
                batch = await platform.ApprovedBatchAsync("2025-01");
                var claimed = (await platform.ClaimAsync(batch)).Expect(200).Json;
                claim = claimed.Text("claim");
                lines = [.. claimed.GetProperty("lines").EnumerateArray().Select(l => l.Text("id"))];
                (await platform.AckAsync(batch, claim, (lines[0], "paid", "R0"))).Expect(200);
                payouts = (await platform.GetAsync("/v1/payouts")).Text;
                balance = (await platform.GetAsync("/v1/ledger/trial-balance")).Text;
            }
            await using (var platform = await TestPlatform.StartAsync(data))
            {
                Assert.Equal(payouts, (await platform.GetAsync("/v1/payouts")).Text);
                Assert.Equal(balance, (await platform.GetAsync("/v1/ledger/trial-balance")).Text);
                Assert.Equal("batch_claimed", (await platform.ClaimAsync(batch)).Expect(409).Code);
                (await platform.AckAsync(batch, claim, (lines[0], "paid", "R0"), (lines[1], "paid", "R1"), (lines[2], "paid", "R2"))).Expect(200);
                Assert.Equal(0m, await platform.BalanceAsync("payable", "E1"));
                await platform.SellAsync("T9", "E1", "2025-01-09", "100");
                Assert.Equal(10m, (await platform.PayoutAsync("E1", "2025-02")).Money("adjustments"));
                await platform.BalancesAsync();
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task What_was_acknowledged_may_be_said_again_after_another_claim_has_followed()
    {
        await using var platform = await TestPlatform.StartAsync();
        await BatchTests.ClosedAsync(platform);
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var claim = (await platform.ClaimAsync(batch)).Expect(200).Json;
        var (first, line) = (claim.Text("claim"), claim.GetProperty("lines")[0].Text("id"));
        var open = claim.GetProperty("lines")[1].Text("id");
        (await platform.AckAsync(batch, first, (line, "paid", "R1"))).Expect(200);
        (await platform.PostAsync($"/v1/payout-batches/{batch}/release", $$"""{"claim":"{{first}}"}""")).Expect(200);
        var second = (await platform.ClaimAsync(batch)).Expect(200).Json;

        (await platform.AckAsync(batch, first, (line, "paid", "R1"))).Expect(200);

        Assert.Equal("claim_unknown", (await platform.AckAsync(batch, first, (line, "paid", "R2"))).Expect(409).Code);
        Assert.Equal("claim_unknown", (await platform.AckAsync(batch, first, (line, "paid", "R1"), (open, "paid", "R3"))).Expect(409).Code);
        Assert.Equal("claim_unknown", (await platform.AckAsync(batch, first, (line, "failed", null))).Expect(409).Code);
        Assert.Equal(second.GetProperty("lines").GetArrayLength(), (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Length - 1);
    }
}
