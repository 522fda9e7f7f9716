using System.Text.Json;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Transactions;

/// <summary>A transaction that names nobody is credited as its deal is, whichever of the two comes first, and whatever becomes of the deal.</summary>
public sealed class DealCreditingTests : IAsyncLifetime
{
    private const string Splits = """
        {"source":"crm","external_id":"D","kind":"order","date":"2025-01-05","amount":"1000","currency":"USD","splits":[{"rep":"E1","percent":"60"},{"rep":"E2","percent":"40"}]}
        """;

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(_platform);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_comes_first_both_are_credited_alike(bool dealFirst)
    {
        foreach (var body in dealFirst ? [Splits, About("P", "D", "500")] : (string[])[About("P", "D", "500"), Splits])
        {
            await _platform.PostAsync(body, 201);
        }

        Assert.Equal("E1 60 % 300.00, E2 40 % 200.00", await CreditsAsync("P"));
        Assert.Empty(await _platform.AllAsync("/v1/problems"));
        Assert.Equal(await IdAsync("D"), (await CreditsViewAsync("P")).Text("credited_as"));
        Assert.Equal(JsonValueKind.Null, (await CreditsViewAsync("D")).GetProperty("credited_as").ValueKind);
    }

    [Fact]
    public async Task The_answer_to_the_post_says_who_is_credited()
    {
        await _platform.PostAsync(Splits, 201);
        var posted = (await _platform.PostAsync("/v1/transactions", About("R", "D", "100.01", "refund"))).Expect(201).Json;

        Assert.Equal(["-60.006", "-40.004"], posted.GetProperty("credits").EnumerateArray().Select(c => c.GetProperty("amount").Text("amount")));
        Assert.Equal(await IdAsync("D"), posted.Text("credited_as"));
        Assert.Empty(posted.GetProperty("problems").EnumerateArray());
        Assert.Equal("unchanged", (await _platform.PostAsync("/v1/transactions", About("R", "D", "100.01", "refund"))).Expect(200).Json.Text("result"));
        // 5 % of what is left: 539.994 and 359.996.
        Assert.Equal((27.00m, 18.00m), ((await IncentiveAsync("E1")), (await IncentiveAsync("E2"))));
    }

    [Fact]
    public async Task The_answer_to_what_is_here_already_says_what_is_listed_of_it()
    {
        await _platform.PostAsync(About("P", "D", "500"), 201);
        var posted = (await _platform.PostAsync("/v1/transactions", About("P", "D", "500"))).Expect(200).Json;

        Assert.Equal("unchanged", posted.Text("result"));
        Assert.Equal(["uncredited", "deal_unknown"], posted.GetProperty("problems").EnumerateArray().Select(p => p.Text("code")));
    }

    [Fact]
    public async Task A_deal_that_goes_to_others_takes_along_what_is_about_it()
    {
        await _platform.PostAsync(Splits, 201);
        await _platform.PostAsync(About("R", "D", "100", "refund"), 201);
        await _platform.PostAsync(SmallCompany.Order("D", "E2", "2025-01-05", "1000", version: 2), 200);

        Assert.Equal("E2 100 % -100.00", await CreditsAsync("R"));
        Assert.Equal((0m, 45m), ((await IncentiveAsync("E1")), (await IncentiveAsync("E2"))));
    }

    [Fact]
    public async Task A_deal_that_is_taken_back_leaves_what_is_about_it_to_nobody_until_it_comes_again()
    {
        await _platform.PostAsync(Splits, 201);
        await _platform.PostAsync(About("R", "D", "100", "refund"), 201);
        await _platform.PostAsync(Splits.Trim()[..^1] + ""","version":2,"deleted":true}""", 200);
        Assert.Equal("", await CreditsAsync("R"));
        Assert.Equal(["deal_unknown", "uncredited"], (await _platform.AllAsync("/v1/problems")).Select(p => p.Text("code")).Order(StringComparer.Ordinal));
        Assert.Equal((0m, 0m), ((await IncentiveAsync("E1")), (await IncentiveAsync("E2"))));

        await _platform.PostAsync(Splits.Trim()[..^1] + ""","version":3}""", 200);
        Assert.Equal("E1 60 % -60.00, E2 40 % -40.00", await CreditsAsync("R"));
        Assert.Empty(await _platform.AllAsync("/v1/problems"));
    }

    [Fact]
    public async Task A_deal_that_names_nobody_leads_nowhere_until_it_names_somebody()
    {
        await _platform.PostAsync(About("D", "", "1000", "order"), 201);
        await _platform.PostAsync(About("P", "D", "500"), 201);
        Assert.Equal("", await CreditsAsync("P"));

        await _platform.PostAsync(SmallCompany.Order("D", "E1", "2025-01-05", "1000", version: 2), 200);
        Assert.Equal("E1 100 % 500.00", await CreditsAsync("P"));
    }

    [Fact]
    public async Task One_step_is_taken_and_a_circle_leads_nowhere()
    {
        await _platform.PostAsync(SmallCompany.Order("D", "E1", "2025-01-05", "1000"), 201);
        await _platform.PostAsync(About("I", "D", "1000", "invoice"), 201);
        await _platform.PostAsync(About("P", "I", "1000"), 201);
        await _platform.PostAsync(About("A", "B", "1000", "order"), 201);
        await _platform.PostAsync(About("B", "A", "1000", "order"), 201);

        Assert.Equal(("E1 100 % 1000.00", "", "", ""), (await CreditsAsync("I"), await CreditsAsync("P"), await CreditsAsync("A"), await CreditsAsync("B")));
    }

    [Fact]
    public async Task What_names_somebody_itself_is_not_credited_as_its_deal()
    {
        await _platform.PostAsync(Splits, 201);
        await _platform.PostAsync(About("P", "D", "500").Replace("\"deal\"", "\"rep\":\"E2\",\"deal\"", StringComparison.Ordinal), 201);
        await _platform.PostAsync(About("H", "D", "500").Replace("\"deal\"", "\"house\":true,\"deal\"", StringComparison.Ordinal), 201);

        Assert.Equal(("E2 100 % 500.00", ""), (await CreditsAsync("P"), await CreditsAsync("H")));
    }

    [Fact]
    public async Task The_deal_of_another_source_is_another_one()
    {
        await _platform.PostAsync(Splits, 201);
        await _platform.PostAsync(About("P", "D", "500").Replace("\"crm\"", "\"erp\"", StringComparison.Ordinal), 201);

        Assert.Equal(["deal_unknown", "uncredited"], (await _platform.AllAsync("/v1/problems")).Select(p => p.Text("code")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task In_one_file_the_newest_version_of_the_deal_decides_wherever_it_stands()
    {
        string Deal(string rep, int version) => SmallCompany.Order("D", rep, "2025-01-05", "1000", version);
        await _platform.ImportAsync("transactions", string.Join('\n', Deal("E1", 2), About("P", "D", "1"), Deal("E2", 3), About("Q", "D", "2"), Deal("E1", 1)));
        await _platform.ImportAsync("transactions", string.Join('\n', About("S", "D", "3"), Deal("E1", 2)));

        Assert.Equal(("E2 100 % 1.00", "E2 100 % 2.00", "E2 100 % 3.00"), (await CreditsAsync("P"), await CreditsAsync("Q"), await CreditsAsync("S")));
        Assert.Equal(0m, await IncentiveAsync("E1"));
    }

    [Fact]
    public async Task A_file_of_deals_finds_the_payments_that_wait_for_them()
    {
        await _platform.ImportAsync("transactions", string.Join('\n', Enumerable.Range(0, 40).Select(i => About($"P{i}", $"D{i}", "10", "refund"))));
        await _platform.ImportAsync("transactions", string.Join('\n', Enumerable.Range(0, 40).Select(i => SmallCompany.Order($"D{i}", i % 2 == 0 ? "E1" : "E2", "2025-01-05", "30"))));

        Assert.Empty(await _platform.AllAsync("/v1/problems"));
        Assert.Equal((20m, 20m), ((await IncentiveAsync("E1")), (await IncentiveAsync("E2"))));
    }

    [Fact]
    public async Task It_is_credited_to_the_owners_of_the_deals_day_and_a_change_of_them_credits_both_anew()
    {
        string West(string owners) => $$"""{"name":"West","reps":[{{owners}}]}""";
        (await _platform.PutAsync("/v1/territories/crm/W", West("""{"rep":"E1","role":"owner","percent":"100","to":"2025-01-20"},{"rep":"E2","role":"owner","percent":"100","from":"2025-01-20"}"""))).Expect(201);
        await _platform.PostAsync("""{"source":"crm","external_id":"D","kind":"order","date":"2025-01-05","amount":"1000","currency":"USD","territory":"W"}""", 201);
        await _platform.PostAsync(About("R", "D", "100", "refund"), 201);
        Assert.Equal("E1 100 % -100.00", await CreditsAsync("R"));

        (await _platform.PutAsync("/v1/territories/crm/W", West("""{"rep":"E2","role":"owner","percent":"100"}"""))).Expect(200);
        Assert.Equal("E2 100 % -100.00", await CreditsAsync("R"));
        Assert.Equal((0m, 45m), ((await IncentiveAsync("E1")), (await IncentiveAsync("E2"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_that_names_nobody_releases_what_was_held_for_its_deal(bool dealFirst)
    {
        (await _platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("AE", """{"id":"b","measure":"bookings","rate":10,"hold":{"until":"cash","percent":50}}"""))).Expect(200);
        foreach (var body in dealFirst ? [Splits, About("P", "D", "400")] : (string[])[About("P", "D", "400"), Splits])
        {
            await _platform.PostAsync(body, 201);
        }

        // 60 and 40 are earned, a half of each is held, and 40 % of that is paid for.
        Assert.Equal((30m, 12m), (await AmountAsync("E1", "2025-01"), await AmountAsync("E1", "2025-02")));
        Assert.Equal((20m, 8m), (await AmountAsync("E2", "2025-01"), await AmountAsync("E2", "2025-02")));
    }

    [Fact]
    public async Task Who_has_left_since_the_deal_gets_nothing_and_the_money_is_listed()
    {
        (await _platform.PutAsync("/v1/reps/hris/E2", """{"name":"Rep E2","plan":"ae","left_on":"2025-02-01"}""")).Expect(200);
        await _platform.PostAsync(Splits, 201);
        await _platform.PostAsync(About("P", "D", "500"), 201);

        Assert.Equal("E1 60 % 300.00", await CreditsAsync("P"));
        Assert.Equal(("rep_not_employed", "200.00"), (Assert.Single(await _platform.AllAsync("/v1/problems?code=rep_not_employed")) is var p ? p.Text("code") : "", p.Text("amount")));
    }

    /// <summary>Of February, as refunds are of January.</summary>
    private static string About(string id, string deal, string amount, string kind = "payment") =>
        $$"""{"source":"crm","external_id":"{{id}}","kind":"{{kind}}","date":"{{(kind == "payment" ? "2025-02-10" : "2025-01-25")}}","amount":"{{amount}}","currency":"USD","deal":"{{deal}}"}""";

    private async Task<string> IdAsync(string externalId) => (await _platform.ListAsync($"/v1/transactions?source=crm&external_id={externalId}"))[0].Text("id");

    private async Task<JsonElement> CreditsViewAsync(string externalId) => (await _platform.GetAsync($"/v1/transactions/{await IdAsync(externalId)}/credits")).Expect(200).Json;

    private async Task<string> CreditsAsync(string externalId) => string.Join(", ", (await CreditsViewAsync(externalId)).GetProperty("credits").EnumerateArray()
        .Select(c => $"{c.GetProperty("rep").Text("external_id")} {c.Text("percent")} % {c.GetProperty("amount").Text("amount")}"));

    private async Task<decimal> IncentiveAsync(string rep) => await AmountAsync(rep, "2025-01");

    private async Task<decimal> AmountAsync(string rep, string month) => (await _platform.ListAsync($"/v1/payouts?rep={rep}&period={month}")).Sum(p => p.Money("amount"));
}
