using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Reps;

/// <summary>A rep changes plan within a quarter, in a fiscal year of 4, 4 and 5 weeks: 2025 begins on February 2nd, its second month is March 2nd to 29th.</summary>
public sealed class TransferTests
{
    private static readonly int[] Weeks = [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5];

    [Fact]
    public async Task The_month_of_the_change_is_paid_whole_by_the_later_plan_whose_quarter_begins_with_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        var starts = Weeks.Select((_, i) => new DateOnly(2025, 2, 2).AddDays(7 * Weeks.Take(i).Sum())).ToList();
        var months = string.Join(",", starts.Select((from, i) => $$"""{"from":"{{from:yyyy-MM-dd}}","quarter":{{(i / 3) + 1}}}"""));
        (await platform.PutAsync("/v1/calendar/years/2025", $$"""{"months":[{{months}}],"end":"2026-02-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/plans/crm/one", SmallCompany.Document("one", """{"id":"c","measure":"bookings","attainment_period":"quarter","rate":10}"""))).Expect(201);
        (await platform.PutAsync("/v1/plans/crm/two", SmallCompany.Document("two", """{"id":"c","measure":"bookings","attainment_period":"quarter","rate_table":{"mode":"step","on":"amount","tiers":[{"from":0,"to":1500,"rate":20},{"from":1500,"rate":40}]}}"""))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","hired_on":"2025-02-02","plans":[{"plan":"one","to":"2025-03-16"},{"plan":"two","from":"2025-03-16"}]}""")).Expect(201);
        foreach (var (id, date) in new[] { ("T1", "2025-03-01"), ("T2", "2025-03-10"), ("T3", "2025-04-01"), ("T4", "2025-05-04") })
        {
            await platform.SellAsync(id, "E1", date, "1000");
        }

        // 10 % of one; 20 % of one; 20 % up to 1,500 since then and 40 % above; a quarter that begins anew.
        Assert.Equal([100m, 200m, 300m, 200m], [await PayoutAsync(1), await PayoutAsync(2), await PayoutAsync(3), await PayoutAsync(4)]);

        async Task<decimal> PayoutAsync(int month) => (await platform.MonthAsync("E1", $"2025-{month:00}")).Money("payout");
    }
}
