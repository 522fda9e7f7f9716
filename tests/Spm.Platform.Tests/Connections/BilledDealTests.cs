using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>Payments and refunds are about what their bill is about, in whatever order they come.</summary>
public sealed class BilledDealTests
{
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
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
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
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\n");
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
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,400,USD,won,2025-01-05,E2,\n");
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
        platform.Drop("opportunities-1.csv", ConnectionSteps.DealHeader + "D1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1,\nD2,2025-01-05T10:00:00Z,Two,400,USD,won,2025-01-05,E2,\n");
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
}
