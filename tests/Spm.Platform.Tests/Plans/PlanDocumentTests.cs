using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Plans;

/// <summary>Plans as documents through the platform's door.</summary>
public sealed class PlanDocumentTests
{
    private const string Rate = """{"id":"b","measure":"bookings","rate":10}""";

    [Fact]
    public async Task A_plan_is_refused_while_one_of_its_tests_fails_and_the_error_says_what_is_and_what_was_expected()
    {
        await using var platform = await StartAsync();
        const string failing = ""","tests":[{"name":"ten percent","transactions":[{"date":"2025-01-10","amount":1000}],"expect":[{"period":"2025-01","is":101}]}]""";

        var refused = await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", Rate, failing));

        Assert.Equal((422, "plan_test_failed"), (refused.Status, refused.Code));
        Assert.Contains("'ten percent' fails: payout of rep, 2025-01 is 100, expected 101", refused.Json.GetProperty("errors")[0].Text("detail"), StringComparison.Ordinal);
        Assert.Equal("/tests/0/expect/0", refused.Json.GetProperty("errors")[0].Text("pointer"));
        Assert.Empty(await platform.AllAsync("/v1/plans"));
        Assert.Empty(await platform.AllAsync("/v1/measures"));
        (await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", Rate, failing.Replace("101", "100", StringComparison.Ordinal)))).Expect(201);
    }

    [Theory]
    [InlineData("""{"id":"b","measure":"bookings","rate":10,"colour":"red"}""", "versions/0/components/0/colour", "field_unknown")]
    [InlineData("""{"id":"b","measure":"revenue","rate":10}""", "versions/0/components/0/measure", "measure_unknown")]
    [InlineData("""{"id":"b","measure":"bookings","rate_table":{"mode":"steep","tiers":[{"from":0,"rate":1}]}}""", "versions/0/components/0/rate_table/mode", "")]
    [InlineData("""{"id":"b","measure":"bookings","earn":"to_date *"}""", "versions/0/components/0/earn", "")]
    public async Task Each_error_of_a_document_names_its_place_and_its_rule(string component, string field, string rule)
    {
        await using var platform = await StartAsync();
        var refused = await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", component));
        Assert.Equal((422, "plan_invalid"), (refused.Status, refused.Code));
        var error = Assert.Single(refused.Json.GetProperty("errors").EnumerateArray(), e => e.Text("pointer") == $"/{field}");
        Assert.StartsWith(rule, error.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_pays_in_the_companys_currency()
    {
        await using var platform = await StartAsync();
        var refused = await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", Rate).Replace("USD", "EUR", StringComparison.Ordinal));
        Assert.Equal(("plan_invalid", "/currency"), (refused.Code, refused.Json.GetProperty("errors")[0].Text("pointer")));
    }

    [Fact]
    public async Task A_measure_that_the_company_lacks_comes_with_the_plan_and_quotas_can_be_set_for_it()
    {
        await using var platform = await StartAsync();
        (await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", """{"id":"b","measure":"bookings","quota":"full","rate_table":{"mode":"step","tiers":[{"from":0,"to":100,"rate":5},{"from":100,"rate":10}]}}"""))).Expect(201);
        Assert.Equal([("bookings", "amount"), ("deals", "count")], (await platform.AllAsync("/v1/measures")).Select(m => (m.Text("external_id"), m.Text("value"))).Order());
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"p"}""")).Expect(201);
        (await platform.PutAsync("/v1/quotas", """{"rep":"E1","measure":"bookings","period":"2025","amount":"1000"}""")).Expect(201);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        Assert.Equal(100m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
    }

    [Fact]
    public async Task What_is_put_comes_back_as_it_was_put()
    {
        await using var platform = await StartAsync();
        var document = SmallCompany.Document("p", Rate.Replace("10", "10.50", StringComparison.Ordinal), ""","note":"as agreed" """);
        var put = (await platform.PutAsync("/v1/plans/crm/p", document)).Expect(201).Json;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(document).RootElement, put.GetProperty("document")), put.GetProperty("document").GetRawText());
        Assert.Contains("10.50", put.GetProperty("document").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_says_what_a_put_would_and_what_to_look_at_and_keeps_nothing()
    {
        await using var platform = await StartAsync();
        const string cliff = """{"id":"b","measure":"bookings","quota":"full","rate_table":{"mode":"flat","tiers":[{"from":0,"to":100,"rate":1},{"from":100,"rate":10}]}}""";
        var check = (await platform.PostAsync("/v1/plans/check", SmallCompany.Document("p", cliff))).Expect(200).Json;
        Assert.True(check.GetProperty("accepted").GetBoolean());
        Assert.Contains("cliff", check.GetProperty("findings").EnumerateArray().Select(f => f.Text("code")));
        Assert.Empty(await platform.AllAsync("/v1/plans"));

        var refused = (await platform.PostAsync("/v1/plans/check", """{"plan":"p"}""")).Expect(200).Json;
        Assert.False(refused.GetProperty("accepted").GetBoolean());
        Assert.Contains(refused.GetProperty("errors").EnumerateArray(), e => e.Text("detail").Contains("'currency' is missing", StringComparison.Ordinal));

        var id = (await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", cliff))).Expect(201).Json.Text("id");
        Assert.Contains("cliff", (await platform.GetAsync($"/v1/plans/{id}/findings")).Expect(200).Json.GetProperty("data").EnumerateArray().Select(f => f.Text("code")));
    }

    [Fact]
    public async Task Facts_of_reps_and_deals_reach_the_expressions_of_a_plan()
    {
        await using var platform = await StartAsync();
        const string document = """
            {"plan":"p","currency":"USD","facts":{"deal":{"years":"number"},"rep":{"grade":"text"}},"versions":[{"effective_from":"2025-01-01",
            "measures":[{"id":"weighted","value":"amount * facts.years","when":"rep.facts.grade = 'senior' and product <> 'trial'"}],
            "components":[{"id":"c","measure":"weighted","rate":1}]}]}
            """;
        (await platform.PutAsync("/v1/plans/crm/p", document)).Expect(201);
        Assert.Equal("by_plan", Assert.Single(await platform.AllAsync("/v1/measures")).Text("value"));
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"p","facts":{"grade":"senior"}}""")).Expect(201);
        await platform.PostAsync("""{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"100","currency":"USD","rep":"E1","product":"disk","facts":{"years":3}}""", 201);
        await platform.PostAsync("""{"source":"crm","external_id":"T2","kind":"order","date":"2025-01-06","amount":"100","currency":"USD","rep":"E1","product":"trial","facts":{"years":3}}""", 201);
        Assert.Equal(3m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
        // A corrected fact is a corrected deal, although no measure of the company counts it.
        await platform.PostAsync("""{"source":"crm","external_id":"T1","version":2,"kind":"order","date":"2025-01-05","amount":"100","currency":"USD","rep":"E1","product":"disk","facts":{"years":2}}""", 200);
        Assert.Equal(2m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"p","facts":{"grade":"junior"}}""")).Expect(200);
        Assert.Equal(0m, (await platform.MonthAsync("E1", "2025-01")).Money("payout"));
    }

    [Fact]
    public async Task A_rep_whose_figures_are_too_large_keeps_what_was_posted_and_stops_nobody_else()
    {
        await using var platform = await StartAsync();
        (await platform.PutAsync("/v1/plans/crm/p", SmallCompany.Document("p", Rate))).Expect(201);
        (await platform.PutAsync("/v1/plans/crm/q", SmallCompany.Document("q", """{"id":"b","measure":"bookings","earn":"to_date * 1000000000000 * 1000000000000"}"""))).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"p"}""")).Expect(201);
        (await platform.PutAsync("/v1/reps/hris/E2", """{"name":"Bob","plan":"p"}""")).Expect(201);
        await platform.SellAsync("T1", "E1", "2025-01-05", "5000000");
        await platform.SellAsync("T2", "E2", "2025-01-05", "100");
        Assert.Equal(500_000m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));

        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Ann","plan":"q"}""")).Expect(200);
        await platform.SellAsync("T3", "E2", "2025-01-06", "100");

        Assert.Equal(500_000m, (await platform.PayoutAsync("E1", "2025-01")).Money("amount"));
        Assert.Equal(20m, (await platform.PayoutAsync("E2", "2025-01")).Money("amount"));
        Assert.Equal("calculation_failed", Assert.Single(await platform.AllAsync("/v1/problems?rep=E1")).Text("code"));
    }

    [Fact]
    public async Task Live_figures_explain_themselves_before_anything_is_posted()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1500");
        var explained = (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/explain?period=2025-01")).Expect(200).Json;
        var component = Assert.Single(explained.GetProperty("components").EnumerateArray());
        Assert.Equal(("100.00", "1.50", "100.00"), (component.GetProperty("incentive").Text("value"), component.GetProperty("attainment").Text("value"), explained.GetProperty("calculation").Text("value")));
        Assert.Equal("period_not_month", (await platform.GetAsync($"/v1/reps/{await platform.IdAsync("reps", "E1")}/explain?period=2025")).Code);
    }

    private static async Task<TestPlatform> StartAsync()
    {
        var platform = await TestPlatform.StartAsync();
        (await platform.PutAsync("/v1/company", """{"name":"Acme","currency":"USD"}""")).Expect(200);
        (await platform.PutAsync("/v1/calendar/years/2025", """{"start":"2025-01-01"}""")).Expect(200);
        return platform;
    }

    [Fact]
    public async Task A_plan_that_counts_transactions_of_a_kind_which_there_are_not_is_refused_at_its_place()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var plan = SmallCompany.Document("x", """{"id":"b","measure":"bookings","rate":"5"}""").Replace("\"kinds\":[\"order\"]", "\"kinds\":[\"order\",\"meeting\"]", StringComparison.Ordinal);

        var refused = (await platform.PutAsync("/v1/plans/crm/x", plan)).Expect(422);

        Assert.Equal("plan_invalid", refused.Code);
        Assert.Equal("/versions/0/measures/1/kinds/1", refused.Json.GetProperty("errors")[0].Text("pointer"));
        Assert.Contains("`cancellation`", refused.Json.Text("detail"), StringComparison.Ordinal);
        Assert.False((await platform.PostAsync("/v1/plans/check", plan)).Expect(200).Json.GetProperty("accepted").GetBoolean());
        var kind = (await platform.PostAsync("/v1/transactions", SmallCompany.Order("T1", "E1", "2025-01-05", "1", kind: "meeting"))).Expect(422).Json;
        Assert.All((string[])["order", "invoice", "payment", "refund", "cancellation"], name => Assert.True(
            kind.Text("title").Contains(name, StringComparison.Ordinal) && kind.Text("detail").Contains(name, StringComparison.Ordinal)));
    }
}
