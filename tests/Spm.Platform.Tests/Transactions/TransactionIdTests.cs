using Spm.Platform.Kernel;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Transactions;

public sealed class TransactionIdTests
{
    [Fact]
    public void Ids_stand_in_the_order_of_the_external_ids_and_lead_back_to_them()
    {
        var random = new Random(7);
        string[] parts = ["T", "1", "10", "9", "-", "_", "/", ".", "a", "A", "z", "é", "中", " x"];
        string[] keys = [.. Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)])))];

        var byId = keys.Distinct().OrderBy(k => Ids.ForTransaction(2, k), StringComparer.Ordinal);

        Assert.Equal(keys.Distinct().Order(StringComparer.Ordinal), byId);
        Assert.All(keys, k => Assert.Equal((12, k), Ids.Transaction(Ids.ForTransaction(12, k))));
        Assert.Null(Ids.Transaction("txn_"));
        Assert.Null(Ids.Transaction("txn_ImolB2-l6n"));
        Assert.Null(Ids.Transaction("T1"));
    }

    [Fact]
    public async Task Deals_of_one_day_are_taken_in_the_order_of_the_ids_that_people_know()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/plans/crm/order", SmallCompany.Document("order", """{"id":"b","measure":"bookings","per":"deal_in_order","rate_table":{"mode":"flat","on":"amount","tiers":[{"from":0,"to":10000,"rate":1},{"from":10000,"rate":4}]}}"""))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","plan":"order"}""")).Expect(201);

        // Encoded, the later one is the first: 6,000 at 1 % and 5,000 at 4 % all the same.
        await platform.SellAsync("T184", "E3", "2025-01-10", "5000");
        await platform.SellAsync("T100", "E3", "2025-01-10", "6000");

        Assert.Equal("260.00", (await platform.PayoutAsync("E3", "2025-01")).MoneyText("incentives"));
    }
}
