using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests;

public sealed class FlowTests
{
    [Fact]
    public async Task A_posted_transaction_is_answered_with_who_is_credited()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var posted = (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "1500.50"))).Expect(201).Json;

        Assert.Equal("created", posted.GetProperty("result").GetString());
        Assert.Equal("1500.50", posted.GetProperty("credits")[0].GetProperty("amount").GetProperty("amount").GetString());
    }
}
