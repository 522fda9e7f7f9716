using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Imports;

/// <summary>A file may hold several versions of a transaction. The last one counts, as if each had come in a file of its own.</summary>
public sealed class VersionsInOneFileTests
{
    private const string PerDeal = """{"id":"c","measure":"bookings","per":"deal","rate":10}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_last_version_is_paid_and_explained(bool looksAtDeals)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        if (looksAtDeals)
        {
            (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("ae", PerDeal))).Expect(200);
        }

        await platform.ImportAsync("transactions", string.Join('\n',
            SmallCompany.Order("T1", "E1", "2025-01-05", "1000"),
            SmallCompany.Order("T1", "E1", "2025-01-05", "500", version: 2),
            SmallCompany.Order("T2", "E1", "2025-01-05", "300"),
            SmallCompany.Order("T2", "E2", "2025-01-05", "300", version: 2),
            SmallCompany.Order("T2", "E2", "2025-01-05", "300", version: 3).Replace("\"version\"", "\"deleted\":true,\"version\"", StringComparison.Ordinal)));

        var incentive = (await platform.ExplainAsync("E1", "2025-01")).GetProperty("incentives")[0];
        Assert.Equal((looksAtDeals ? 50m : 25m, 500m), (incentive.Money("amount"), incentive.GetProperty("credits_total").Number("amount")));
        Assert.Equal(2, Assert.Single(incentive.GetProperty("credits").EnumerateArray()).GetProperty("transaction").GetProperty("version").GetInt32());
        Assert.Empty(await platform.ListAsync("/v1/payouts?rep=E2"));

        await platform.SellAsync("T1", "E1", "2025-01-05", "0", version: 3);
        Assert.All(await platform.ListAsync("/v1/payouts?rep=E1"), p => Assert.Equal(0m, p.Money("amount")));
    }

    [Fact]
    public async Task Sums_that_do_not_fit_reject_their_rows_and_no_others()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var rows = Enumerable.Range(1, 95).Select(i => SmallCompany.Order($"H{i}", "E1", "2025-01-05", "10000000000000")).Append(SmallCompany.Order("S", "E2", "2025-01-05", "7"));

        var job = await platform.ImportAsync("transactions", string.Join('\n', rows));

        Assert.Equal("succeeded", job.Field("status"));
        var rejected = await platform.ListAsync($"/v1/imports/{job.Field("id")}/rows?status=rejected");
        Assert.Equal((92 + 1, 3), (job.GetProperty("rows").GetProperty("created").GetInt32(), rejected.Length));
        Assert.All(rejected, r => Assert.Equal("limit_exceeded", r.GetProperty("errors")[0].Text("code")));
        Assert.StartsWith("credited 7.00", await platform.LiveAsync("E2", "2025-01"), StringComparison.Ordinal);
        // A company's total is larger than any rep's.
        Assert.Equal("920000000000007.00", (await platform.GetAsync("/v1/reconciliation")).Expect(200).Json.GetProperty("transactions").Text("amount"));
    }
}
