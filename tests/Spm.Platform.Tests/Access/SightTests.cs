using Microsoft.Extensions.DependencyInjection;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Access;

/// <summary>Whose pay a rep, a manager and payroll see. The clock stands at 2025-03-01.</summary>
public sealed class SightTests
{
    [Fact]
    public async Task A_rep_sees_themself_and_other_reps_do_not_exist()
    {
        await using var platform = await StartAsync();
        var (own, other, payout) = (await platform.IdAsync("reps", "E1"), await platform.IdAsync("reps", "E2"), (await platform.PayoutAsync("E2", "2025-01")).Text("id"));
        var rep = await platform.RoleAsync("rep");

        (await rep.GetAsync($"/v1/reps/{own}")).Expect(200);
        foreach (var path in (string[])[$"/v1/reps/{other}", $"/v1/reps/{other}/live", $"/v1/reps/{other}/explain?period=2025-01", $"/v1/payouts/{payout}", $"/v1/payouts/{payout}/explain"])
        {
            Assert.Equal("not_found", (await rep.GetAsync(path)).Expect(404).Code);
        }
        (await rep.PostAsync($"/v1/reps/{other}/estimate", """{"deals":[{"date":"2025-04-20","amount":"100"}]}""")).Expect(404);
        foreach (var path in (string[])["/v1/payouts?rep=E2", "/v1/quotas?rep=E2", "/v1/attainments?rep=E2"])
        {
            Assert.Equal("rep_unknown", (await rep.GetAsync(path)).Expect(422).Code);
        }
        foreach (var path in (string[])["/v1/payouts", "/v1/attainments", "/v1/performance/reps?period=2025"])
        {
            Assert.Equal(["E1"], (await rep.ListAsync(path)).Select(r => r.GetProperty("rep").Text("external_id")).Distinct());
        }
        Assert.Equal([own], (await rep.ListAsync("/v1/quotas")).Select(q => q.Text("rep")).Distinct());
        Assert.Equal(["ae"], (await rep.ListAsync("/v1/plans")).Select(p => p.Text("external_id")));
    }

    [Fact]
    public async Task A_manager_sees_a_payout_of_the_months_in_which_the_rep_was_beneath_them()
    {
        await using var platform = await StartAsync();
        // E2 went to another manager, who is beneath M1, and from there to one who is not.
        (await platform.PutAsync("/v1/reps/hris/M2", """{"name":"Two","manager":"M1"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/M3", """{"name":"Three"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","plan":"ae","managers":[{"manager":"M2","to":"2025-02-01"},{"manager":"M3","from":"2025-02-01"}]}""")).Expect(200);
        await platform.SellAsync("T9", "E2", "2025-02-05", "500");
        var (one, three) = (await platform.RoleAsync("manager"), await platform.KeyAsync(["manager"], rep: "M3"));

        async Task<string[]> Months(TestCaller caller) =>
            [.. (await caller.ListAsync("/v1/payouts?period=2025-Q1")).Where(p => p.GetProperty("rep").Text("external_id") == "E2").Select(p => p.Text("period"))];
        Assert.Equal(["2025-01"], await Months(one));
        Assert.Equal(["2025-02"], await Months(three));
        var id = await platform.IdAsync("reps", "E2");
        (await one.GetAsync($"/v1/reps/{id}/live?period=2025-01")).Expect(200);
        (await one.GetAsync($"/v1/reps/{id}/live?period=2025-02")).Expect(404);
        // Of today, where no period is asked for.
        (await one.GetAsync($"/v1/reps/{id}")).Expect(404);
        (await three.GetAsync($"/v1/reps/{id}")).Expect(200);
    }

    [Fact]
    public async Task Two_steps_that_never_held_on_one_day_lead_nowhere()
    {
        await using var platform = await StartAsync();
        (await platform.PutAsync("/v1/reps/hris/M2", """{"name":"Two","managers":[{"manager":"M1","from":"2025-01-16"}]}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","plan":"ae","managers":[{"manager":"M2","to":"2025-01-16"}]}""")).Expect(200);
        var manager = await platform.RoleAsync("manager");

        Assert.DoesNotContain(await manager.ListAsync("/v1/payouts?period=2025-01"), p => p.GetProperty("rep").Text("external_id") == "E2");
    }

    [Fact]
    public async Task Payroll_sees_approved_batches_and_no_others()
    {
        await using var platform = await StartAsync();
        await platform.CloseAsync("2025-01");
        var batch = await platform.BatchAsync("2025-01");
        var payroll = await platform.RoleAsync("payroll");

        Assert.Empty(await payroll.ListAsync("/v1/payout-batches"));
        (await payroll.GetAsync($"/v1/payout-batches/{batch}")).Expect(404);
        (await payroll.GetAsync($"/v1/payout-batches/{batch}/lines")).Expect(404);
        (await payroll.PostAsync($"/v1/payout-batches/{batch}/claim", "{}")).Expect(404);
        (await payroll.GetAsync("/v1/payouts")).Expect(403);

        (await platform.MoveAsync($"/v1/payout-batches/{batch}", "approve")).Expect(200);

        Assert.Single(await payroll.ListAsync("/v1/payout-batches"));
        (await payroll.PostAsync($"/v1/payout-batches/{batch}/claim", "{}")).Expect(200);
        var reads = await platform.ListAsync($"/v1/audit?subject={batch}");
        Assert.Equal(["payout_batch.create", "payout_batch.approve", "payout_batch.claim"], reads.Select(e => e.Text("action")).Where(a => a != "payout_batch.read"));
        Assert.Contains(await platform.ListAsync("/v1/audit?action=payout_batch.list"), e => e.GetProperty("after").GetRawText().Contains(batch, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_sees_some_rows_opens_no_operation_that_shows_all_whatever_scopes_come_with_it()
    {
        await using var platform = await StartAsync();
        var rep = await platform.KeyAsync(["rep"], ["ledger.read", "transactions.read", "payouts.approve"], "E1");

        (await rep.GetAsync("/v1/ledger/postings")).Expect(403);
        (await rep.GetAsync("/v1/transactions")).Expect(403);
    }

    private static async Task<TestPlatform> StartAsync()
    {
        var platform = await TestPlatform.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(new ManualClock()));
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "300");
        return platform;
    }

    [Fact]
    public async Task Batches_are_whole_so_a_rep_whose_key_was_granted_them_sees_none()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var batch = await platform.ApprovedBatchAsync("2025-01");
        var rep = await platform.KeyAsync(scopes: ["payout_batches.read", "payroll.pull", "payouts.read"], rep: "E1");

        (await rep.GetAsync($"/v1/payout-batches/{batch}/lines")).Expect(403);
        (await rep.PostAsync($"/v1/payout-batches/{batch}/claim")).Expect(403);
        Assert.Single(await rep.ListAsync("/v1/payouts"));
    }
}
