using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Detections;

public sealed class DetectionTests
{
    private const string Capped = """{"id":"b","measure":"bookings","per":"deal","rate":10,"caps":[{"per":"deal","amount":50}]}""";

    [Fact]
    public async Task A_deal_that_was_cut_up_under_a_cap_is_found_with_what_it_gained()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("ae", Capped))).Expect(200);
        (await platform.PutAsync("/v1/accounts/crm/A1", """{"name":"Globex"}""")).Expect(201);
        foreach (var (id, day) in new[] { ("T1", "05"), ("T2", "07") })
        {
            await platform.PostAsync($$"""{"source":"crm","external_id":"{{id}}","kind":"order","date":"2025-01-{{day}}","amount":"500","currency":"USD","rep":"E1","account":"A1"}""", 201);
        }

        var found = Assert.Single(await platform.AllAsync("/v1/detections?year=2025"));

        Assert.Equal(("split_deals", "E1", "A1", "50.00", 2), (found.Text("kind"), found.GetProperty("rep").Text("external_id"), found.Text("account"), found.Text("gain"), found.GetProperty("transactions").GetArrayLength()));
        Assert.Empty(await platform.AllAsync("/v1/detections?year=2025&rep=E2"));
    }

    [Fact]
    public async Task Sales_crowded_at_the_end_of_periods_are_found_and_pages_hold_whole_reps()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        foreach (var rep in new[] { "E1", "E2" })
        {
            for (var i = 0; i < 12; i++)
            {
                await platform.SellAsync($"{rep}-{i}", rep, $"2025-12-{(i % 3) + 29:00}", "10");
            }
        }
        var found = await platform.AllAsync("/v1/detections?year=2025&limit=1");
        Assert.Equal([("E1", "end"), ("E2", "end")], found.Select(f => (f.GetProperty("rep").Text("external_id"), f.Text("edge"))));
        Assert.Equal("period_unknown", (await platform.GetAsync("/v1/detections?year=1999")).Code);
    }
}
