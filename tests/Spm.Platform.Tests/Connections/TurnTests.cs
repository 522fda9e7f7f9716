using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.HubSpot;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Connections;

/// <summary>Runs of different connections take turns.</summary>
public sealed class TurnTests
{
    private const int Deals = 600;

    [Fact]
    public async Task Long_backfills_and_vendors_that_do_not_answer_keep_no_other_connection_from_running()
    {
        await using var stub = await StubServer.StartAsync();
        var vendor = new HubSpotVendor(stub);
        vendor.Fill("deals", Deals);
        var (searches, released) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        vendor.Searching = () => Interlocked.Increment(ref searches) > 6 ? released.Task : Task.CompletedTask;
        await using var platform = await TestPlatform.StartAsync(settings: ConnectionSteps.Stubs);
        await SmallCompany.CreateAsync(platform);
        List<string> backfills = [];
        // One more than those of a connector that may be under way.
        for (var i = 0; i < 9; i++)
        {
            backfills.Add(await platform.ConnectAsync(
                $$$$"""{"connector":"hubspot","name":"HubSpot {{{{i}}}}","source":"hubspot{{{{i}}}}","base_address":"{{{{stub.Address}}}}","config":{"access_token":"{{{{HubSpotVendor.Token}}}}","currency":"USD"},"mapping":{"deals":{"fields":{"rep":{"value":"E1"}}},"owners":{"into":"none"}}}"""));
        }
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref searches) > 9), seconds: 60);
        platform.Drop("opportunities-1.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");

        var folder = await platform.ConnectFolderAsync();

        Assert.Equal("read 1, created 1", (await platform.ListAsync($"/v1/connections/{folder}/runs"))[0].Rows());
        released.SetResult();
        foreach (var id in backfills)
        {
            var run = await platform.RunsAsync(id, 1);
            Assert.Equal(("complete", $"read {Deals}, created {Deals}"), (run.Text("status"), run.Rows()));
        }
    }
}
