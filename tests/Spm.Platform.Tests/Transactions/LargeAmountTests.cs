using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Transactions;

public sealed class LargeAmountTests
{
    [Fact]
    public async Task An_amount_above_ten_trillion_is_refused()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        Assert.Equal("amount_too_large", (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "10000000000000.01"))).Expect(422).Code);
        await platform.SellAsync("T1", "E1", "2025-01-05", "10000000000000");
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_transaction_that_would_make_a_sum_too_large_is_refused_and_leaves_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "100");
        await platform.PayoutAsync("E1", "2025-01");
        var writer = platform.Service<SpmStore>().Writer;
        await writer.WriteAsync(s => s.Execute("update measurement set direct = direct + 9223372036853000000 where direct > 0"));

        Assert.Equal("limit_exceeded", (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T2", "E1", "2025-01-06", "1000"))).Expect(422).Code);

        Assert.Single(await platform.ListAsync("/v1/transactions"));
        await writer.WriteAsync(s => s.Execute("update measurement set direct = direct - 9223372036853000000 where direct > 0"));
        await platform.SellAsync("T3", "E1", "2025-01-06", "1");
        Assert.Equal(5.05m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
        await platform.BalancesAsync();
    }
}
