using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.InProcess.Tests;

public interface IStoredGrain : IGrainWithStringKey
{
    Task<int> Read();
    Task<string> Version();
    Task Set(int value, bool write);
    Task Clear();
    Task WriteTwiceAtOnce();
    Task Leave();
}

public sealed class Total
{
    public int Value { get; set; }
}

public sealed class StoredGrain([PersistentState("total", "main")] IPersistentState<Total> total) : Grain, IStoredGrain
{
    public Task<int> Read() => Task.FromResult(total.State.Value);

    public Task<string> Version() => Task.FromResult($"{total.RecordExists} {total.Etag}");

    public async Task Set(int value, bool write)
    {
        total.State.Value = value;
        if (write) await total.WriteStateAsync();
    }

    public Task Clear() => total.ClearStateAsync();

    public Task WriteTwiceAtOnce() => Task.WhenAll(total.WriteStateAsync(), total.WriteStateAsync(CancellationToken.None));

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IRelayGrain : IGrainWithStringKey
{
    Task<int> SetElsewhere(string key);
    Task<int> Count();
}

public sealed class RelayGrain : Grain, IRelayGrain
{
    int _count;

    public async Task<int> SetElsewhere(string key)
    {
        _count++;
        await GrainFactory.GetGrain<IStoredGrain>(key).Set(9, write: true);
        return _count;
    }

    public Task<int> Count() => Task.FromResult(++_count);
}

public sealed class StateTests
{
    static Task<TestHost> StartAsync() => TestHost.StartAsync(silo => silo.AddMemoryGrainStorage("main"));

    /// <summary>Another process writes the same record.</summary>
    static async Task WriteBehind(TestHost host, string key, int value)
    {
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("main");
        var record = new GrainState<Total>();
        await storage.ReadStateAsync("total", GrainId.Create("stored", key), record);
        record.State!.Value = value;
        await storage.WriteStateAsync("total", GrainId.Create("stored", key), record);
    }

    [Fact]
    public async Task State_is_read_before_the_first_call_and_only_what_was_written_is_kept()
    {
        await using var host = await StartAsync();
        var grain = host.Grain<IStoredGrain>("a");
        Assert.Equal("False ", await grain.Version());
        await grain.Set(7, write: true);
        await grain.Set(8, write: false);
        Assert.Equal(8, await grain.Read());
        await grain.Leave();
        Assert.Equal(7, await grain.Read());
        Assert.Equal("True 1", await grain.Version());
        await grain.Clear();
        Assert.Equal(0, await grain.Read());
        Assert.Equal("False ", await grain.Version());
        await grain.Set(1, write: true);
    }

    [Fact]
    public async Task Writes_started_together_run_one_after_another()
    {
        await using var host = await StartAsync();
        await host.Grain<IStoredGrain>("a").WriteTwiceAtOnce();
        Assert.Equal("True 2", await host.Grain<IStoredGrain>("a").Version());
    }

    [Fact]
    public async Task A_stale_write_fails_the_call_and_ends_the_activation_so_that_the_next_call_reads_afresh()
    {
        await using var host = await StartAsync();
        var grain = host.Grain<IStoredGrain>("a");
        await grain.Set(1, write: true);
        await WriteBehind(host, "a", 5);
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Set(2, write: true));
        Assert.Equal(("2", "1"), (error.StoredEtag, error.CurrentEtag));
        Assert.Equal(5, await grain.Read());
    }

    [Fact]
    public async Task A_stale_write_does_not_end_the_grains_it_passes_through()
    {
        await using var host = await StartAsync();
        Assert.Equal(1, await host.Grain<IRelayGrain>("r").SetElsewhere("a"));
        await WriteBehind(host, "a", 5);
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Grain<IRelayGrain>("r").SetElsewhere("a"));
        Assert.Equal(3, await host.Grain<IRelayGrain>("r").Count());
    }

    [Fact]
    public async Task A_grain_whose_storage_is_not_registered_says_so()
    {
        await using var host = await TestHost.StartAsync();
        var error = await Assert.ThrowsAsync<BadProviderConfigException>(() => host.Grain<IStoredGrain>("a").Read());
        Assert.Contains("'main'", error.Message);
    }
}
