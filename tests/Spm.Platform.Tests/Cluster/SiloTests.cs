using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Spm.Host;
using Spm.Platform.Grains;
using Spm.Platform.Hosts;
using Spm.Platform.Reps;
using Spm.Platform.Tests.Architecture;
using Spm.Platform.Tests.Laws;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Cluster;

/// <summary>Hosts as silos of a cluster over one PostgreSQL.</summary>
public sealed class SiloTests
{
    [Fact]
    public async Task The_grains_of_a_tenant_are_on_the_host_that_has_the_tenant()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        await using var two = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        await SmallCompany.CreateAsync(one);
        await two.SellAsync("T1", "E1", "2025-01-05", "100");
        await two.SellAsync("T2", "E2", "2025-01-05", "100");

        var grains = await two.Service<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();

        var silos = grains.Where(g => g.GrainType.Contains(nameof(RepGrain), StringComparison.Ordinal)).Select(g => g.SiloAddress).Distinct();
        Assert.Equal(one.Service<ILocalSiloDetails>().SiloAddress, Assert.Single(silos));
        // So few grains would be there by chance too.
        Assert.IsType<PreferLocalPlacement>(one.Service<PlacementStrategy>());
    }

    [Fact]
    public async Task A_host_whose_silo_was_declared_dead_ends()
    {
        var store = PostgresServer.Required.Schema();
        await using var one = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);
        await using var two = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);

        Assert.True(await two.Service<IClusterMembershipService>().TryKill(one.Service<ILocalSiloDetails>().SiloAddress));

        for (var since = Stopwatch.StartNew(); !one.Service<HostUpkeep>().IsLost; await Task.Delay(50))
        {
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(1), "It goes on.");
        }
        Assert.False(one.Service<TenantHosts>().IsSure);
    }

    [Fact]
    public async Task Where_all_hosts_were_killed_the_next_one_starts_without_waiting_for_them()
    {
        var (store, folder) = (PostgresServer.Required.Schema(), Directory.CreateTempSubdirectory("spm-killed-").FullName);
        foreach (var killed in await Task.WhenAll(HostProcess.StartAsync(folder, store), HostProcess.StartAsync(folder, store)))
        {
            killed.Dispose();
        }
        var since = Stopwatch.StartNew();

        await using var next = await TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]);

        Assert.True(since.Elapsed < TimeSpan.FromMinutes(1), $"{since.Elapsed}");
        Assert.Equal(2, next.Service<IClusterMembershipService>().CurrentSnapshot.Members.Values.Count(m => m.Status == SiloStatus.Dead));
        (await next.GetAsync("/v1/company")).Expect(200);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_a_rep_answers_arrives_as_it_was()
    {
        await using var platform = await TestPlatform.StartAsync();
        await SmallCompany.CreateAsync(platform);
        await platform.SellAsync("T1", "E1", "2025-01-05", "1234.50");
        var rep = platform.Service<IGrainFactory>().GetGrain<IRepGrain>(GrainKey.Of(1, 0));
        var (live, explained) = (await rep.Live(), await rep.Explain(new DateOnly(2025, 1, 1).DayNumber));

        Assert.NotEmpty(live.Months);
        Assert.Equal(JsonSerializer.Serialize(live), JsonSerializer.Serialize(Sent(platform, live)));
        Assert.NotEmpty(explained!.Components);
        Assert.Equal(JsonSerializer.Serialize(explained), JsonSerializer.Serialize(Sent(platform, explained)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3.0")]
    [InlineData("-0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    public async Task Amounts_arrive_with_the_digits_they_had(string amount)
    {
        await using var platform = await TestPlatform.StartAsync();
        var number = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        var sent = Sent(platform, new LiveComponent("plan", "base", 1, number, number, number, null, number, number, 5, Spm.Compensation.Engine.Standstill.None));

        Assert.Equal(decimal.GetBits(number), decimal.GetBits(sent.Month));
        Assert.Equal(decimal.GetBits(number), decimal.GetBits(sent.Quota!.Value));
    }

    [Fact]
    public async Task Failures_arrive_as_what_they_are()
    {
        await using var platform = await TestPlatform.StartAsync();

        Assert.Equal("gone", Assert.IsType<StoreLostException>(Sent<Exception>(platform, new StoreLostException("gone"))).Message);
        Assert.True(DiskFull.Is(Sent<Exception>(platform, DiskFull.Plain("no room"))));
        var inconsistent = Assert.IsType<Orleans.Storage.InconsistentStateException>(Sent<Exception>(platform, new Orleans.Storage.InconsistentStateException("changed", "2", "1")));
        Assert.Equal(("2", "1"), (inconsistent.StoredEtag, inconsistent.CurrentEtag));
    }

    [Fact]
    public void A_silo_needs_PostgreSQL() =>
        Assert.Equal("Spm:Store", Assert.Throws<SettingsException>(() => SpmHost.Build(["--Spm:Data=x"])).Key);

    [Fact]
    public async Task Without_the_tables_of_the_membership_a_silo_does_not_start_and_says_which_scripts_make_them()
    {
        var store = PostgresServer.Required.Schema();
        using (var connection = new NpgsqlConnection(store))
        {
            connection.Open();
            PostgresProcess.Execute("drop table orleansmembershiptable cascade", connection);
        }

        var refused = await Assert.ThrowsAsync<StoreException>(() => TestPlatform.StartAsync(settings: [$"--Spm:Store={store}"]));

        Assert.Contains("PostgreSQL-Clustering.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL-Clustering.sql", File.ReadAllText(Repository.At("docs", "cluster.md")), StringComparison.Ordinal);
        Assert.Contains("docs/cluster.md", refused.Message, StringComparison.Ordinal);
    }

    private static T Sent<T>(TestPlatform platform, T value)
        where T : notnull => platform.Service<Serializer>().Deserialize<T>(platform.Service<Serializer>().SerializeToArray(value))!;
}
