using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>What the source has, was accepted and is credited, with the difference by record.</summary>
public sealed class ConnectionReconciliationTests
{
    [Fact]
    public async Task What_the_source_has_was_accepted_and_is_credited_agrees_and_what_differs_is_named()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + """
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

        platform.Drop("opportunities-2.csv", ConnectionSteps.DealHeader + """
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
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + deals + "D3,2025-01-05T10:00:00Z,Three,7,USD,won,2025-01-05,E1,\n");
        platform.Drop("payments-1.csv", "id,updated_at,amount,currency,received_on,invoice\nY1,2025-01-06T10:00:00Z,9,USD,2025-01-06,I1\n");
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{await platform.ConnectFolderAsync()}")).Expect(200);
        // Gone while nobody looked: no connection will ever hear of them.
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + deals);
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
}
