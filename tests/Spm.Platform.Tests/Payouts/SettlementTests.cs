using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Payouts;

public sealed class SettlementTests
{
    [Fact]
    public async Task A_settlement_writes_what_differs_from_the_last_one_and_leaves_the_rest_as_it_stands()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "100");
        await platform.PayoutAsync("E1", "2025-01");
        List<(int Month, long Due, long Version)> Paying() => platform.Service<SpmStore>().Read(s => s.Query(
            "select month, due, version from payout where rep = 1 and due > 0 order by month", r => (r.GetInt32(0), r.GetInt64(1), r.GetInt64(2))));
        var january = Assert.Single(Paying());

        // What somebody has tampered with is left for the proofs to find.
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update payout set due = due + 100 where rep = 1 and month = $1", january.Month));
        await platform.SellAsync("T2", "E1", "2025-03-05", "100");
        await platform.PayoutAsync("E1", "2025-03");

        var paying = Paying();
        Assert.Equal(2, paying.Count);
        Assert.Equal(january with { Due = january.Due + 100 }, paying[0]);
    }
}
