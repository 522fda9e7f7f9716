using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Payouts;

public sealed class MonthsToComeTests
{
    [Fact]
    public async Task A_strong_month_is_not_taken_back_in_months_that_have_not_begun()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        await platform.SellAsync("T1", "E1", "2025-01-10", "1500");

        Assert.Equal(["2025-01"], (await platform.ListAsync("/v1/payouts?rep=E1")).Select(p => p.Text("period")));
        Assert.Equal(100m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
    }

    [Fact]
    public async Task A_month_without_deals_takes_back_when_a_later_one_begins_or_when_it_is_closed()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-10", "1500");
        await platform.SellAsync("T2", "E2", "2025-01-10", "1500");

        await platform.SellAsync("T3", "E1", "2025-03-10", "100");
        await platform.CloseAsync("2025-01");
        await platform.CloseAsync("2025-02");

        // 1,500 of 2,000 earns 75 to date: 25 less than January paid.
        Assert.Equal(-25m, (await platform.PayoutAsync("E1", "2025-02")).Money("incentives"));
        Assert.Equal(-25m, (await platform.PayoutAsync("E2", "2025-02")).Money("incentives"));
        Assert.Equal(-25m, (await platform.PayoutAsync("E2", "2025-02")).Money("carried_out"));
    }

    [Fact]
    public async Task Payouts_of_open_months_recover_a_rest_as_closed_ones_do_and_sum_to_what_the_year_earned()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-10", "1500");
        await platform.SellAsync("T2", "E1", "2025-02-10", "100");
        await platform.SellAsync("T3", "E1", "2025-03-10", "500");

        var open = await PaidAsync(platform);
        Assert.Equal(["2025-01 0.00 100.00 0.00", "2025-02 0.00 0.00 -20.00", "2025-03 -20.00 5.00 0.00"], open);
        foreach (var month in new[] { "2025-01", "2025-02", "2025-03" })
        {
            await platform.CloseAsync(month);
        }
        Assert.Equal(open, await PaidAsync(platform));
    }

    private static async Task<string[]> PaidAsync(TestPlatform platform) => [.. (await platform.AllAsync("/v1/payouts?rep=E1"))
        .Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.Text("period")} {p.Money("carried_in"):0.00} {p.Money("amount"):0.00} {p.Money("carried_out"):0.00}"))];

    [Fact]
    public async Task A_deal_taken_back_leaves_its_month_as_if_it_had_never_begun()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-10", "1500");
        await platform.SellAsync("T2", "E1", "2025-06-10", "10");

        await platform.SellAsync("T2", "E1", "2025-01-10", "10", version: 2);

        Assert.Equal(["2025-01"], (await platform.ListAsync("/v1/payouts?rep=E1")).Select(p => p.Text("period")));
    }
}
