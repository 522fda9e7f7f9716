using System.Text.Json;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.HubSpot;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>A run that is cut short goes on from its last commit: every record is in exactly once, and nothing is read twice that was committed.</summary>
public sealed class KillTests : IDisposable
{
    private const int Deals = 3000;
    private const int PageSize = 200;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("spm-kill-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_host_that_is_killed_in_a_backfill_goes_on_without_loss_or_double()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = new HubSpotVendor(stub);
        vendor.Fill("deals", Deals);
        // The last page comes after the kill: a run that nobody looked at in time would be over.
        var (searches, killed) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        vendor.Searching = () => Interlocked.Increment(ref searches) >= Deals / PageSize ? killed.Task : Task.CompletedTask;
        using (var host = await CompanyHost.StartAsync(_data.FullName, ConnectionSteps.Stubs))
        {
            using var body = new StringContent(
                $$$$"""{"connector":"hubspot","name":"HubSpot","base_address":"{{{{stub.Address}}}}","config":{"access_token":"{{{{HubSpotVendor.Token}}}}","currency":"USD"},"mapping":{"deals":{"fields":{"rep":{"value":"E1"}}},"owners":{"into":"none"}}}""",
                System.Text.Encoding.UTF8, "application/json");
            using var made = await host.Http.PostAsync("/v1/connections", body);
            Assert.Equal(201, (int)made.StatusCode);
            var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.Text("id");
            await Until.TrueAsync(async () => JsonDocument.Parse(await host.Http.GetStringAsync($"/v1/connections/{id}/runs")).RootElement.GetProperty("data") is var runs
                && runs.GetArrayLength() > 0 && runs[0].GetProperty("rows").GetProperty("created").GetInt64() > 3 * PageSize);
            host.Kill();
            killed.SetResult();
        }
        var (taken, landed) = Committed();
        var (committed, asked) = (taken + (landed * PageSize), Searches(stub));
        Assert.InRange(taken, 1, Deals - 1);

        await using var again = await TestPlatform.StartAsync(_data.FullName, settings: ConnectionSteps.Stubs);

        var connection = Assert.Single(await again.ListAsync("/v1/connections")).Text("id");
        var run = await again.RunsAsync(connection, 2);
        Assert.Equal(("complete", "restart"), (run.Text("status"), run.Text("cause")));
        Assert.Equal(Deals, (await again.AllAsync("/v1/transactions?limit=1000")).Count);
        Assert.Equal(Enumerable.Range(0, Deals).Sum(i => i + 0.50m), (await again.GetAsync("/v1/reconciliation")).Json.GetProperty("credited").Number("amount"));
        Assert.True((await again.GetAsync($"/v1/connections/{connection}/reconciliation")).Expect(200).Json.GetProperty("agrees").GetBoolean());
        // What was committed is not asked for again: the page that was on its way is, and the one that the checkpoint stands on.
        Assert.InRange(Searches(stub) - asked, (Deals - committed) / PageSize, ((Deals - committed) / PageSize) + 2);
        await again.BalancesAsync();
    }

    private static int Searches(StubServer stub) => stub.Requests.Count(r => r.Path.EndsWith("/search", StringComparison.Ordinal));

    /// <summary>Transactions, and pages that are none yet.</summary>
    private (long Taken, long Landed) Committed()
    {
        using var store = SpmStore.Open(TestStore.Of(_data.FullName));
        return store.Read(s => (s.Long("select count(*) from txn"), s.Long("select count(*) from connection_landing")));
    }
}
