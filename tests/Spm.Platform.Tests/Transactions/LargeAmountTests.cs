using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Transactions;

public sealed class LargeAmountTests
{
    [Fact]
    public async Task A_transaction_that_would_make_a_sum_too_large_is_refused_and_leaves_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "900000000000000");
        var before = await platform.PayoutAsync("E1", "2025-01");

        Assert.Equal("limit_exceeded", (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T2", "E1", "2025-01-06", "900000000000000"))).Expect(422).Code);

        Assert.Single(await platform.ListAsync("/v1/transactions"));
        Assert.Equal(before.Money("amount"), (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
        await platform.SellAsync("T3", "E1", "2025-01-06", "1");
        await platform.BalancesAsync();
    }
}
