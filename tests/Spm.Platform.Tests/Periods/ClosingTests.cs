using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Periods;

public sealed class ClosingTests
{
    [Fact]
    public async Task A_closed_month_keeps_its_payouts_and_leaves_nothing_to_the_next()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "800.50");
        var trial = await platform.PayoutAsync("E1", "2025-01");

        var closed = (await platform.PostAsync("/v1/periods/2025-01/close")).Expect(200).Json;

        Assert.Equal("closed", closed.Text("status"));
        Assert.NotNull(closed.Text("closed_at"));
        var final = await platform.PayoutAsync("E1", "2025-01");
        Assert.True(trial.GetProperty("trial").GetBoolean());
        Assert.False(final.GetProperty("trial").GetBoolean());
        Assert.Equal(40.02m, final.Money("amount"));
        Assert.Equal(40.02m, trial.Money("amount"));
        Assert.Empty(await platform.ListAsync("/v1/payouts?period=2025-02"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task Months_are_closed_in_order_and_once()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        Assert.Equal("earlier_period_open", (await platform.PostAsync("/v1/periods/2025-02/close")).Expect(409).Code);
        await platform.CloseAsync("2025-01");
        Assert.Equal("period_already_closed", (await platform.PostAsync("/v1/periods/2025-01/close")).Expect(409).Code);
        Assert.Equal("period_not_month", (await platform.PostAsync("/v1/periods/2025-Q1/close")).Expect(422).Code);
        Assert.Equal("not_found", (await platform.PostAsync("/v1/periods/2031-01/close")).Expect(404).Code);
    }

    [Fact]
    public async Task The_month_closed_last_is_reopened_and_pays_what_has_come_in_since_itself()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        await platform.SellAsync("T2", "E1", "2025-01-06", "100");
        Assert.Equal(5m, (await platform.PayoutAsync("E1", "2025-02")).Money("adjustments"));

        Assert.Equal("period_not_closed", (await platform.PostAsync("/v1/periods/2025-02/reopen")).Expect(409).Code);
        Assert.Equal("open", (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200).Json.Text("status"));

        var reopened = await platform.PayoutAsync("E1", "2025-01");
        Assert.True(reopened.GetProperty("trial").GetBoolean());
        Assert.Equal(30m, reopened.Money("amount"));
        Assert.Empty(await platform.ListAsync("/v1/payouts?rep=E1&period=2025-02"));
        await platform.CloseAsync("2025-01");
        Assert.Equal(30m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_month_stays_closed_once_a_payout_of_it_has_moved_or_a_later_month_is_closed()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.CloseAsync("2025-01");
        var payout = $"/v1/payouts/{(await platform.PayoutAsync("E1", "2025-01")).Text("id")}";
        (await platform.MoveAsync(payout, "submit")).Expect(200);

        Assert.Equal("period_payouts_moved", (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(409).Code);
        (await platform.MoveAsync(payout, "reject")).Expect(200);
        await platform.CloseAsync("2025-02");
        Assert.Equal("later_period_closed", (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(409).Code);
        (await platform.PostAsync("/v1/periods/2025-02/reopen")).Expect(200);
        (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200);
    }

    [Fact]
    public async Task Periods_are_listed_by_kind_and_paged_without_a_gap()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        Assert.Equal(19, (await platform.ListAsync("/v1/periods")).Length);
        Assert.Equal(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"], (await platform.ListAsync("/v1/periods?kind=quarter")).Select(p => p.Text("id")));
        Assert.Equal("parameter_invalid", (await platform.GetAsync("/v1/periods?kind=week")).Expect(400).Code);
        Assert.Equal("2025-03", (await platform.GetAsync("/v1/periods/2025-03")).Expect(200).Json.Text("id"));
        Assert.Equal("not_found", (await platform.GetAsync("/v1/periods/2031")).Expect(404).Code);
        List<string> ids = [];
        for (var next = "/v1/periods?limit=5"; next is not null;)
        {
            var page = (await platform.GetAsync(next)).Expect(200).Json;
            ids.AddRange(page.GetProperty("data").EnumerateArray().Select(p => p.Text("id")));
            next = page.GetProperty("next_cursor").GetString() is { } cursor ? $"/v1/periods?limit=5&cursor={cursor}" : null;
        }
        Assert.Equal(19, ids.Distinct().Count());
        Assert.Equal(19, ids.Count);
    }
}
