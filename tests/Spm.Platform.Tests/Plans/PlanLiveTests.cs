using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Plans;

public sealed class PlanLiveTests
{
    [Fact]
    public async Task A_plan_has_cost_what_its_reps_have_earned_by_month()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "400"), 201);
        await platform.PostAsync(SmallCompany.Order("T2", "E2", "2025-01-05", "100"), 201);
        await platform.PostAsync(SmallCompany.Order("T3", "E2", "2025-02-05", "100"), 201);

        Assert.Equal("2025-01 25.00, 2025-02 5.00, total 30.00", await LiveAsync(platform, "ae"));
        Assert.Equal("2025-01 5.00, 2025-02 1.00, total 6.00", await LiveAsync(platform, "mgr"));

        await platform.PostAsync(SmallCompany.Order("T3", "E2", "2025-01-05", "100", version: 2), 200);
        Assert.Equal("2025-01 30.00, total 30.00", await LiveAsync(platform, "ae"));
        Assert.Equal("not_found", (await platform.GetAsync("/v1/plans/plan_none/live")).Expect(404).Code);
    }

    private static async Task<string> LiveAsync(TestPlatform platform, string plan)
    {
        var live = (await platform.GetAsync($"/v1/plans/{await platform.IdAsync("plans", plan)}/live")).Expect(200).Json;
        var months = live.GetProperty("periods").EnumerateArray().Select(p => $"{p.Text("period")} {p.Money("earnings")}");
        return string.Join(", ", months.Append($"total {live.Money("total")}"));
    }
}
