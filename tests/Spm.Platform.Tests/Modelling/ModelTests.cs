using Spm.Client;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Modelling;

public sealed class ModelTests
{
    private const string Components = """{"id":"b","measure":"bookings","quota":"to_date","rate_table":{"mode":"step","tiers":[{"from":0,"to":100,"rate":4},{"from":100,"rate":20}]}}""";

    [Fact]
    public async Task An_estimate_is_what_the_payout_is_once_the_deal_is_sent_and_changes_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "900");
        var rep = await platform.IdAsync("reps", "E1");

        var estimate = (await platform.PostAsync($"/v1/reps/{rep}/estimate", """{"deals":[{"date":"2025-01-20","amount":"300"}]}""")).Expect(200).Json;

        Assert.Equal("25.00", estimate.MoneyText("difference"));
        var month = Assert.Single(estimate.GetProperty("periods").EnumerateArray());
        Assert.Equal(("2025-01", "45.00", "70.00"), (month.Text("period"), month.MoneyText("before"), month.MoneyText("after")));
        Assert.Equal("70.00", month.GetProperty("calculation").Text("value"));
        var component = estimate.GetProperty("components").EnumerateArray().First(c => c.Text("period") == "2025-01");
        Assert.Equal(("90", "120"), (component.Text("attainment_before"), component.Text("attainment_after")));
        Assert.Equal(45m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
        await platform.SellAsync("T2", "E1", "2025-01-20", "300");
        Assert.Equal(70m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
    }

    [Fact]
    public async Task A_deal_of_a_closed_month_is_estimated_as_paid_in_the_first_open_one()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.CloseAsync("2025-01");

        var estimate = (await platform.PostAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/estimate", """{"deals":[{"date":"2025-01-20","amount":"10"}]}""")).Expect(200).Json;

        Assert.Equal([("2025-01", "2025-02")], estimate.GetProperty("periods").EnumerateArray().Select(p => (p.Text("period"), p.Text("paid_in"))));
    }

    [Fact]
    public async Task An_estimate_of_a_later_month_does_not_count_the_months_between_as_losses()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "2000");
        var estimate = (await platform.PostAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/estimate", """{"deals":[{"date":"2025-04-20","amount":"10"}]}""")).Expect(200).Json;
        Assert.Equal("0.50", estimate.MoneyText("difference"));
    }

    [Theory]
    [InlineData("""{"deals":[]}""", "deals", "limit_exceeded")]
    [InlineData("""{"deals":[{"date":"2031-01-01","amount":"1"}]}""", "deals/0/date", "date_outside_calendar")]
    [InlineData("""{"deals":[{"date":"2025-01-01","amount":"-1"}]}""", "deals/0/amount", "amount_negative")]
    [InlineData("""{"deals":[{"date":"2025-01-01","amount":"10000000000001"}]}""", "deals/0/amount", "amount_too_large")]
    [InlineData("""{"deals":[{"date":"2025-01-01","amount":"1","percent":"101"}]}""", "deals/0/percent", "percent_invalid")]
    [InlineData("""{"deals":[{"date":"2025-01-01","amount":"1","facts":{"a":[1]}}]}""", "deals/0/facts/a", "fact_invalid")]
    public async Task What_cannot_be_estimated_is_refused_by_field_and_rule(string body, string field, string code)
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var refused = await platform.PostAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/estimate", body);
        var error = refused.Json.GetProperty("errors")[0];
        Assert.Equal(($"/{field}", code), (error.Text("pointer"), error.Text("code")));
    }

    [Fact]
    public async Task A_remodelled_year_shows_cost_winners_and_losers_and_is_what_the_plan_then_pays()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "800");
        await platform.SellAsync("T2", "E2", "2025-01-05", "2000");
        var plan = await platform.IdAsync("plans", "ae");

        var model = (await platform.PostAsync($"/v1/plans/{plan}/remodel", $$"""{"year":"2025","document":{{SmallCompany.Document("ae", Components)}} }""")).Expect(200).Json;

        // 5 and 10 % against 4 and 20 %: 40 + 150 against 32 + 240.
        Assert.Equal((2, "190.00", "272.00", "82.00"), (model.GetProperty("reps").GetInt32(), model.GetProperty("current").MoneyText("total"), model.GetProperty("changed").MoneyText("total"), model.MoneyText("difference")));
        Assert.Equal("E2", Assert.Single(model.GetProperty("winners").EnumerateArray()).GetProperty("rep").Text("external_id"));
        Assert.Equal("-8.00", Assert.Single(model.GetProperty("losers").EnumerateArray()).MoneyText("difference"));
        Assert.Equal(("280.00", "0.6786"), (model.GetProperty("current").Text("attainment_points"), model.GetProperty("current").Text("cost_per_point")));
        Assert.Equal(40m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));

        (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("ae", Components))).Expect(200);
        Assert.Equal((32m, 240m), ((await platform.MonthAsync("E1", "2025-01")).Money("payout"), (await platform.MonthAsync("E2", "2025-01")).Money("payout")));
    }

    [Fact]
    public async Task A_model_may_look_at_single_deals_where_the_plan_does_not()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "800");
        await platform.SellAsync("T2", "E1", "2025-02-05", "300");
        const string perDeal = """{"id":"b","measure":"bookings","per":"deal","rate":10,"caps":[{"per":"deal","amount":50}]}""";
        var model = (await platform.PostAsync($"/v1/plans/{await platform.IdAsync("plans", "ae")}/remodel", $$"""{"year":"2025","document":{{SmallCompany.Document("ae", perDeal)}} }""")).Expect(200).Json;
        Assert.Equal("80.00", model.GetProperty("changed").MoneyText("total"));
    }

    [Fact]
    public async Task The_client_estimates_remodels_and_checks()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "900");
        var modelling = platform.Client.Modelling;
        var document = "// as it stands in the file\n" + SmallCompany.Document("ae", Components);

        var estimate = await modelling.EstimateAsync(await platform.IdAsync("reps", "E1"), [new EstimatedDeal(new DateOnly(2025, 1, 20), 600m) { Percent = 50, Facts = new Dictionary<string, object> { ["years"] = 3 } }]);
        var model = await modelling.RemodelAsync(await platform.IdAsync("plans", "ae"), "2025", document);
        var check = await modelling.CheckPlanAsync(document);

        Assert.Equal((25m, 70m), (estimate.Difference.Amount, Assert.Single(estimate.Periods).Calculation.Value));
        Assert.Equal((45m, 36m), (model.Current.Total.Amount, model.Changed.Total.Amount));
        Assert.True(check.Accepted);
    }

    [Fact]
    public async Task A_document_that_breaks_a_rule_cannot_be_modelled()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var refused = await platform.PostAsync($"/v1/plans/{await platform.IdAsync("plans", "ae")}/remodel", """{"year":"2025","document":{"plan":"ae","currency":"USD","versions":[]}}""");
        Assert.Equal((422, "plan_invalid", "/document/versions"), (refused.Status, refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
    }
}
