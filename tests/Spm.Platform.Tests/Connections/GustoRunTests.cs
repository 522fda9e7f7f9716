using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.Gusto;
using Spm.Platform.Connections;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>Approved payouts in payrolls of Gusto, whose refresh tokens are good for one use.</summary>
public sealed class GustoRunTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approved_batch_is_put_once_and_acknowledged_and_every_run_has_the_refresh_token_of_the_one_before(bool submits)
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        await using var platform = await StartAsync();
        var january = await platform.ApprovedAsync();

        var id = await platform.ConnectAsync(GustoSteps.Connection(vendor, submits));
        var run = await platform.RunsAsync(id, 1);
        var february = await platform.ApprovedAsync("02");
        await platform.RunAsync(id);
        await platform.RunAsync(id);

        Assert.Equal(("complete", "read 3, created 3"), (run.Text("status"), run.Rows()));
        Assert.Equal(2, vendor.Payrolls.Count);
        foreach (var (batch, payroll) in ((string, GustoPayroll)[])[(january, vendor.Payrolls[0]), (february, vendor.Payrolls[1])])
        {
            Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
            var lines = await platform.ListAsync($"/v1/payout-batches/{batch}/lines");
            Assert.All(lines, l => Assert.Equal(("paid", payroll.Id), (l.Text("status"), l.Text("reference"))));
            Assert.Equal(lines.Select(l => decimal.Parse(l.MoneyText("amount"), System.Globalization.CultureInfo.InvariantCulture)).Order(), payroll.Employees.Values.Select(e => GustoVendor.Amount(e, "Commission")).Order());
            Assert.Equal(submits, payroll.Processed);
        }
        await platform.BalancesAsync();
    }

    [Fact]
    public async Task A_rotated_token_stays_through_changes_of_the_connection_and_is_told_to_nobody()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        var id = await platform.ConnectAsync(GustoSteps.Connection(vendor));
        await platform.RunsAsync(id, 1);

        for (var i = 0; i < 3; i++)
        {
            Assert.True((await platform.PostAsync($"/v1/connections/{id}/check")).Expect(200).Json.GetProperty("ok").GetBoolean());
            (await platform.PutAsync($"/v1/connections/{id}", $$"""{"connector":"gusto","name":"Gusto {{i}}","base_address":"{{vendor.Server.Address}}"}""")).Expect(200);
        }

        var audit = await platform.ListAsync("/v1/audit");
        Assert.Equal(3, audit.Count(e => e.Text("action") == "connection.rotate_secret" && e.Text("actor") == id && e.Text("subject") == id));
        Assert.DoesNotContain(audit, e => e.ToString().Contains("gusto-refresh-token", StringComparison.Ordinal));
        Assert.DoesNotContain("gusto-refresh-token", (await platform.GetAsync($"/v1/connections/{id}")).Text, StringComparison.Ordinal);
        Assert.True((await platform.GetAsync("/v1/audit/verification")).Json.GetProperty("sound").GetBoolean());
    }

    [Fact]
    public async Task A_token_that_rotates_while_somebody_changes_the_connection_is_not_taken_back()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        await using var platform = await StartAsync();
        await SmallCompany.CreateAsync(platform);
        var id = await platform.ConnectAsync(GustoSteps.Connection(vendor));
        await platform.RunsAsync(id, 1);
        var (store, keys) = (platform.Service<SpmStore>(), platform.Service<ConnectorSettings>().Keys);

        // The writer is busy, so the change has looked at the connection and waits; the token rotates right before it.
        using var looked = new ManualResetEventSlim();
        var rotation = store.Writer.WriteAsync(session =>
        {
            looked.Wait();
            var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Open(session.First("select secrets from connection where id = $1", r => r.GetString(0), id)!, id))!;
            secrets["refresh_token"] = "rotated-meanwhile";
            session.Execute("update connection set secrets = $2 where id = $1", id, keys.Seal(JsonSerializer.Serialize(secrets), id));
        });
        var change = platform.PutAsync($"/v1/connections/{id}", $$"""{"connector":"gusto","name":"Renamed","base_address":"{{vendor.Server.Address}}"}""");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        looked.Set();
        await rotation;
        (await change).Expect(200);

        var stored = store.Read(s => s.First("select secrets from connection where id = $1", r => r.GetString(0), id))!;
        Assert.Contains("rotated-meanwhile", keys.Open(stored, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_that_is_refused_stops_the_connection_and_people_are_told_and_a_new_one_lets_it_go_on()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        await using var platform = await StartAsync();
        var batch = await platform.ApprovedAsync();
        var id = await platform.ConnectAsync(GustoSteps.Connection(vendor).Replace(GustoVendor.RefreshToken, "gusto-refresh-token-used-up", StringComparison.Ordinal));
        var run = await platform.RunsAsync(id, 1);

        var stopped = (await platform.GetAsync($"/v1/connections/{id}")).Json;
        Assert.Equal(("stopped", "auth"), (stopped.Text("status"), stopped.GetProperty("reason").Text("kind")));
        // What the connection says now, the run says for ever: at its stream, or itself where it did not come so far.
        Assert.Contains(stopped.GetProperty("reason").ToString(), run.ToString());
        Assert.Contains(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "connection_stopped");
        Assert.Equal("claimed", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));

        (await platform.PutAsync($"/v1/connections/{id}", GustoSteps.Connection(vendor))).Expect(200);
        (await platform.PostAsync($"/v1/connections/{id}/resume")).Expect(200);
        Assert.Equal("read 3, created 3", (await platform.RunsAsync(id, 2)).Rows());
        Assert.DoesNotContain(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "connection_stopped");
    }

    [Fact]
    public async Task A_payroll_whose_making_was_not_answered_is_found_and_nobody_is_paid_twice()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        await using var platform = await StartAsync();
        var batch = await platform.ApprovedAsync();
        // Before it come the token, its company, the employees of the preview and of the writing, and both lists.
        vendor.Server.Fail(null, null, null, null, null, null, StubFault.LostAnswer);
        var id = await platform.ConnectAsync(GustoSteps.Connection(vendor));
        Assert.Equal("failed", (await platform.RunsAsync(id, 1)).Text("status"));
        Assert.Single(vendor.Payrolls);
        Assert.Contains(await platform.ListAsync("/v1/problems"), p => p.Text("code") == "payout_outcome_unknown");

        Assert.Equal("read 3, created 3", (await platform.RunAsync(id)).Rows());
        Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
        Assert.Equal(3, Assert.Single(vendor.Payrolls).Employees.Values.Count(e => GustoVendor.Amount(e, "Commission") > 0));
    }

    [Fact]
    public async Task A_payee_whom_Gusto_does_not_know_fails_alone_and_says_why()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        vendor.Employees.Remove(GustoVendor.Id(3));
        await using var platform = await StartAsync();
        var batch = await platform.ApprovedAsync();
        var run = await platform.RunsAsync(await platform.ConnectAsync(GustoSteps.Connection(vendor)), 1);

        Assert.Equal("read 3, created 2, rejected 1", run.Rows());
        var failed = Assert.Single(await platform.ListAsync($"/v1/payout-batches/{batch}/lines"), l => l.Text("status") == "failed");
        Assert.Contains("e3@acme.example", failed.ToString(), StringComparison.Ordinal);
    }

    private static Task<TestPlatform> StartAsync() => TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
}
