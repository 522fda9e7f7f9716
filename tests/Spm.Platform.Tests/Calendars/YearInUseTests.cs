using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Calendars;

public sealed class YearInUseTests
{
    private const string FirstMonthLonger = """{"months":[{"from":"2025-01-01","quarter":1},{"from":"2025-02-15","quarter":1},{"from":"2025-03-01","quarter":1}],"end":"2026-01-01"}""";

    [Fact]
    public async Task Months_that_quotas_are_of_do_not_move_and_are_named()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);

        var refused = (await platform.PutAsync("/v1/calendar/years/2025", FirstMonthLonger)).Expect(409);

        Assert.Equal("calendar_in_use", refused.Code);
        Assert.Contains("2025-01, 2025-02, 2025-03, 2025-04", refused.Json.Text("detail"), StringComparison.Ordinal);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
    }

    [Fact]
    public async Task Months_that_scores_are_of_do_not_move_and_others_do()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","scores":[{"goal":"g","period":"2025-Q1","percent":"90"},{"goal":"g","period":"2025","percent":"90"}]}""")).Expect(201);

        // The year has the same days then, its first quarter has not.
        var refused = (await platform.PutAsync("/v1/calendar/years/2025", FirstMonthLonger)).Expect(409);

        Assert.Contains("2025-Q1", refused.Json.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("2025,", refused.Json.Text("detail"), StringComparison.Ordinal);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","scores":[{"goal":"g","period":"2025","percent":"90"}]}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", FirstMonthLonger)).Expect(200);
    }

    [Fact]
    public async Task Months_that_something_was_posted_in_stay_though_no_deal_lies_in_them()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2026", """{"start":"2026-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("P", """{"id":"b","measure":"bookings","rate":"1"}""")
            .Replace("\"components\"", "\"pay\":{\"guarantee\":{\"amount\":100,\"per\":\"month\"}},\"components\"", StringComparison.Ordinal))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"p"}""")).Expect(201);
        await platform.SellAsync("T1", "E1", "2026-01-10", "100");
        Assert.Equal(13, (await platform.AllAsync("/v1/payouts")).Count);

        Assert.Equal("calendar_in_use", (await platform.PutAsync("/v1/calendar/years/2025", FirstMonthLonger)).Expect(409).Code);

        Assert.Equal(13, (await platform.AllAsync("/v1/payouts")).Count);
        Assert.NotEmpty(await platform.AllAsync("/v1/ledger/postings"));
    }
}
