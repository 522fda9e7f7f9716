using System.Text.Json;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Problems;

public sealed class ProblemTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_deal_of_nobody_is_a_problem_until_it_is_corrected()
    {
        await _platform.PostAsync("""{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"99.50","currency":"USD"}""", 201);

        var problem = Assert.Single(await _platform.AllAsync("/v1/problems"));
        Assert.Equal(("uncredited", "99.50", "USD", "2025-01-05", "2025-01"), (problem.Text("code"), problem.Text("amount"), problem.Text("currency"), problem.Text("date"), problem.Text("period")));
        Assert.Equal(JsonValueKind.Null, problem.GetProperty("rep").ValueKind);
        Assert.Equal("T1", (await _platform.GetAsync($"/v1/transactions/{problem.Text("transaction")}")).Expect(200).Json.Text("external_id"));
        Assert.Equal("uncredited 1 99.50 USD", await SummaryAsync());

        await _platform.PostAsync(SmallCompany.Order("T1", "E1", "2025-01-05", "99.50", version: 2), 200);
        Assert.Empty(await _platform.AllAsync("/v1/problems"));
        Assert.Equal("", await SummaryAsync());
    }

    [Fact]
    public async Task What_was_odd_about_a_version_that_a_newer_one_of_the_same_file_replaces_is_no_problem()
    {
        await _platform.ImportAsync("transactions", """
            {"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"99.50","currency":"USD","version":1}
            {"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"99.50","currency":"USD","rep":"E1","version":2}
            """);

        Assert.Empty(await _platform.AllAsync("/v1/problems"));
        Assert.Equal("", await SummaryAsync());
    }

    [Fact]
    public async Task A_missing_quota_is_a_problem_of_the_reps_month_until_the_quota_is_set()
    {
        (await _platform.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","plan":"ae"}""")).Expect(201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E3", "2025-12-05", "400"), 201);

        var problem = Assert.Single(await _platform.AllAsync("/v1/problems?rep=E3"));
        Assert.Equal(("quota_missing", "null", "E3", "400.00", "2025-12"), (problem.Text("code"), problem.Text("transaction"), problem.GetProperty("rep").Text("external_id"), problem.Text("amount"), problem.Text("period")));
        Assert.EndsWith("(AE: AE commission: 2025-01 has none)", problem.Text("detail"), StringComparison.Ordinal);

        for (var month = 1; month <= 12; month++)
        {
            (await _platform.PutAsync("/v1/quotas", $$"""{"rep":"E3","measure":"bookings","period":"2025-{{month:00}}","amount":"1000"}""")).Expect(201);
        }
        Assert.Empty(await _platform.AllAsync("/v1/problems?rep=E3"));
    }

    [Fact]
    public async Task A_problem_of_a_rep_who_was_never_paid_ends_with_its_deal_also_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("spm-problems-").FullName;
        await using (var before = await TestPlatform.StartAsync(data))
        {
            await SmallCompany.CreateAsync(before);
            (await before.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","plan":"ae"}""")).Expect(201);
            Assert.Empty(await before.AllAsync("/v1/problems?rep=E3"));
            await before.PostAsync(SmallCompany.Order("T1", "E3", "2025-12-05", "400"), 201);
            Assert.Single(await before.AllAsync("/v1/problems?rep=E3"));
        }
        await using (var after = await TestPlatform.StartAsync(data))
        {
            await after.PostAsync(SmallCompany.Order("T1", "E1", "2025-12-05", "400", version: 2), 200);
            Assert.Empty(await after.AllAsync("/v1/problems?rep=E3"));
            await after.PostAsync(SmallCompany.Order("T1", "E3", "2025-12-05", "400", version: 3), 200);
            Assert.Single(await after.AllAsync("/v1/problems?rep=E3"));
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task What_a_measure_counts_is_told_as_a_number_and_not_as_money()
    {
        (await _platform.PutAsync("/v1/plans/crm/count", SmallCompany.Document("Count", """{"id":"c","measure":"deals","quota":"full","attainment_period":"month","rate_table":{"mode":"step","yields":"per_unit","tiers":[{"from":"0","rate":"5"}]}}"""))).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/E3", """{"name":"Rep E3","plan":"count"}""")).Expect(201);
        await _platform.PostAsync(SmallCompany.Order("T1", "E3", "2025-12-05", "400"), 201);

        var problem = Assert.Single(await _platform.AllAsync("/v1/problems?rep=E3"));
        Assert.Equal(("quota_missing", "1.00", "XXX"), (problem.Text("code"), problem.Text("amount"), problem.Text("currency")));
        Assert.Equal("quota_missing 1 1.00 XXX", await SummaryAsync());
    }

    [Theory]
    [InlineData("margin")]
    [InlineData("margin * 1")]
    public async Task A_deal_whose_value_a_measure_does_not_know_is_a_problem_until_it_is_sent(string value)
    {
        (await _platform.PutAsync("/v1/plans/crm/mg", $$"""
            {"plan":"mg","name":"Margin","currency":"USD","versions":[{"effective_from":"2025-01-01","measures":[{"id":"gross","value":"{{value}}","kinds":["order","refund"]}],
             "components":[{"id":"c","name":"On margin","measure":"gross","rate":10}]}]}
            """)).Expect(201);
        (await _platform.PutAsync("/v1/reps/hris/GM", """{"name":"Rep GM","plan":"mg"}""")).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T0","kind":"order","date":"2025-01-05","amount":"50","margin":"20","currency":"USD","rep":"GM"}""", 201);
        await _platform.PostAsync(SmallCompany.Order("T1", "GM", "2025-01-06", "400"), 201);

        var problem = Assert.Single(await _platform.AllAsync("/v1/problems?rep=GM"));
        Assert.Equal(("measure_value_unknown", "400.00", "2025-01"), (problem.Text("code"), problem.Text("amount"), problem.Text("period")));
        Assert.Contains("(Margin: On margin: gross of order txn_", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("T1", (await _platform.GetAsync($"/v1/transactions/{problem.Text("detail").Split(' ')[^1].TrimEnd(')')}")).Expect(200).Json.Text("external_id"));

        await _platform.PostAsync("""{"source":"crm","external_id":"T1","version":2,"kind":"order","date":"2025-01-06","amount":"400","margin":"0","currency":"USD","rep":"GM"}""", 200);
        Assert.Empty(await _platform.AllAsync("/v1/problems?rep=GM"));
    }

    [Fact]
    public async Task Problems_are_filtered_by_code_period_and_rep_and_paged()
    {
        (await _platform.PutAsync("/v1/reps/hris/OUT", """{"name":"Left","left_on":"2025-01-01"}""")).Expect(201);
        for (var i = 1; i <= 5; i++)
        {
            await _platform.PostAsync($$"""{"source":"crm","external_id":"U{{i}}","kind":"order","date":"2025-0{{i}}-05","amount":"{{i}}","currency":"USD"}""", 201);
            await _platform.PostAsync(SmallCompany.Order($"L{i}", "OUT", $"2025-0{i}-06", "10"), 201);
        }

        Assert.Equal(10, (await _platform.AllAsync("/v1/problems?limit=3")).Select(p => p.Text("id")).Distinct().Count());
        Assert.Equal(["1.00", "2.00", "3.00"], (await _platform.AllAsync("/v1/problems?code=uncredited&period=2025-Q1")).Select(p => p.Text("amount")));
        Assert.Equal(["rep_not_employed"], (await _platform.AllAsync("/v1/problems?rep=OUT")).Select(p => p.Text("code")).Distinct());
        Assert.Equal("rep_not_employed 5 50.00 USD; uncredited 5 15.00 USD", await SummaryAsync());
        Assert.Equal("period_unknown", (await _platform.GetAsync("/v1/problems?period=1999")).Expect(422).Code);
        Assert.Equal("rep_unknown", (await _platform.GetAsync("/v1/problems?rep=nobody")).Expect(422).Code);
        Assert.Equal("parameter_invalid", (await _platform.GetAsync("/v1/problems?code=zz")).Expect(400).Code);
        Assert.Equal("cursor_invalid", (await _platform.GetAsync("/v1/problems?cursor=x")).Expect(400).Code);
    }

    [Fact]
    public async Task Territory_problems_vanish_when_the_territory_is_corrected()
    {
        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West"}""")).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T1","kind":"order","date":"2025-01-05","amount":"50","currency":"USD","territory":"W"}""", 201);
        await _platform.PostAsync("""{"source":"crm","external_id":"T2","kind":"order","date":"2025-01-05","amount":"60","currency":"USD","territory":"W","rep":"E1"}""", 201);
        Assert.Equal("outside_territory 1 60.00 USD; territory_without_owner 1 50.00 USD", await SummaryAsync());

        (await _platform.PutAsync("/v1/territories/crm/W", """{"name":"West","reps":[{"rep":"E1","role":"owner","percent":"100"}]}""")).Expect(200);

        Assert.Equal("", await SummaryAsync());
        Assert.StartsWith("credited 110.00", await _platform.LiveAsync("E1", "2025-01"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("payment", "80.00")]
    [InlineData("refund", "-80.00")]
    [InlineData("cancellation", "80.00")]
    public async Task What_is_about_a_deal_that_is_not_here_is_a_problem_until_the_deal_comes(string kind, string atStake)
    {
        var answer = (await _platform.PostAsync("/v1/transactions", About("X1", kind, "D1"))).Expect(201);
        Assert.Equal("deal_unknown", Assert.Single(answer.Json.GetProperty("problems").EnumerateArray()).Text("code"));
        Assert.Equal($"deal_unknown 1 {atStake} USD", await SummaryAsync());

        await _platform.PostAsync(SmallCompany.Order("D1", "E1", "2025-01-03", "500"), 201);
        Assert.Equal("", await SummaryAsync());

        // Taken back, it is as if it had never come; restored, it is there again.
        await _platform.PostAsync(Taken("D1", 2, "true"), 200);
        Assert.Equal($"deal_unknown 1 {atStake} USD", await SummaryAsync());
        await _platform.PostAsync(Taken("D1", 3, "false"), 200);
        Assert.Equal("", await SummaryAsync());
    }

    [Fact]
    public async Task A_deal_may_stand_anywhere_in_a_file_and_a_change_of_the_company_leaves_the_list_alone()
    {
        string[] rows = [About("X1", "refund", "D1"), About("X2", "refund", "D2"), About("X3", "payment", "X3"), SmallCompany.Order("D1", "E1", "2025-01-03", "500"), About("X2", "refund", "D3", version: 2)];
        await _platform.ImportAsync("transactions", string.Join('\n', rows));
        Assert.Equal("deal_unknown 1 -80.00 USD", await SummaryAsync());

        // Crediting others rewrites what is odd about the crediting, and nothing else.
        (await _platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","title":"AE","plan":"ae","left_on":"2025-01-02"}""")).Expect(200);
        Assert.Contains("deal_unknown 1 -80.00 USD", await SummaryAsync(), StringComparison.Ordinal);
        await _platform.ImportAsync("transactions", SmallCompany.Order("D3", "E2", "2025-01-03", "500"));
        Assert.DoesNotContain("deal_unknown", await SummaryAsync(), StringComparison.Ordinal);
    }

    private static string About(string id, string kind, string deal, int version = 1) =>
        $$"""{"source":"crm","external_id":"{{id}}","version":{{version}},"kind":"{{kind}}","date":"2025-01-09","amount":"80","currency":"USD","rep":"E1","deal":"{{deal}}"}""";

    private static string Taken(string id, int version, string deleted) =>
        $$"""{"source":"crm","external_id":"{{id}}","version":{{version}},"kind":"order","date":"2025-01-03","amount":"500","currency":"USD","rep":"E1","deleted":{{deleted}}}""";

    private async Task<string> SummaryAsync() => string.Join("; ", (await _platform.AllAsync("/v1/problems/summary"))
        .Select(s => $"{s.Text("code")} {s.GetProperty("count")} {s.Text("amount_at_stake")} {s.Text("currency")}"));
}
