using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Periods;

public sealed class ReopeningTests
{
    [Fact]
    public async Task A_reopened_month_forgets_the_payout_of_who_is_due_nothing_any_more()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.SellAsync("T2", "E2", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        var deleted = SmallCompany.Order("T1", "E1", "2025-01-05", "500", version: 2).Replace("\"version\"", "\"deleted\":true,\"version\"", StringComparison.Ordinal);
        (await platform.PostAsync("/v1/transactions", deleted)).Expect(200);

        (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200);

        Assert.Empty(await platform.ListAsync("/v1/payouts?rep=E1"));
        await platform.CloseAsync("2025-01");
        Assert.Empty(await platform.ListAsync("/v1/payouts?rep=E1"));
        var batch = await platform.BatchAsync("2025-01");
        Assert.DoesNotContain(await platform.ListAsync($"/v1/payout-batches/{batch}/lines"), l => l.GetProperty("rep").Text("external_id") == "E1");
        await platform.BalancesAsync();
    }
}
