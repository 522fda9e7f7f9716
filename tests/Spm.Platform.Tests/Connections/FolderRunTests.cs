using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>From a source's records to what reps are paid, and what becomes of records that do not count.</summary>
public sealed class FolderRunTests
{
    private const string Header = "id,updated_at,name,amount,currency,status,close_date,owner,region\n";

    [Fact]
    public async Task Won_deals_become_orders_and_others_count_for_nothing()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + """
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
        platform.Drop("opportunities-1.csv", Header + """
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,
            D2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,E1,
            D3,2025-01-05T10:00:00Z,Three,600,USD,won,2025-01-05,E1,
            """);
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", Header + """
            D1,2025-01-07T10:00:00Z,One,450,USD,won,2025-01-05,E1,
            D2,2025-01-07T10:00:00Z,Two,500,USD,lost,2025-01-05,E1,
            """);
        platform.Drop("opportunities-3.csv", "id,deleted\nD3,true\n");

        var run = await platform.RunAsync(id);

        Assert.Equal("read 3, corrected 3", run.Rows());
        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-4.csv", Header + "D1,2025-01-06T10:00:00Z,One,1,USD,won,2025-01-05,E1,\n");
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
        platform.Drop("opportunities-1.csv", Header + """
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
        platform.Drop("opportunities-2.csv", Header + "D2,2025-01-08T10:00:00Z,Two,5,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id);
        Assert.Empty(await platform.ListAsync($"/v1/connections/{id}/rows"));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=records_rejected"));
    }

    [Fact]
    public async Task As_many_refused_records_of_each_currency_are_problems_of_their_own()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + """
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
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", Header + "D1,2025-01-06T10:00:00Z,One,\"12,5\",USD,won,2025-01-05,E1,\nD1,2025-01-07T10:00:00Z,One,500,USD,won,2025-01-05,E1,\nD2,,Two,x,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id);
        Assert.Contains("credited 550.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-3.csv", Header + "D1,2025-01-08T10:00:00Z,One,500,USD,lost,2025-01-05,E1,\nD2,,Two,60,USD,won,2025-01-05,E1,\n");

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
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{await platform.ConnectFolderAsync()}")).Expect(200);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-07T10:00:00Z,One,400,USD,lost,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n");

        var id = await platform.ConnectFolderAsync();

        Assert.Equal("read 2, corrected 1, unchanged 1", (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Rows());
        Assert.Contains("credited 50.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task What_the_source_has_was_accepted_and_is_credited_agrees_and_what_differs_is_named()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + """
            D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,
            D2,2025-01-05T10:00:00Z,Two,70,USD,open,2025-01-05,E1,
            """);
        var id = await platform.ConnectFolderAsync();
        async Task<System.Text.Json.JsonElement> Reconciled() => (await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json;
        var whole = await Reconciled();
        Assert.True(whole.GetProperty("agrees").GetBoolean());
        var stream = Assert.Single(whole.GetProperty("streams").EnumerateArray());
        string[] parts = ["source", "accepted", "ignored", "rejected", "transactions", "credited"];
        Assert.Equal(["2 470.00", "1 400.00", "1 70.00", "0 0.00", "1 400.00", "1 400.00"], parts.Select(p => $"{stream.GetProperty(p).GetProperty("count")} {stream.GetProperty(p).Text("amount")}"));

        platform.Drop("opportunities-2.csv", Header + """
            D3,2025-01-05T10:00:00Z,Three,5,USD,won,2025-01-05,,
            D4,2025-01-05T10:00:00Z,Four,6,USD,won,2025-01-05,nobody,
            """);
        await platform.RunAsync(id);
        (await platform.PutAsync("/v1/transactions/crm2/D1", """{"version":1999999999999,"kind":"order","date":"2025-01-05","amount":"399","currency":"USD","rep":"E1"}""")).Expect(200);

        var differs = await Reconciled();
        Assert.False(differs.GetProperty("agrees").GetBoolean());
        Assert.Equal(["D1 amount_differs", "D3 not_credited", "D4 rejected"], differs.GetProperty("differences").EnumerateArray().Select(d => $"{d.Text("key")} {d.Text("reason")}"));
    }

    [Fact]
    public async Task What_counts_though_the_source_does_not_have_it_and_what_has_another_currency_differs()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        const string deals = "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,50,USD,open,2025-01-05,E1,\n";
        platform.Drop("opportunities-1.csv", Header + deals + "D3,2025-01-05T10:00:00Z,Three,7,USD,won,2025-01-05,E1,\n");
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\nY1,2025-01-06T10:00:00Z,9,USD,2025-01-06,I1\n");
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{await platform.ConnectFolderAsync()}")).Expect(200);
        // Gone while nobody looked: no connection will ever hear of them.
        platform.Drop("opportunities-1.csv", Header + deals);
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\n");
        var id = await platform.ConnectFolderAsync();
        async Task<string> DifferencesAsync() => string.Join(", ", (await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json is var all && all.GetProperty("agrees").GetBoolean()
            ? [] : all.GetProperty("differences").EnumerateArray().Select(d => $"{d.Text("stream")} {d.Text("key")} {d.Text("reason")} {d.GetProperty("source")} {d.GetProperty("credited")}"));

        Assert.Equal("opportunities D3 record_missing  7.00, payments Y1 record_missing  0.00", await DifferencesAsync());

        (await platform.PutAsync("/v1/transactions/crm2/D3", """{"version":1999999999999,"kind":"order","date":"2025-01-05","amount":"7","currency":"USD","deleted":true}""")).Expect(200);
        (await platform.PutAsync("/v1/transactions/crm2/payment%2FY1", """{"version":1999999999999,"kind":"payment","date":"2025-01-06","amount":"9","currency":"USD","deleted":true}""")).Expect(200);
        Assert.Equal("", await DifferencesAsync());
        (await platform.PutAsync("/v1/transactions/crm2/D1", """{"version":1999999999999,"kind":"order","date":"2025-01-05","amount":"400","currency":"EUR","rep":"E1"}""")).Expect(200);
        (await platform.PutAsync("/v1/transactions/crm2/D2", """{"version":1999999999999,"kind":"order","date":"2025-01-05","amount":"50","currency":"USD","rep":"E1"}""")).Expect(201);
        Assert.StartsWith("opportunities D1 currency_differs 400.00 ", await DifferencesAsync(), StringComparison.Ordinal);
        Assert.EndsWith("opportunities D2 record_missing  50.00", await DifferencesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_record_that_stands_twice_among_what_is_taken_at_once_the_newer_one_counts_whichever_comes_first()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + """
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
        platform.Drop("opportunities-1.csv", Header + "D1,2205-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-2.csv", Header + "D1,2025-01-06T10:00:00Z,One,450,USD,won,2025-01-05,E1,\n");

        await platform.RunAsync(id);

        Assert.Contains("credited 450.00", await platform.LiveAsync("E1", "2025-01"));
    }

    [Fact]
    public async Task A_record_that_a_full_read_did_not_show_is_back_as_it_was_once_the_source_shows_it_again()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        const string second = "D2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1,\n";
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n" + second);
        var id = await platform.ConnectFolderAsync();
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        await platform.RunAsync(id, "backfill");
        Assert.Contains("credited 400.00", await platform.LiveAsync("E1", "2025-01"));
        platform.Drop("opportunities-2.csv", Header + second);

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
    public async Task A_payment_that_names_a_bill_as_no_store_can_hold_it_is_rejected_alone()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("payments-1.ndjson", """
            {"id":"Y1","updated_at":"2025-01-06T10:00:00Z","amount":"400","currency":"USD","received_on":"2025-01-06","invoice":"I\u0000"}
            {"id":"Y2","updated_at":"2025-01-06T10:00:00Z","amount":"400","currency":"USD","received_on":"2025-01-06","invoice":"I1"}
            """);

        var id = await platform.ConnectFolderAsync();

        Assert.Equal("read 2, created 1, rejected 1", (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Rows());
        Assert.Equal("Y1 deal", Assert.Single(await platform.ListAsync($"/v1/connections/{id}/rows")) is var row ? $"{row.Text("key")} {row.GetProperty("errors")[0].Text("field")}" : "");
    }

    [Fact]
    public async Task A_payment_that_comes_before_its_bill_is_about_the_deal_of_the_bill_once_that_is_known()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\nY1,2025-01-06T10:00:00Z,400,USD,2025-01-06,I1\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("invoices-1.csv", "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\nI1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");

        await platform.RunAsync(id);

        Assert.Equal("D1", Assert.Single(await platform.ListAsync("/v1/transactions"), t => t.Text("external_id") == "payment/Y1").Text("deal"));
    }

    [Fact]
    public async Task A_refund_of_a_bill_that_counts_no_more_is_about_the_deal_that_was_billed()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
        const string invoice = "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\n";
        platform.Drop("invoices-1.csv", invoice + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        var id = await platform.ConnectFolderAsync();
        platform.Drop("invoices-2.csv", invoice + "I1,2025-01-07T09:00:00Z,1,400,0,USD,void,2025-01-06,D1\n");
        platform.Drop("refunds-1.csv", "id,updated_at,amount,currency,refunded_on,invoice\nR1,2025-01-07T10:00:00Z,400,USD,2025-01-07,I1\n");

        await platform.RunAsync(id);

        Assert.Equal("D1", Assert.Single(await platform.ListAsync("/v1/transactions"), t => t.Text("external_id") == "refund/R1").Text("deal"));
    }

    [Fact]
    public async Task What_was_paid_follows_its_bill_to_another_deal_and_what_was_paid_of_others_stays()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,400,USD,won,2025-01-05,E2,\n");
        const string invoice = "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\n";
        platform.Drop("invoices-1.csv", invoice + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\nI2,2025-01-06T09:00:00Z,2,400,400,USD,paid,2025-01-06,D1\n");
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\nY1,2025-01-06T10:00:00Z,400,USD,2025-01-06,I1\nY2,2025-01-06T10:00:00Z,400,USD,2025-01-06,I2\n");
        platform.Drop("refunds-1.csv", "id,updated_at,amount,currency,refunded_on,invoice\nR1,2025-01-07T10:00:00Z,100,USD,2025-01-07,I1\n");
        var id = await platform.ConnectFolderAsync();
        async Task<string> DealsAsync() => string.Join(", ", (await platform.ListAsync("/v1/transactions")).Where(t => t.Text("kind") is "payment" or "refund")
            .Select(t => $"{t.Text("external_id")} {t.Text("deal")}").Order(StringComparer.Ordinal));
        Assert.Equal("payment/Y1 D1, payment/Y2 D1, refund/R1 D1", await DealsAsync());

        platform.Drop("invoices-2.csv", invoice + "I1,2025-01-08T09:00:00Z,1,400,400,USD,paid,2025-01-06,D2\n");
        await platform.RunAsync(id);

        Assert.Equal("payment/Y1 D2, payment/Y2 D1, refund/R1 D2", await DealsAsync());
        platform.Drop("invoices-3.csv", invoice + "I1,2025-01-09T09:00:00Z,1,400,400,USD,paid,2025-01-06,\n");
        await platform.RunAsync(id);
        Assert.Equal("payment/Y1 invoice/I1, payment/Y2 D1, refund/R1 invoice/I1", await DealsAsync());
        platform.Drop("invoices-4.csv", invoice + "I1,2025-01-10T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        await platform.RunAsync(id);
        Assert.Equal("payment/Y1 D1, payment/Y2 D1, refund/R1 D1", await DealsAsync());
        Assert.Equal("read 10, unchanged 10", (await platform.RunAsync(id, "backfill")).Rows());
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_refund_that_names_its_payment_alone_is_about_the_deal_that_was_paid_whichever_comes_first()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,400,USD,won,2025-01-05,E2,\n");
        const string refund = "id,updated_at,amount,currency,refunded_on,payment\n";
        const string invoice = "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\n";
        platform.Drop("refunds-1.csv", refund + "R1,2025-01-07T10:00:00Z,100,USD,2025-01-07,Y1\n");
        var id = await platform.ConnectFolderAsync();
        async Task<string> DealsAsync() => string.Join(", ", (await platform.ListAsync("/v1/transactions")).Where(t => t.Text("kind") == "refund")
            .Select(t => $"{t.Text("external_id")} {t.Text("deal")}").Order(StringComparer.Ordinal));
        Assert.Equal("refund/R1 payment/Y1", await DealsAsync());
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\nY1,2025-01-06T10:00:00Z,400,USD,2025-01-06,I1\n");
        await platform.RunAsync(id);
        Assert.Equal("refund/R1 invoice/I1", await DealsAsync());
        platform.Drop("invoices-1.csv", invoice + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        platform.Drop("refunds-2.csv", refund + "R2,2025-01-08T10:00:00Z,50,USD,2025-01-07,Y1\n");
        await platform.RunAsync(id);
        Assert.Equal("refund/R1 D1, refund/R2 D1", await DealsAsync());

        platform.Drop("invoices-2.csv", invoice + "I1,2025-01-08T09:00:00Z,1,400,400,USD,paid,2025-01-06,D2\n");
        await platform.RunAsync(id);

        Assert.Equal("refund/R1 D2, refund/R2 D2", await DealsAsync());
        Assert.Equal("read 7, unchanged 7", (await platform.RunAsync(id, "backfill")).Rows());
    }

    [Fact]
    public async Task A_mapping_gives_facts_and_other_fields_and_is_tried_on_the_first_rows()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Header + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,west\n");
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
