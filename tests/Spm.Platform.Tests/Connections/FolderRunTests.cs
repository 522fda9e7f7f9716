using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>From a source's records to what reps are paid, and what becomes of records that do not count.</summary>
public sealed class FolderRunTests
{
    [Fact]
    public async Task Won_deals_become_orders_and_others_count_for_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-05T10:00:00Z,One,400.25,USD,won,2025-01-05,E1,west
            D2,2025-01-05T10:00:00Z,Two,600,USD,open,2025-01-06,E1,west
            """);

        var id = await platform.ConnectFolderAsync();

        var run = (await platform.ListAsync($"/v1/connections/{id}/runs"))[0];
        Assert.Equal(("complete", "backfill"), (run.Text("status"), run.Text("cause")));
        Assert.Equal("read 2, created 1, ignored 1", run.Rows());
        var order = Assert.Single(await platform.ListAsync("/v1/transactions"));
        Assert.Equal(("crm2", "D1", "order", "400.25"), (order.Text("source"), order.Text("external_id"), order.Text("kind"), order.GetProperty("amount").Text("amount")));
        Assert.Equal(1736071200000, order.GetProperty("version").GetInt64());
        Assert.Contains("credited 400.25", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_change_at_the_source_corrects_and_a_deal_that_counts_no_more_is_taken_back()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,
            D2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,E1,
            D3,2025-01-05T10:00:00Z,Three,600,USD,won,2025-01-05,E1,
            """);
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-07T10:00:00Z,One,450,USD,won,2025-01-05,E1,
            D2,2025-01-07T10:00:00Z,Two,500,USD,lost,2025-01-05,E1,
            """);
        platform.Drop("opportunities-3.csv", "id,deleted\nD3,true\n");

        var run = await platform.RunAsync(id);

        Assert.Equal("read 3, corrected 3", run.Rows());
        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-4.csv", ConnectionSteps.DealHeader + "D1,2025-01-06T10:00:00Z,One,1,USD,won,2025-01-05,E1,\n");
        Assert.Equal("read 1, unchanged 1", (await platform.RunAsync(id)).Rows());
        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
        Assert.Equal("read 7, unchanged 7", (await platform.RunAsync(id, "backfill")).Rows());
        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_record_that_is_refused_is_listed_with_rule_field_and_money_and_comes_in_by_itself_once_it_can()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E9,
            D2,2025-01-05T10:00:00Z,Two,five,USD,won,2025-01-05,E1,
            D3,2025-01-05T10:00:00Z,Three,600,USD,won,2025-01-05,E1,
            """);

        var id = await platform.ConnectFolderAsync();

        var run = (await platform.ListAsync($"/v1/connections/{id}/runs"))[0];
        Assert.Equal("400.00", Assert.Single(run.GetProperty("at_stake").EnumerateArray()).Text("amount"));
        var rows = await platform.ListAsync($"/v1/connections/{id}/rows");
        Assert.Equal(["D1 rejected rep rep_unknown", "D2 quarantined amount not_a_number"], rows.Select(r =>
            $"{r.Text("key")} {r.Text("status")} {r.GetProperty("errors")[0].Text("field")} {r.GetProperty("errors")[0].Text("code")}"));
        Assert.Equal(["400.00 USD", "0.00 USD"], (await platform.ListAsync("/v1/problems?code=records_rejected")).Select(p => $"{p.Text("amount")} {p.Text("currency")}"));

        (await platform.PutAsync("/v1/reps/hris/E9", """{"name":"Late","plan":"ae"}""")).Expect(201);
        await platform.RunAsync(id);

        Assert.Equal("D2", Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows")).Text("key"));
        Assert.Contains("credited 400.00", await platform.LiveAsync("E9", "2025-01"));
        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + "D2,2025-01-08T10:00:00Z,Two,5,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id);
        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=records_rejected"));
    }

    [Fact]
    public async Task As_many_refused_records_of_each_currency_are_problems_of_their_own()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E9,
            D2,2025-01-05T10:00:00Z,Two,500,EUR,won,2025-01-05,E9,
            D3,2025-01-05T10:00:00Z,Three,,,won,2025-01-05,E9,
            """);

        await platform.ConnectFolderAsync();

        var problems = await platform.ListAsync("/v1/problems?code=records_rejected");
        Assert.Equal(["0.00 USD", "400.00 USD", "500.00 EUR"], problems.Select(p => $"{p.Text("amount")} {p.Text("currency")}").Order(StringComparer.Ordinal));
        Assert.Equal(3, problems.Select(p => p.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_leaves_its_deal_known_so_that_a_later_loss_takes_it_back()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + "D1,2025-01-06T10:00:00Z,One,\"12,5\",USD,won,2025-01-05,E1,\nD1,2025-01-07T10:00:00Z,One,500,USD,won,2025-01-05,E1,\nD2,,Two,x,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id);
        Assert.Contains("credited 550.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-3.csv", ConnectionSteps.DealHeader + "D1,2025-01-08T10:00:00Z,One,500,USD,lost,2025-01-05,E1,\nD2,,Two,60,USD,won,2025-01-05,E1,\n");

        var run = await platform.RunAsync(id);

        Assert.Equal("read 2, corrected 2", run.Rows());
        Assert.Contains("credited 60.00", await platform.LiveAsync("E1", "2025-01"));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_connection_that_is_made_again_knows_what_its_source_brought_before()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{await platform.ConnectFolderAsync()}")).Expect(200);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-07T10:00:00Z,One,400,USD,lost,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");

        var id = await platform.ConnectFolderAsync();

        Assert.Equal("read 2, corrected 1, unchanged 1", (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Rows());
        Assert.Contains("credited 50.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task Of_a_record_that_stands_twice_among_what_is_taken_at_once_the_newer_one_counts_whichever_comes_first()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
            D1,2025-01-07T10:00:00Z,One,450,USD,won,2025-01-05,E1,
            D2,2025-01-07T10:00:00Z,Two,5,USD,won,2025-01-05,E1,
            D1,2025-01-06T10:00:00Z,One,1,USD,won,2025-01-05,E1,
            D2,2025-01-07T10:00:00Z,Two,7,USD,won,2025-01-05,E1,
            """);

        await platform.ConnectFolderAsync();

        Assert.Contains("credited 457.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_change_that_is_dated_years_ahead_does_not_keep_later_ones_from_counting()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2205-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + "D1,2025-01-06T10:00:00Z,One,450,USD,won,2025-01-05,E1,\n");

        await platform.RunAsync(id);

        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_record_that_a_full_read_did_not_show_is_back_as_it_was_once_the_source_shows_it_again()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        const string second = "D2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n";
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n" + second);
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id, "backfill");
        Assert.Contains("credited 400.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + second);

        await platform.RunAsync(id);

        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_key_that_no_store_can_hold_is_one_row_in_quarantine_and_leaves_the_others_alone()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.ndjson", """
            {"id":"D\u0000 1","updated_at":"2025-01-05T10:00:00Z","name":"One","amount":"1","currency":"USD","status":"won","close_date":"2025-01-05","owner":"E1"}
            {"id":"D2","updated_at":"2025-01-05T10:00:00Z","name":"Two","amount":"400","currency":"USD","status":"won","close_date":"2025-01-05","owner":"E1","odd":"US\u0000"}
            """);

        var id = await platform.ConnectFolderAsync("""{"opportunities":{"fields":{"currency":{"from":"fields/odd"}}}}""");
        await platform.RunAsync(id);

        Assert.Equal(["D2 rejected", "D\uFFFD 1 quarantined"], (await platform.ListAsync($"/v1/connections/{id}/rows")).Select(r => $"{r.Text("key")} {r.Text("status")}"));
    }

    [Fact]
    public async Task A_mapping_gives_facts_and_other_fields_and_is_tried_on_the_first_rows()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,west\n");
        var id = await platform.ConnectFolderAsync();
        const string mapping = """{"fields":{"facts/region":{"from":"fields/region"},"product":{"from":"stage","otherwise":"P0"},"rep":{"from":"owner","words":{"E1":"E2"}}}}""";

        var preview = (await platform.PostAsync($"/v1/connections/{id}/preview", $$"""{"stream":"opportunities","mapping":{{mapping}}}""")).Expect(200).Json.GetProperty("rows")[0];

        Assert.Equal(("accepted", "west", "E2"), (preview.Text("result"), preview.GetProperty("becomes").Text("facts/region"), preview.GetProperty("becomes").Text("rep")));
        var wrong = await platform.PutAsync($"/v1/connections/{id}", """{"connector":"files","name":"Folder","mapping":{"opportunities":{"fields":{"reps":{"from":"owner"},"rep":{"from":"nothing"}}},"deals":{}}}""");
        Assert.Equal(["mapping/opportunities/fields/reps", "mapping/opportunities/fields/rep/from", "mapping/deals"], wrong.Expect(422).Json.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer").TrimStart('/')));
        (await platform.PutAsync($"/v1/connections/{id}", $$$"""{"connector":"files","name":"Folder","mapping":{"opportunities":{{{mapping}}}}}""")).Expect(200);
        Assert.Equal("read 1, corrected 1", (await platform.RunAsync(id, "backfill")).Rows());
        var order = Assert.Single(await platform.ListAsync("/v1/transactions"));
        Assert.Equal(("west", "P0"), (order.GetProperty("facts").Text("region"), order.Text("product")));
        Assert.Contains("credited 400.00", await platform.LiveAsync("E2", "2025-01"));
    }
}
