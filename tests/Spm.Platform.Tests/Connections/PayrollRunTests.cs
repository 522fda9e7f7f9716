using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Approved payouts on their way to payroll: handed over once, acknowledged line by line.</summary>
public sealed class PayrollRunTests
{
    private const string Connection = """{"connector":"payroll-csv","name":"Payroll"}""";

    [Fact]
    public async Task An_approved_batch_is_claimed_written_and_acknowledged_and_no_line_goes_twice()
    {
        await using var platform = await TestPlatform.StartAsync();
        var batch = await ApprovedAsync(platform);

        var id = await platform.ConnectAsync(Connection);
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal(("complete", "read 3, created 3"), (run.Text("status"), run.Rows()));
        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
        var lines = await platform.ListAsync($"/v1/payout-batches/{batch}/lines");
        Assert.All(lines, l => Assert.Equal(("paid", $"payouts-{batch}-1.csv"), (l.Text("status"), l.Text("reference"))));
        var file = await File.ReadAllLinesAsync(Path.Combine(Folder(platform), $"payouts-{batch}-1.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("line_id,person,amount,currency,period,earning_code", file[0]);
        Assert.Equal(lines.Select(l => $"{l.Text("id")},{l.GetProperty("rep").Text("external_id")},{l.MoneyText("amount")},USD,2025-01,commission"), file[1..]);
        Assert.Equal("", (await platform.RunAsync(id)).Rows());
        Assert.Single(Directory.GetFiles(Folder(platform)));
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task The_payee_is_the_employee_number_or_what_the_mapping_says_and_a_line_whose_payee_is_not_known_fails_alone()
    {
        await using var platform = await TestPlatform.StartAsync();
        var batch = await ApprovedAsync(platform);
        (await platform.PutAsync("/v1/reps/hris/E1", """{"name":"Rep E1","manager":"M1","plan":"ae","email":"e1@acme.example","facts":{"employee_number":"1001"}}""")).Expect(200);

        var id = await platform.ConnectAsync("""{"connector":"payroll-csv","name":"Payroll","mapping":{"payout_lines":{"fields":{"person":{"from":"email"},"earning_code":{"value":"COMM"}}}}}""");
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal("read 3, created 1, rejected 2", run.Rows());
        Assert.Equal(["failed", "failed", "paid"], (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Select(l => l.Text("status")).Order());
        Assert.EndsWith(",USD,2025-01,COMM", Assert.Single((await File.ReadAllLinesAsync(Path.Combine(Folder(platform), $"payouts-{batch}-1.csv"), TestContext.Current.CancellationToken))[1..]));
        Assert.Equal("connection_mapping_invalid", (await platform.PutAsync($"/v1/connections/{id}", """{"connector":"payroll-csv","name":"Payroll","mapping":{"payout_lines":{"fields":{"amount":{"value":"1"}}}}}""")).Expect(422).Code);
    }

    [Fact]
    public async Task Lines_whose_answer_was_lost_are_asked_for_and_not_sent_again()
    {
        await using var platform = await TestPlatform.StartAsync();
        var batch = await ApprovedAsync(platform);
        var id = await platform.ConnectAsync(Connection);
        await platform.RunsAsync(id, 1);
        var february = await ApprovedAsync(platform, "02");
        (await platform.PostAsync($"/v1/connections/{id}/pause")).Expect(200);
        // As it stands when the host ended after the file had appeared and before anything was acknowledged.
        var lines = await platform.ListAsync($"/v1/payout-batches/{february}/lines");
        Directory.CreateDirectory(Path.Combine(Folder(platform), ".sent"));
        var sent = lines.Take(2).Select(l => $"{l.Text("id")},{l.GetProperty("rep").Text("external_id")},{l.MoneyText("amount")},USD,2025-02,commission");
        await File.WriteAllLinesAsync(Path.Combine(Folder(platform), ".sent", $"payouts-{february}-1.csv"), ["line_id,person,amount,currency,period,earning_code", .. sent], TestContext.Current.CancellationToken);
        await platform.Service<SpmStore>().Writer.WriteAsync(s =>
        {
            foreach (var line in lines)
            {
                s.Execute("insert into connection_line (connection, line, batch, state, at) values (1, $1, $2, 'unknown', 0)", line.Text("id"), february);
            }
        });

        (await platform.PostAsync($"/v1/connections/{id}/resume")).Expect(200);
        var run = await platform.RunsAsync(id, 2);

        Assert.Equal("read 3, created 3", run.Rows());
        Assert.Equal(((string[])[$"payouts-{batch}-1.csv", $"payouts-{february}-2.csv"]).Order(StringComparer.Ordinal), Directory.GetFiles(Folder(platform)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(Folder(platform), $"payouts-{february}-2.csv"), TestContext.Current.CancellationToken)).Length);
        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{february}")).Json.Text("status"));
    }

    [Fact]
    public async Task A_line_that_may_have_been_sent_is_not_refused_because_its_payee_is_not_known_any_more()
    {
        await using var platform = await TestPlatform.StartAsync();
        var batch = await ApprovedAsync(platform);
        var lines = await platform.ListAsync($"/v1/payout-batches/{batch}/lines");
        await platform.Service<SpmStore>().Writer.WriteAsync(s =>
            s.Execute("insert into connection_line (connection, line, batch, state, at) values (1, $1, $2, 'unknown', 0)", lines[0].Text("id"), batch));

        // Nobody has an e-mail address: those of whom nothing was sent are refused.
        var id = await platform.ConnectAsync("""{"connector":"payroll-csv","name":"Payroll","mapping":{"payout_lines":{"fields":{"person":{"from":"email"}}}}}""");
        var run = await platform.RunsAsync(id, 1);

        Assert.Equal("read 3, rejected 2, quarantined 1", run.Rows());
        Assert.Equal(["failed", "failed", "open"], (await platform.ListAsync($"/v1/payout-batches/{batch}/lines")).Select(l => l.Text("status")).Order());
        Assert.Single(await platform.ListAsync("/v1/problems?code=payout_outcome_unknown"));
    }

    [Fact]
    public async Task Who_may_not_pull_payroll_sets_up_no_connection_that_does()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        var connector = await platform.RoleAsync("connector");

        Assert.Equal("forbidden", (await connector.PostAsync("/v1/connections", Connection)).Expect(403).Code);
        var id = (await (await platform.KeyAsync(["connector", "payroll"])).PostAsync("/v1/connections", Connection)).Expect(201).Json.Text("id");
        (await connector.PostAsync($"/v1/connections/{id}/run")).Expect(403);
    }

    private static string Folder(TestPlatform platform) => Path.Combine(platform.Data, "drops", "default", "payroll");

    private static async Task<string> ApprovedAsync(TestPlatform platform, string month = "01")
    {
        if (month == "01")
        {
            await SmallCompany.CreateAsync(platform);
        }
        await platform.SellAsync($"T{month}1", "E1", $"2025-{month}-05", "1000");
        await platform.SellAsync($"T{month}2", "E2", $"2025-{month}-06", "900");
        await platform.CloseAsync($"2025-{month}");
        return await platform.ApprovedBatchAsync($"2025-{month}");
    }
}
