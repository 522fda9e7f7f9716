using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Groups;

/// <summary>A rep is paid by what others do, live, over HTTP: whoever reads sees everybody's writes, and a closed month stays as it is.</summary>
public sealed class GroupTests
{
    /// <summary>A pool of 50, or of 100 once the team sells 1,000, shared by sales.</summary>
    private const string Pool = """
        {"plan":"team","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount"}],
         "groups":[{"id":"team","by":"rep.manager"}],
         "components":[{"id":"pool","measure":"bookings","attainment_period":"month","pool":{"group":"team","fund":"if(team.measured >= 1000, 100, 50)","by":"measured"}}]}]}
        """;

    private const string Spiff = """
        {"plan":"team","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"bookings","value":"amount"}],
         "components":[{"id":"spiff","measure":"bookings","per":"deal","earn":"60","spiff":{"budget":100,"from":"2025-01-01","to":"2025-03-01"}}]}]}
        """;

    [Fact]
    public async Task What_one_rep_sells_is_seen_at_once_in_the_pay_of_the_others()
    {
        await using var platform = await StartAsync(Pool);
        await platform.SellAsync("T1", "E1", "2025-01-05", "300");
        Assert.Equal(50m, await LiveAsync(platform, "E1"));
        await platform.SellAsync("T2", "E2", "2025-01-06", "300");
        Assert.Equal((25m, 25m), (await LiveAsync(platform, "E1"), await LiveAsync(platform, "E2")));
        await platform.SellAsync("T3", "E2", "2025-01-07", "600");
        Assert.Equal((25m, 75m), (await LiveAsync(platform, "E1"), (await platform.PayoutAsync("E2", "2025-01")).Money("amount")));
        await platform.SellAsync("T3", "E2", "2025-01-07", "100", version: 2);
        Assert.Equal((21.43m, 28.57m), ((await platform.PayoutAsync("E1", "2025-01")).Money("amount"), await LiveAsync(platform, "E2")));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_closed_month_stays_and_what_others_change_later_is_an_adjustment()
    {
        await using var platform = await StartAsync(Pool);
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        await platform.CloseAsync("2025-01");
        var before = (await platform.PayoutAsync("E1", "2025-01")).GetRawText();
        await platform.SellAsync("T2", "E2", "2025-01-06", "125");
        await platform.SellAsync("T3", "E1", "2025-02-06", "500");

        Assert.Equal(before, (await platform.PayoutAsync("E1", "2025-01")).GetRawText());
        Assert.Equal((-10m, 50m, 40m), await February("E1"));
        Assert.Equal((10m, 0m, 10m), await February("E2"));
        await platform.BalancesAsync();

        async Task<(decimal, decimal, decimal)> February(string rep)
        {
            var payout = await platform.PayoutAsync(rep, "2025-02");
            return (payout.Money("adjustments"), payout.Money("incentives"), payout.Money("amount"));
        }
    }

    [Fact]
    public async Task Whoever_has_sold_nothing_has_the_part_once_the_month_closes_and_a_month_that_reopens_is_shared_anew()
    {
        await using var platform = await StartAsync(Pool.Replace(",\"by\":\"measured\"", "", StringComparison.Ordinal));
        await platform.SellAsync("T1", "E1", "2025-01-05", "500");
        Assert.Equal((25m, 0m), (await LiveAsync(platform, "E1"), await LiveAsync(platform, "E2")));
        await platform.CloseAsync("2025-01");
        Assert.Equal((25m, 25m), (await LiveAsync(platform, "E1"), await LiveAsync(platform, "E2")));
        (await platform.PostAsync("/v1/periods/2025-01/reopen")).Expect(200);
        await platform.SellAsync("T2", "E2", "2025-01-06", "500");
        Assert.Equal((50m, 50m), (await LiveAsync(platform, "E1"), await LiveAsync(platform, "E2")));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task Who_changes_the_manager_changes_the_group_from_the_month_on_whose_last_day_it_is_so()
    {
        await using var platform = await StartAsync(Pool);
        (await platform.PutAsync("/v1/reps/hris/M2", """{"name":"Max"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"E2","plan":"team","managers":[{"manager":"M1","to":"2025-02-28"},{"manager":"M2","from":"2025-02-28"}]}""")).Expect(200);
        foreach (var (rep, month) in new[] { ("E1", "01"), ("E2", "01"), ("E1", "02"), ("E2", "02") })
        {
            await platform.SellAsync($"T-{rep}-{month}", rep, $"2025-{month}-05", "100");
        }
        Assert.Equal((25m, 50m), (await LiveAsync(platform, "E2"), await LiveAsync(platform, "E2", "2025-02")));
    }

    [Fact]
    public async Task A_budget_is_served_in_order_of_the_deals_whoever_sold_them()
    {
        await using var platform = await StartAsync(Spiff);
        await platform.SellAsync("T2", "E2", "2025-01-20", "10");
        Assert.Equal(60m, await LiveAsync(platform, "E2"));
        await platform.SellAsync("T1", "E1", "2025-01-10", "10");
        Assert.Equal((60m, 40m), (await LiveAsync(platform, "E1"), await LiveAsync(platform, "E2")));
        await platform.SellAsync("R1", "E1", "2025-01-25", "10", kind: "refund");
        // A refund by itself is a deal of its own here: what it claims is served like any other, and the budget is not exceeded.
        Assert.InRange(await LiveAsync(platform, "E1") + await LiveAsync(platform, "E2"), 0m, 100m);
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task What_a_deal_would_pay_counts_the_others_as_they_are()
    {
        await using var platform = await StartAsync(Pool);
        await platform.SellAsync("T1", "E1", "2025-01-05", "300");
        await platform.SellAsync("T2", "E2", "2025-01-06", "300");
        var estimate = (await platform.PostAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/estimate", """{"deals":[{"date":"2025-01-20","amount":"600"}]}""")).Expect(200).Json;
        // 900 of 1,200 are three quarters of 100; half of 50 are due now.
        Assert.Equal(50m, estimate.Money("difference"));
    }

    [Fact]
    public async Task The_explanation_of_a_part_names_sums_and_counts_and_nobody_else()
    {
        await using var platform = await StartAsync(Pool);
        await platform.SellAsync("T1", "E1", "2025-01-05", "300");
        await platform.SellAsync("T2", "E2", "2025-01-06", "100");
        var explained = (await platform.ExplainAsync("E1", "2025-01")).GetRawText();
        Assert.Contains("figures of all", explained, StringComparison.Ordinal);
        Assert.Contains("2 reps", explained, StringComparison.Ordinal);
        Assert.DoesNotContain("E2", explained, StringComparison.Ordinal);
    }

    private static async Task<TestPlatform> StartAsync(string plan)
    {
        var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        (await platform.PutAsync("/v1/plans/crm/team", plan)).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/M1", """{"name":"Mia"}""")).Expect(201);
        foreach (var rep in new[] { "E1", "E2" })
        {
            (await platform.PutAsync($"/v1/reps/hris/{rep}", $$"""{"name":"{{rep}}","plan":"team","manager":"M1"}""")).Expect(201);
        }
        return platform;
    }

    private static async Task<decimal> LiveAsync(TestPlatform platform, string rep, string period = "2025-01")
    {
        var live = (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", rep)}/live?period={period}")).Expect(200).Json;
        return live.GetProperty("periods")[0].Money("payout");
    }
}
