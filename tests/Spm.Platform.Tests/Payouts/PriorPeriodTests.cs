using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Payouts;

public sealed class PriorPeriodTests
{
    [Fact]
    public async Task What_comes_after_the_close_is_paid_in_the_first_open_month_and_the_closed_payout_stays()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        var before = (await platform.PayoutAsync("E1", "2025-01")).GetRawText();

        await platform.SellAsync("T2", "E1", "2025-01-20", "200");
        await platform.SellAsync("T1", "E1", "2025-01-05", "400", version: 2);

        Assert.Equal(before, (await platform.PayoutAsync("E1", "2025-01")).GetRawText());
        var february = await platform.PayoutAsync("E1", "2025-02");
        // January now earns 5 % of 600; 5 % of 500 was paid.
        Assert.Equal(5m, february.Money("adjustments"));
        Assert.Equal(5m, february.Money("amount"));
        var adjustment = Assert.Single((await platform.ExplainAsync("E1", "2025-02")).GetProperty("adjustments").EnumerateArray());
        Assert.Equal("prior_period_adjustment", adjustment.Text("reason"));
        Assert.Equal("2025-01", adjustment.Text("origin_period"));
        var postings = await platform.ListAsync("/v1/ledger/postings?rep=E1&period=2025-02");
        Assert.All(postings, p => Assert.Equal("prior_period_adjustment", p.Text("kind")));
        Assert.All(postings, p => Assert.Equal("2025-01", p.Text("origin_period")));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_refund_beyond_the_earnings_is_carried_and_nothing_negative_reaches_payroll()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1000");
        await platform.SellAsync("T2", "E2", "2025-02-05", "400");
        await platform.CloseAsync("2025-01");
        await platform.SellAsync("R1", "E1", "2025-02-10", "600", kind: "refund");
        await platform.CloseAsync("2025-02");

        var february = await platform.PayoutAsync("E1", "2025-02");
        Assert.Equal((-30m, 0m, -30m), (february.Money("incentives"), february.Money("amount"), february.Money("carried_out")));
        var lines = await platform.ListAsync($"/v1/payout-batches/{await platform.BatchAsync("2025-02")}/lines");
        Assert.DoesNotContain(lines, l => l.GetProperty("rep").Text("external_id") == "E1");
        Assert.All(lines, l => Assert.True(l.Money("amount") > 0m));

        await platform.SellAsync("T3", "E1", "2025-03-05", "1600");
        var march = await platform.PayoutAsync("E1", "2025-03");
        Assert.Equal((80m, -30m, 50m), (march.Money("incentives"), march.Money("carried_in"), march.Money("amount")));
        Assert.Equal(-30m, (await platform.ExplainAsync("E1", "2025-03")).Money("carried_in"));
        await platform.BalancesAsync();
    }
}
