using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Tests.Gusto;
using Spm.Platform.Connections;
using Spm.Platform.Hosts;
using Spm.Platform.Tests.Imports;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Connections;

/// <summary>
/// Two hosts over one store, and refresh tokens that are good for one use: whichever host runs the connection has the one that the other was given,
/// none is used twice, and nobody is paid twice.
/// </summary>
public sealed class TokensOverHostsTests
{
    [Fact]
    public async Task A_host_that_takes_over_from_one_that_stopped_has_its_refresh_token()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        var store = PostgresServer.Required.Schema();
        await using var two = await StartAsync(store);
        string january, id;
        await using (var one = await StartAsync(store))
        {
            january = await one.ApprovedAsync();
            id = await one.ConnectAsync(GustoSteps.Connection(vendor));
            await two.RunsAsync(id, 1);
            Assert.Equal([1], one.Service<TenantHosts>().Mine);
        }

        var february = await two.ApprovedAsync("02");
        await two.RunAsync(id);
        await two.RunAsync(id);

        Assert.Equal([1], two.Service<TenantHosts>().Mine);
        await SoundAsync(two, vendor, id, exchanges: 2);
        await PaidOnceAsync(two, vendor, january, february);
    }

    [Fact]
    public async Task An_exchange_that_is_under_way_when_its_host_stops_comes_to_its_end_and_the_other_host_has_what_it_gave()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        var store = PostgresServer.Required.Schema();
        await using var two = await StartAsync(store);
        var one = await StartAsync(store);
        var january = await one.ApprovedAsync();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        vendor.Asked = () =>
        {
            asked.TrySetResult();
            answered.Task.Wait();
        };

        var id = await one.ConnectAsync(GustoSteps.Connection(vendor));
        await asked.Task;
        var stopped = one.DisposeAsync().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.False(stopped.IsCompleted);
        answered.SetResult();
        await stopped;

        await TakenAsync(two);
        Assert.Equal("restart", (await two.RunsAsync(id, 2)).Text("cause"));
        await SoundAsync(two, vendor, id, exchanges: 2);
        await PaidOnceAsync(two, vendor, january);
    }

    [Fact]
    public async Task A_run_that_is_killed_between_its_exchange_and_its_end_goes_on_elsewhere_with_the_token_that_it_was_given()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        var (store, folder) = (PostgresServer.Required.Schema(), Directory.CreateTempSubdirectory("spm-tokens-").FullName);
        using var killed = await HostProcess.StartAsync(folder, store, ConnectionSteps.Stubs);
        using (var http = new LawTenant(killed.At, TestPlatform.Key))
        {
            Assert.Equal(200, (await http.SendAsync(HttpMethod.Get, "/v1/company", null)).Status);
        }
        await using var two = await StartAsync(store);
        var january = await two.ApprovedAsync();
        Assert.Empty(two.Service<TenantHosts>().Mine);
        // The token and its company are answered; the employees are not.
        vendor.Server.Fail(null, null, StubFault.Silence);

        var id = await two.ConnectAsync(GustoSteps.Connection(vendor));
        await Until.TrueAsync(() => Task.FromResult(vendor.Server.Requests.Count == 3));
        killed.Kill();

        await TakenAsync(two);
        Assert.Equal("restart", (await two.RunsAsync(id, 2)).Text("cause"));
        await two.RunAsync(id);
        await SoundAsync(two, vendor, id, exchanges: 2);
        await PaidOnceAsync(two, vendor, january);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_host_that_was_taken_for_ended_is_refused_before_it_uses_a_token()
    {
        await using var vendor = new GustoVendor(await StubServer.StartAsync());
        var store = PostgresServer.Required.Schema();
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        var january = await one.ApprovedAsync();
        var id = await one.ConnectAsync(GustoSteps.Connection(vendor));
        await one.RunsAsync(id, 1);
        var connection = one.Service<SpmStore>().Read(s => s.First($"select {ConnectionRow.Columns} from connection where id = $1", ConnectionRow.Map, id))!;
        using (var other = SpmStore.Open(store))
        {
            await other.Writer.WriteAsync(s => s.Execute("update host set gone = 1, ended_at = 0 where no = $1", one.Service<TenantHosts>().Me));
        }

        var opener = one.Service<ConnectionOpener>();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => opener.AskAsync(connection, opener.PluginOf(connection)!, open => open.CheckAsync(default), default));
        Assert.IsAssignableFrom<StoreException>(refused.GetBaseException());

        await SoundAsync(two, vendor, id, exchanges: 1);
        await two.RunAsync(id);
        Assert.True((await two.PostAsync($"/v1/connections/{id}/check")).Expect(200).Json.GetProperty("ok").GetBoolean());
        await SoundAsync(two, vendor, id, exchanges: 2);
        await PaidOnceAsync(two, vendor, january);
    }

    /// <summary>Every token was used once and taken, and the connection goes on.</summary>
    private static async Task SoundAsync(TestPlatform platform, GustoVendor vendor, string id, int exchanges)
    {
        var used = vendor.Server.Requests.Where(r => r.Path == "/oauth/token").Select(r => (string)r.Json!["refresh_token"]!).ToList();
        Assert.Equal(used.Distinct(), used);
        Assert.Equal(exchanges, used.Count);
        Assert.Equal("active", (await platform.GetAsync($"/v1/connections/{id}")).Expect(200).Json.Text("status"));
        Assert.Equal(exchanges, (await platform.ListAsync("/v1/audit?limit=1000")).Count(e => e.Text("action") == "connection.rotate_secret"));
    }

    private static async Task PaidOnceAsync(TestPlatform platform, GustoVendor vendor, params string[] batches)
    {
        Assert.Equal(batches.Length, vendor.Payrolls.Count);
        Assert.All(vendor.Payrolls, p => Assert.Equal(3, p.Employees.Values.Count(e => GustoVendor.Amount(e, "Commission") > 0)));
        foreach (var batch in batches)
        {
            Assert.Equal("paid", (await platform.GetAsync($"/v1/payout-batches/{batch}")).Json.Text("status"));
        }
    }

    private static Task TakenAsync(TestPlatform platform) => Until.TrueAsync(() => Task.FromResult(platform.Service<TenantHosts>().Mine.Contains(1)));

    private static Task<TestPlatform> StartAsync(string store) => TestPlatform.StartAsync(settings: [$"--Spm:Store={store}", .. ConnectionSteps.Stubs]);
}
