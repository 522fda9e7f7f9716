using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.HubSpot;
using Spm.Connectors.Tests.Stripe;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Connections of one source, which take different things of it.</summary>
public sealed class SharedSourceTests
{
    private const string Deals = "id,updated_at,name,amount,currency,status,close_date,owner\n";
    private const string Invoices = "id,updated_at,number,amount,paid,currency,status,issued_on,opportunity\n";
    private const string Payments = "id,updated_at,amount,currency,received_on,invoice\n";
    private const string Refunds = "id,updated_at,amount,currency,refunded_on,payment\n";

    private static readonly string[] Streams = ["opportunities", "opportunity_lines", "invoices", "payments", "refunds", "people", "employments"];

    [Fact]
    public async Task Connections_have_one_source_where_no_two_of_them_take_the_same_of_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await platform.ConnectAsync(Taking("CRM", "opportunities", "people"));
        await platform.ConnectAsync(Taking("Billing", "invoices"));
        // The directory of a connection is its own, and payroll is given what is of no source.
        await platform.ConnectAsync(Taking("Directory", "people"));
        await platform.ConnectAsync("""{"connector":"payroll-csv","name":"Payroll","source":"crm2"}""");
        await platform.ConnectAsync("""{"connector":"payroll-csv","name":"More payroll","source":"crm2"}""");

        var refused = (await platform.PostAsync("/v1/connections", Taking("Bank", "payments", "invoices"))).Expect(409);

        Assert.Equal("source_in_use", refused.Code);
        var error = Assert.Single(refused.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("/source", error.Text("pointer"));
        Assert.Contains("'invoice', which the stream 'invoices' of the connection 'Billing'", error.Text("detail"));
        await platform.ConnectAsync(Taking("Bank", "payments"));
        Assert.Equal("source_in_use", (await platform.PostAsync("/v1/connections", """{"connector":"files","name":"Everything","source":"crm2"}""")).Expect(409).Code);
        await platform.ConnectAsync("""{"connector":"files","name":"Everything","source":"elsewhere"}""");
    }

    [Fact]
    public async Task Reps_of_a_source_are_of_one_connection_whether_persons_or_employments_make_them()
    {
        await using var platform = await TestPlatform.StartAsync();
        await platform.ConnectAsync(Taking("HR", """{"people":{"into":"reps"}}""", ["people"]));

        var refused = (await platform.PostAsync("/v1/connections", Taking("Jobs", """{"employments":{"into":"reps"}}""", ["employments"]))).Expect(409);

        Assert.Contains("'reps', which the stream 'people' of the connection 'HR'", refused.Text);
    }

    [Fact]
    public async Task A_mapping_may_not_be_changed_to_take_what_another_connection_takes()
    {
        await using var platform = await TestPlatform.StartAsync();
        var crm = await platform.ConnectAsync(Taking("CRM", "opportunities", "invoices"));
        var billing = await platform.ConnectAsync(Taking("Billing", "payments"));

        var refused = (await platform.PutAsync($"/v1/connections/{billing}", Taking("Billing", "payments", "invoices"))).Expect(409);

        Assert.Equal("source_in_use", refused.Code);
        Assert.Equal("/mapping", Assert.Single(refused.Json.GetProperty("errors").EnumerateArray()).Text("pointer"));
        Assert.Contains("'CRM'", refused.Text);
        Assert.Equal("none", (await platform.GetAsync($"/v1/connections/{billing}")).Json.GetProperty("mapping").GetProperty("invoices").Text("into"));
        (await platform.PutAsync($"/v1/connections/{crm}", Taking("CRM", "opportunities"))).Expect(200);
        (await platform.PutAsync($"/v1/connections/{billing}", Taking("Billing", "payments", "invoices"))).Expect(200);
        Assert.Equal("source_in_use", (await platform.PutAsync($"/v1/connections/{crm}", Taking("CRM", "opportunities", "invoices"))).Expect(409).Code);
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{billing}")).Expect(200);
        (await platform.PutAsync($"/v1/connections/{crm}", Taking("CRM", "opportunities", "invoices"))).Expect(200);
    }

    [Fact]
    public async Task Of_connections_that_are_made_at_once_one_has_the_source()
    {
        await using var platform = await TestPlatform.StartAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => platform.PostAsync("/v1/connections", Taking($"Billing {i}", "invoices"))));

        Assert.Equal([201, .. Enumerable.Repeat(409, 7)], made.Select(m => m.Status).Order());
    }

    [Fact]
    public async Task A_connection_whose_connector_is_not_installed_may_take_anything_and_leaves_others_what_they_take_already()
    {
        await using var platform = await TestPlatform.StartAsync();
        var gone = await platform.ConnectAsync(Taking("Gone", "opportunities"));
        var billing = await platform.ConnectAsync(Taking("Billing", "invoices"));
        await platform.RunsAsync(gone, 1);
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection set connector = 'gone' where id = $1", gone));

        Assert.Contains("its connector 'gone' is not installed", (await platform.PostAsync("/v1/connections", Taking("Bank", "payments"))).Expect(409).Text);
        Assert.Equal("source_in_use", (await platform.PutAsync($"/v1/connections/{billing}", Taking("Billing", "invoices", "payments"))).Expect(409).Code);
        (await platform.PutAsync($"/v1/connections/{billing}", Taking("Other name", "invoices"))).Expect(200);
        await platform.ConnectAsync("""{"connector":"payroll-csv","name":"Payroll","source":"crm2"}""");
        Assert.Equal("complete", (await platform.RunAsync(billing)).Text("status"));
    }

    [Fact]
    public async Task A_connection_that_takes_what_an_earlier_one_takes_by_now_stops_before_it_reads()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var crm = await platform.ConnectAsync(Taking("CRM", "opportunities"));
        var billing = await platform.ConnectAsync(Taking("Billing", "invoices"));
        await platform.RunsAsync(billing, 1);
        await platform.RunsAsync(crm, 1);
        platform.Drop("invoices-1.csv", Invoices + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        // As a later version of the connector would have it.
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection set mapping = '{}' where id = $1", crm));

        var run = await platform.RunAsync(billing);

        var stopped = (await platform.GetAsync($"/v1/connections/{billing}")).Json;
        Assert.Equal(stopped.GetProperty("reason").ToString(), run.GetProperty("reason").ToString());
        Assert.Equal(("stopped", "config"), (stopped.Text("status"), stopped.GetProperty("reason").Text("kind")));
        Assert.Contains("which the stream 'invoices' of the connection 'CRM'", stopped.GetProperty("reason").Text("detail"));
        Assert.Empty(await platform.ListAsync("/v1/transactions"));
        Assert.Equal("complete", (await platform.RunAsync(crm)).Text("status"));
    }

    [Fact]
    public async Task Each_connection_of_a_source_is_reconciled_with_what_it_takes_of_it()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");
        platform.Drop("invoices-1.csv", Invoices + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        var crm = await platform.ConnectAsync(Taking("CRM", "opportunities"));
        await platform.RunsAsync(crm, 1);
        var billing = await platform.ConnectAsync(Taking("Billing", """{"invoices":{"fields":{"rep":{"value":"E2"}}}}""", ["invoices"]));
        await platform.RunsAsync(billing, 1);
        async Task<string> DifferencesAsync(string id) => (await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json is var all && all.GetProperty("agrees").GetBoolean()
            ? "" : string.Join(", ", all.GetProperty("differences").EnumerateArray().Select(d => $"{d.Text("stream")} {d.Text("key")} {d.Text("reason")}"));

        Assert.Equal(("", ""), (await DifferencesAsync(crm), await DifferencesAsync(billing)));

        foreach (var (key, kind) in ((string, string)[])[("D9", "order"), ("Invoice%2FD10", "order"), ("invoice%2FI9", "invoice"), ("payment%2FY9", "payment")])
        {
            (await platform.PutAsync($"/v1/transactions/crm2/{key}", $$"""{"version":1,"kind":"{{kind}}","date":"2025-01-05","amount":"7","currency":"USD","rep":"E1"}""")).Expect(201);
        }
        Assert.Equal(
            ("opportunities D9 record_missing, opportunities Invoice/D10 record_missing", "invoices I9 record_missing"), (await DifferencesAsync(crm), await DifferencesAsync(billing)));
        await platform.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("update connection set connector = 'gone' where id = $1", crm));
        Assert.Equal(" D9 record_missing,  Invoice/D10 record_missing,  payment/Y9 record_missing", await DifferencesAsync(crm));
    }

    [Fact]
    public async Task What_another_connection_takes_by_now_is_reconciled_there()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");
        platform.Drop("invoices-1.csv", Invoices + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        const string credited = """{"invoices":{"fields":{"rep":{"value":"E2"}}}}""";
        var crm = await platform.ConnectAsync(Taking("CRM", credited, ["opportunities", "invoices"]));
        await platform.RunsAsync(crm, 1);
        (await platform.PutAsync($"/v1/connections/{crm}", Taking("CRM", "opportunities"))).Expect(200);
        var billing = await platform.ConnectAsync(Taking("Billing", credited, ["invoices"]));
        Assert.Equal("read 1, unchanged 1", (await platform.RunsAsync(billing, 1)).Rows());
        platform.Drop("invoices-2.csv", Invoices + "I1,2025-01-07T09:00:00Z,1,500,400,USD,paid,2025-01-06,D1\n");

        Assert.Equal("read 1, corrected 1", (await platform.RunAsync(billing)).Rows());

        foreach (var (id, stream) in ((string, string)[])[(crm, "opportunities"), (billing, "invoices")])
        {
            var reconciled = (await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json;
            Assert.True(reconciled.GetProperty("agrees").GetBoolean());
            Assert.Equal(stream, Assert.Single(reconciled.GetProperty("streams").EnumerateArray()).Text("stream"));
        }
    }

    [Fact]
    public async Task A_full_read_of_one_connection_leaves_what_came_by_another_of_its_source()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1\n");
        platform.Drop("invoices-1.csv", Invoices + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\n");
        var crm = await platform.ConnectAsync(Taking("CRM", "opportunities"));
        await platform.RunsAsync(crm, 1);
        var billing = await platform.ConnectAsync(Taking("Billing", "invoices"));
        await platform.RunsAsync(billing, 1);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");
        platform.Drop("invoices-1.csv", Invoices);

        await platform.RunAsync(crm, "backfill");
        Assert.Equal("D1, invoice/I1", await CountingAsync(platform));
        await platform.RunAsync(billing, "backfill");

        Assert.Equal("D1", await CountingAsync(platform));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task Payments_and_refunds_of_one_connection_are_about_what_bills_of_another_are_whichever_comes_first_and_follow_them()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\nD2,2025-01-05T10:00:00Z,Two,50,USD,won,2025-01-05,E1\n");
        platform.Drop("invoices-1.csv", Invoices + "I1,2025-01-06T09:00:00Z,1,400,400,USD,paid,2025-01-06,D1\nI2,2025-01-06T09:00:00Z,2,50,50,USD,paid,2025-01-06,D1\n");
        platform.Drop("payments-1.csv", Payments + "Y1,2025-01-06T10:00:00Z,400,USD,2025-01-06,I1\nY2,2025-01-06T10:00:00Z,50,USD,2025-01-06,I2\nY3,2025-01-06T10:00:00Z,50,USD,2025-01-06,I3\n");
        platform.Drop("refunds-1.csv", Refunds + "R1,2025-01-07T10:00:00Z,100,USD,2025-01-07,Y1\nR3,2025-01-07T10:00:00Z,1,USD,2025-01-07,Y3\n");
        var billing = await platform.ConnectAsync(Taking("Billing", "opportunities", "invoices"));
        await platform.RunsAsync(billing, 1);
        var bank = await platform.ConnectAsync(Taking("Bank", "payments"));
        await platform.RunsAsync(bank, 1);
        var refunds = await platform.ConnectAsync(Taking("Refunds", "refunds"));
        await platform.RunsAsync(refunds, 1);
        async Task<string> DealsAsync() => string.Join(", ", (await platform.ListAsync("/v1/transactions")).Where(t => t.Text("kind") is "payment" or "refund")
            .Select(t => $"{t.Text("external_id")} {t.Text("deal")}").Order(StringComparer.Ordinal));

        Assert.Equal("payment/Y1 D1, payment/Y2 D1, payment/Y3 invoice/I3, refund/R1 D1, refund/R3 invoice/I3", await DealsAsync());

        platform.Drop("invoices-2.csv", Invoices + "I1,2025-01-08T09:00:00Z,1,400,400,USD,paid,2025-01-06,D2\nI3,2025-01-08T09:00:00Z,3,50,50,USD,paid,2025-01-06,D1\n");
        await platform.RunAsync(billing);
        Assert.Equal("payment/Y1 D2, payment/Y2 D1, payment/Y3 D1, refund/R1 D2, refund/R3 D1", await DealsAsync());
        foreach (var (id, rows) in ((string, string)[])[(billing, "read 6, unchanged 6"), (bank, "read 3, unchanged 3"), (refunds, "read 2, unchanged 2")])
        {
            Assert.Equal(rows, (await platform.RunAsync(id, "backfill")).Rows());
        }
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task Bills_and_their_payments_that_come_at_once_by_two_connections_find_each_other()
    {
        const int count = 60;
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", Deals + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");
        var crm = await platform.ConnectAsync(Taking("CRM", "opportunities"));
        await platform.RunsAsync(crm, 1);
        // Whichever is first, and a file at a time, so that each of them is a commit.
        for (var i = 0; i < count; i++)
        {
            platform.Drop($"invoices-{i:000}.csv", Invoices + $"I{i},2025-01-06T09:00:00Z,{i},4,4,USD,paid,2025-01-06,D1\n");
            platform.Drop($"payments-{i:000}.csv", Payments + $"Y{i},2025-01-06T10:00:00Z,4,USD,2025-01-06,I{i}\n");
        }

        var both = await Task.WhenAll(platform.ConnectAsync(Taking("Billing", "invoices")), platform.ConnectAsync(Taking("Bank", "payments")));

        await Task.WhenAll(both.Select(id => platform.RunsAsync(id, 1)));
        Assert.Equal([("D1", count)], (await platform.ListAsync("/v1/transactions?limit=1000")).Where(t => t.Text("kind") == "payment").GroupBy(t => t.Text("deal")).Select(g => (g.Key, g.Count())));
    }

    [Fact]
    public async Task A_bill_of_Stripes_is_about_a_deal_of_HubSpots_where_both_have_one_source()
    {
        await using var hubSpot = await StubServer.StartAsync();
        new HubSpotVendor(hubSpot).Fill("deals", 3);
        await using var stripe = await StubServer.StartAsync();
        var billing = new StripeVendor(stripe);
        billing.Fill("invoices", 2);
        billing.Bill("in_1", "1001");
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        const string deals = """{"deals":{"fields":{"rep":{"value":"E1"}}}}""";
        const string mapped = """{"fields":{"date":{"value":"2025-03-02"},"currency":{"value":"USD"},"rep":{"value":"E1"}}}""";
        var crm = await platform.ConnectAsync(
            $$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{hubSpot.Address}}","mapping":{{deals}},"config":{"access_token":"{{HubSpotVendor.Token}}","currency":"USD"} }""");
        await platform.RunsAsync(crm, 1);

        var bills = await platform.ConnectAsync(
            $$"""{"connector":"stripe","name":"Stripe","source":"hubspot","base_address":"{{stripe.Address}}","mapping":{"invoices":{{mapped}},"payments":{{mapped}}},"config":{"api_key":"{{StripeVendor.Key}}","since":"2025-01-01"} }""");

        await platform.RunsAsync(bills, 1);
        Assert.Equal(["invoice/in_0 ", "invoice/in_1 1001"], (await platform.ListAsync("/v1/transactions")).Where(t => t.Text("kind") == "invoice").Select(t => $"{t.Text("external_id")} {t.GetProperty("deal")}").Order(StringComparer.Ordinal));
        Assert.All(await platform.ListAsync("/v1/transactions"), t => Assert.Equal("hubspot", t.Text("source")));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=deal_unknown"));
        foreach (var id in (string[])[crm, bills])
        {
            Assert.True((await platform.GetAsync($"/v1/connections/{id}/reconciliation")).Expect(200).Json.GetProperty("agrees").GetBoolean());
        }
    }

    /// <summary>Stripe names nobody and is mapped into the small company's year; who sold is known to HubSpot alone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Money_that_billing_takes_in_releases_what_is_held_for_a_deal_of_the_CRM_and_what_goes_back_takes_its_part(bool crmFirst)
    {
        await using var hubSpot = await StubServer.StartAsync();
        new HubSpotVendor(hubSpot).Fill("deals", 3);
        await using var stripe = await StubServer.StartAsync();
        var billing = new StripeVendor(stripe);
        billing.Fill("invoices", 2);
        billing.Bill("in_1", "1001");
        billing.Fill("refunds", 2);
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        (await platform.PutAsync("/v1/plans/crm/ae", SmallCompany.Document("AE", """{"id":"b","measure":"bookings","rate":10,"hold":{"until":"cash"}}"""))).Expect(200);
        const string deals = """{"deals":{"fields":{"rep":{"value":"E1"},"date":{"value":"2025-01-05"},"amount":{"value":"1000"},"currency":{"value":"USD"}}}}""";
        const string bills = """
            {"invoices":{"fields":{"date":{"value":"2025-01-06"},"currency":{"value":"USD"}}},
             "payments":{"fields":{"date":{"value":"2025-02-10"},"currency":{"value":"USD"}}},
             "refunds":{"fields":{"date":{"value":"2025-03-10"},"currency":{"value":"USD"}}}}
            """;
        string[] connections =
        [
            $$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{hubSpot.Address}}","mapping":{{deals}},"config":{"access_token":"{{HubSpotVendor.Token}}","currency":"USD"} }""",
            $$"""{"connector":"stripe","name":"Stripe","source":"hubspot","base_address":"{{stripe.Address}}","mapping":{{bills}},"config":{"api_key":"{{StripeVendor.Key}}","since":"2025-01-01"} }""",
        ];
        foreach (var connection in crmFirst ? connections : [.. connections.Reverse()])
        {
            await platform.RunsAsync(await platform.ConnectAsync(connection), 1);
        }

        // All that was billed has come in, and a part of it went back.
        Assert.Equal((0m, 100m), (await DueAsync("2025-01"), await DueAsync("2025-02")));
        Assert.Equal(-0.10m, await DueAsync("2025-03"));
        Assert.Equal(["invoice/in_0", "payment/ch_0", "refund/re_0"], await Task.WhenAll((await platform.ListAsync("/v1/problems?code=uncredited")).Select(async p =>
            (await platform.GetAsync($"/v1/transactions/{p.Text("transaction")}")).Json.Text("external_id"))));

        async Task<decimal> DueAsync(string month) => (await platform.ListAsync($"/v1/payouts?rep=E1&period={month}")).Sum(p => p.Money("amount") + p.Money("carried_out"));
    }

    private static async Task<string> CountingAsync(TestPlatform platform) => string.Join(", ", (await platform.ListAsync("/v1/transactions")).Where(t => !t.GetProperty("deleted").GetBoolean()).Select(t => t.Text("external_id")).Order(StringComparer.Ordinal));

    /// <summary>A connection to the folder that takes these streams alone.</summary>
    private static string Taking(string name, params string[] streams) => Taking(name, "{}", streams);

    private static string Taking(string name, string mapping, string[] streams)
    {
        var all = System.Text.Json.Nodes.JsonNode.Parse(mapping)!.AsObject();
        foreach (var left in Streams.Except(streams))
        {
            all[left] = new System.Text.Json.Nodes.JsonObject { ["into"] = "none" };
        }
        return $$"""{"connector":"files","name":"{{name}}","source":"crm2","mapping":{{all.ToJsonString()}}}""";
    }
}
