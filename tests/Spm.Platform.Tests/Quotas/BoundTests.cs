using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Quotas;

/// <summary>Figures that no company has must not stop the pay of those that have real ones.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData("0.0000000000000000000000000001", "quota_not_positive")]
    [InlineData("0.00009", "quota_not_positive")]
    [InlineData("9999999999999999999999999999", "limit_exceeded")]
    [InlineData("900000000000000.01", "limit_exceeded")]
    public async Task A_quota_is_a_figure_that_can_be_calculated_with(string amount, string code)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        Assert.Equal(code, (await platform.PutAsync("/v1/quotas", Quota(amount))).Expect(422).Code);
    }

    [Theory]
    [InlineData("0.0001")]
    [InlineData("33333.3333333333")]
    [InlineData("900000000000000")]
    public async Task The_smallest_and_the_largest_quota_pay(string amount)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("ae", """{"id":"b","measure":"bookings","quota":"to_date","rate_table":{"mode":"step","tiers":[{"from":0,"to":1000000,"rate":10},{"from":1000000,"rate":1000}]}}"""))).Expect(200);
        (await platform.PutAsync("/v1/quotas", Quota(amount))).Expect(200);
        await platform.SellAsync("T1", "E1", "2025-01-05", "10000000000000");

        Assert.Single(await platform.ListAsync("/v1/payouts?rep=E1&period=2025-01"));
        (await platform.GetAsync("/v1/performance/reps?period=2025-01")).Expect(200);
        (await platform.GetAsync("/v1/attainments?period=2025-01")).Expect(200);
        await platform.ExplainAsync("E1", "2025-01");
        await platform.BalancesAsync();
    }

    private static string Quota(string amount) => $$"""{"rep":"E1","measure":"bookings","period":"2025-01","amount":"{{amount}}"}""";
}
