using Microsoft.Extensions.Logging;
using Spm.Platform.Tenants;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>What people ask of a connection, and what happens to its store, while a run is under way.</summary>
public sealed class UnderWayTests
{
    private const string Mapping = """{"people":{"into":"reps"}}""";

    [Fact]
    public async Task A_backfill_that_is_asked_for_while_a_run_is_under_way_reads_everything_after_it()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        platform.Drop("people-2.csv", "id,updated_at,name,active\nP2,2025-01-03T00:00:00Z,Bob,true\n");
        platform.Drop("opportunities-2.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,E1\n");

        using (await platform.Service<TenantDirectory>().Get(1).Gate.ReadAsync())
        {
            await BeginAsync(platform, id);
            (await platform.PostAsync($"/v1/connections/{id}/backfill")).Expect(200);
        }

        var run = await platform.RunsAsync(id, 3);
        Assert.Equal(("backfill", "read 4, unchanged 4"), (run.Text("cause"), run.Rows()));
    }

    [Fact]
    public async Task A_run_whose_end_the_store_refuses_ends_once_the_store_takes_it()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        platform.Drop("people-2.csv", "id,updated_at,name,active\nP2,2025-01-03T00:00:00Z,Bob,true\n");
        var writer = platform.Service<SpmStore>().Writer;

        using (await platform.Service<TenantDirectory>().Get(1).Gate.ReadAsync())
        {
            await BeginAsync(platform, id);
            await writer.WriteAsync(s => TestStore.Break(s, "connection_run", "new.no > 0", "update"));
        }
        await Until.TrueAsync(async () => (await platform.ListAsync("/v1/reps?external_id=P2")).Length == 1);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await writer.WriteAsync(s => TestStore.DropTrigger(s, "broken", "connection_run"));

        await Until.TrueAsync(async () => (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Text("status") == "failed", seconds: 30);
        Assert.NotEqual("null", (await platform.GetAsync($"/v1/connections/{id}")).Expect(200).Json.Text("next_run_at"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_for_a_while_does_not_end_the_running_of_connections()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        var writer = platform.Service<SpmStore>().Writer;

        // What connections read alone: over PostgreSQL a host that cannot ask for its tenants ends, and is meant to.
        await writer.WriteAsync(s => s.Execute("alter table connection rename column account to account_away"));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await writer.WriteAsync(s => s.Execute("alter table connection rename column account_away to account"));

        Assert.Equal("complete", (await platform.RunAsync(id)).Text("status"));
    }

    [Fact]
    public async Task A_run_that_cannot_begin_is_told_once_and_begins_once_it_can()
    {
        using var log = new KeptLog();
        await using var platform = await StartAsync(log);
        var id = await platform.ConnectFolderAsync(Mapping);
        var writer = platform.Service<SpmStore>().Writer;

        await writer.WriteAsync(s => TestStore.Break(s, "connection_run", "new.status = 'running'"));
        (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(200);
        await Task.Delay(TimeSpan.FromSeconds(4));
        await writer.WriteAsync(s => TestStore.DropTrigger(s, "broken", "connection_run"));

        Assert.Equal("complete", (await platform.RunsAsync(id, 2)).Text("status"));
        Assert.Single(log.Lines, l => l.Contains("run of " + id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_began_though_the_store_did_not_say_so_is_followed_by_one_that_goes_on()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        var writer = platform.Service<SpmStore>().Writer;

        await writer.WriteAsync(s => TestStore.Break(s, "connection_run", "new.id <> 'run_untold'"));
        (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(200);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        // As a commit leaves it of which the store did not say that it is there.
        await writer.WriteAsync(s =>
        {
            s.Execute("insert into connection_run (connection, id, cause, mode, status, started_at) select no, 'run_untold', 'request', 'incremental', 'running', 1 from connection where id = $1", id);
            s.Execute("update connection set next_run_at = null, next_trigger = null where id = $1", id);
            TestStore.DropTrigger(s, "broken", "connection_run");
        });

        var run = await platform.RunsAsync(id, 3);
        Assert.Equal(("restart", "complete"), (run.Text("cause"), run.Text("status")));
        Assert.Equal("interrupted", (await platform.ListAsync($"/v1/connections/{id}/runs"))[1].Text("status"));
    }

    [Fact]
    public async Task A_connection_whose_last_run_has_read_nothing_to_its_end_is_a_problem_until_one_has()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        platform.Drop("opportunities-2.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,E1\n");
        var writer = platform.Service<SpmStore>().Writer;

        await writer.WriteAsync(s => s.Execute("alter table connection_landing rename to connection_landing_away"));
        var failed = await platform.RunAsync(id);
        Assert.Equal(("failed", "internal"), (failed.Text("status"), failed.GetProperty("reason").Text("kind")));
        await writer.WriteAsync(s => s.Execute("alter table connection_landing_away rename to connection_landing"));

        Assert.Contains("Folder: the run failed", Assert.Single(await platform.ListAsync("/v1/problems?code=connection_failing")).Text("detail"));
        Assert.Equal("complete", (await platform.RunAsync(id)).Text("status"));
        Assert.Empty(await platform.ListAsync("/v1/problems?code=connection_failing"));
    }

    [Fact]
    public async Task What_a_run_reads_of_a_connection_that_was_deleted_meanwhile_is_not_kept()
    {
        await using var platform = await StartAsync();
        var id = await platform.ConnectFolderAsync(Mapping);
        platform.Drop("people-2.csv", "id,updated_at,name,active\nP2,2025-01-03T00:00:00Z,Bob,true\n");
        platform.Drop("opportunities-2.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD2,2025-01-05T10:00:00Z,Two,500,USD,won,2025-01-05,E1\n");
        var (gate, store) = (platform.Service<TenantDirectory>().Get(1).Gate, platform.Service<SpmStore>());

        var busy = await gate.ReadAsync();
        await BeginAsync(platform, id);
        (await platform.SendAsync(HttpMethod.Delete, $"/v1/connections/{id}")).Expect(200);
        var next = gate.WriteAsync();
        busy.Dispose();

        using (await next)
        {
            // Its people are taken by now, and its deals wait for the gate.
            await Until.TrueAsync(() => Task.FromResult(store.Read(s => s.Long("select count(*) from connection_stream where stream = 'opportunities' and checkpoint like '%opportunities-2%'")) == 1));
            Assert.Equal(0, store.Read(s => s.Long("select count(*) from connection_landing")));
        }
    }

    private static async Task<TestPlatform> StartAsync(KeptLog? log = null)
    {
        var platform = await TestPlatform.StartAsync(configure: log is null ? null : builder => builder.Logging.AddProvider(log));
        await SmallCompany.CreateAsync(platform);
        platform.Drop("people-1.csv", "id,updated_at,name,active\nP1,2025-01-02T00:00:00Z,Ann,true\n");
        platform.Drop("opportunities-1.csv", "id,updated_at,name,amount,currency,status,close_date,owner\nD1,2025-01-05T10:00:00Z,One,400,USD,won,2025-01-05,E1\n");
        return platform;
    }

    /// <summary>A run that has read what is to become reps, and waits for the gate with it.</summary>
    private static async Task BeginAsync(TestPlatform platform, string id)
    {
        (await platform.PostAsync($"/v1/connections/{id}/run")).Expect(200);
        await Until.TrueAsync(async () => (await platform.ListAsync($"/v1/connections/{id}/runs"))[0].Text("status") == "running");
        await Task.Delay(TimeSpan.FromMilliseconds(500));
    }
}
