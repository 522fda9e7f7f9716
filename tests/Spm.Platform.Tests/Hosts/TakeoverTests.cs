using Spm.Platform.Hosts;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Hosts;

/// <summary>Who has a tenant, and what becomes of it when its host ends.</summary>
public sealed class TakeoverTests
{
    [Fact]
    public async Task Every_host_answers_for_a_tenant_that_one_of_them_has()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        await SmallCompany.CreateAsync(one);

        await two.SellAsync("T1", "E1", "2025-01-05", "100");

        Assert.Equal([1], one.Service<TenantHosts>().Mine);
        Assert.Empty(two.Service<TenantHosts>().Mine);
        Assert.Single(await one.AllAsync("/v1/transactions"));
        Assert.Single(await two.AllAsync("/v1/transactions"));
        Assert.Equal("not_found", (await two.GetAsync("/v1/reps/rep_nobody")).Expect(404).Code);
    }

    [Fact]
    public async Task A_host_that_stops_gives_its_tenants_back()
    {
        var store = PostgresServer.Required.Schema();
        await using var two = await StartAsync(store);
        await using (var one = await StartAsync(store))
        {
            await SmallCompany.CreateAsync(one);
            await one.SellAsync("T1", "E1", "2025-01-05", "100");
        }

        await two.SellAsync("T2", "E1", "2025-01-05", "100");

        Assert.Equal([1], two.Service<TenantHosts>().Mine);
        Assert.Equal(2, (await two.AllAsync("/v1/transactions")).Count);
    }

    [Fact]
    public async Task A_host_that_was_taken_for_ended_writes_nothing_any_more_and_answers_for_nobody()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        await SmallCompany.CreateAsync(one);
        using (var other = SpmStore.Open(store))
        {
            await other.Writer.WriteAsync(s => s.Execute("update host set gone = 1, ended_at = 0 where no = $1", one.Service<TenantHosts>().Me));
        }
        await two.SellAsync("T1", "E1", "2025-01-05", "100");

        await Assert.ThrowsAsync<StoreLostException>(() => one.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("delete from txn")));

        Assert.False(one.Service<TenantHosts>().IsSure);
        Assert.True(one.Service<HostUpkeep>().IsLost);
        await Assert.ThrowsAsync<StoreLostException>(() => one.Service<SpmStore>().Writer.WriteAsync(s => s.Execute("delete from txn")));
        Assert.Single(await two.AllAsync("/v1/transactions"));
    }

    [Fact]
    public async Task A_host_whose_place_another_has_taken_leaves_without_an_error()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await StartAsync(store);
        await SmallCompany.CreateAsync(one);
        using (var other = SpmStore.Open(store))
        {
            await other.Writer.WriteAsync(s => s.Execute("update host set gone = 1, ended_at = 0 where no = $1", one.Service<TenantHosts>().Me));
        }

        await one.Service<TenantHosts>().LeaveAsync();
    }

    [Fact]
    public async Task Hosts_that_start_at_once_make_one_first_tenant()
    {
        var store = PostgresServer.Required.Schema();

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(store)));

        foreach (var host in hosts)
        {
            (await host.GetAsync("/v1/company")).Expect(200);
        }
        Assert.Equal(1, hosts[0].Service<SpmStore>().Read(s => s.Long("select count(*) from tenant")));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static Task<TestPlatform> StartAsync(string store) => TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
}
