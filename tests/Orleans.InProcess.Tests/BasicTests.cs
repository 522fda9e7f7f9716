namespace Orleans.InProcess.Tests;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);
    ValueTask<int> Peek();
    ValueTask Reset();
    Task<string> Key();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);
    public ValueTask<int> Peek() => new(_sum);

    public async ValueTask Reset()
    {
        await Task.Yield();
        _sum = 0;
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

internal interface IHiddenGrain : IGrainWithStringKey
{
    Task<Secret> Tell();
}

internal sealed record Secret(string Word);

internal sealed class HiddenGrain : Grain, IHiddenGrain
{
    public Task<Secret> Tell() => Task.FromResult(new Secret("hidden"));
}

public sealed class BasicTests
{
    [Fact]
    public async Task A_grain_keeps_its_memory_between_calls_and_each_key_has_its_own()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(2, await host.Grain<ICounterGrain>("a").Add(2));
        Assert.Equal(5, await host.Grain<ICounterGrain>("a").Add(3));
        Assert.Equal(1, await host.Grain<ICounterGrain>("b").Add(1));
        await host.Grain<ICounterGrain>("a").Reset();
        Assert.Equal(0, await host.Grain<ICounterGrain>("a").Peek());
        Assert.Equal("b", await host.Grain<ICounterGrain>("b").Key());
    }

    [Fact]
    public async Task Interfaces_and_messages_may_be_internal()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("hidden", (await host.Grain<IHiddenGrain>("x").Tell()).Word);
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(host.Grain<ICounterGrain>("a"), host.Grain<ICounterGrain>("a"));
        Assert.NotEqual(host.Grain<ICounterGrain>("a"), host.Grain<ICounterGrain>("b"));
        Assert.Equal("counter/a", host.Grain<ICounterGrain>("a").GetGrainId().ToString());
    }

    public interface INobodyGrain : IGrainWithStringKey;

    [Fact]
    public async Task An_interface_that_no_class_implements_is_refused_by_name()
    {
        await using var host = await TestHost.StartAsync();
        var error = Assert.Throws<ArgumentException>(() => host.Grain<INobodyGrain>("a"));
        Assert.Contains(nameof(INobodyGrain), error.Message);
        Assert.Contains("AddGrainAssembly", error.Message);
    }
}
