using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.InProcess.Tests;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the first of the path, which calls the next, and so on.</summary>
    Task<string> Walk(params string[] path);
    [AlwaysInterleave] Task<string> WalkBetween(params string[] path);
    Task<string> WalkThenInterleave(string other, string back);
    Task<string> CallHeld(string other);
    Task Fail();
    Task<string> FailAtOnce();
    Task<bool> WaitFor(CancellationToken token);
    Task<string> ReadContext(string? onward);
    [OneWay] Task Ping(string from);
    Task<string> StartPing(string other);
}

public sealed class ChainFault(string word) : Exception(word);

public sealed class ChainGrain(Journal journal) : Grain, IChainGrain
{
    static readonly AsyncLocal<string?> Ambient = new();

    public static string? AmbientOfCaller { set => Ambient.Value = value; }

    public async Task<string> Walk(params string[] path)
    {
        journal.Add($"walk {this.GetPrimaryKeyString()}");
        await Task.Yield();
        return path.Length == 0 ? "end" : await Other(path[0]).Walk(path[1..]);
    }

    public Task<string> WalkBetween(params string[] path) => Walk(path);

    public async Task<string> WalkThenInterleave(string other, string back) =>
        await Other(other).Walk() + await Other(other).WalkBetween() + await Other(back).WalkBetween();

    public async Task<string> CallHeld(string other)
    {
        journal.Add($"{this.GetPrimaryKeyString()} in");
        await journal.Gate("go");
        return await Other(other).Walk();
    }

    public async Task Fail()
    {
        await Task.Yield();
        throw new ChainFault("later");
    }

    public Task<string> FailAtOnce() => throw new ChainFault("at once");

    public async Task<bool> WaitFor(CancellationToken token)
    {
        journal.Add("waiting");
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        catch (OperationCanceledException)
        {
            journal.Add("cancelled in grain");
            throw;
        }
        return true;
    }

    public async Task<string> ReadContext(string? onward)
    {
        var seen = $"{RequestContext.Get("who")}{Ambient.Value}";
        RequestContext.Set("who", "grain");
        return onward is null ? seen : $"{seen}, {await Other(onward).ReadContext(null)}";
    }

    public Task Ping(string from)
    {
        journal.Add($"ping from {from}");
        return from == "stop" ? Task.CompletedTask : Other(from).Ping("stop");
    }

    public async Task<string> StartPing(string other)
    {
        await Other(other).Ping(this.GetPrimaryKeyString());
        return "started";
    }

    IChainGrain Other(string key) => GrainFactory.GetGrain<IChainGrain>(key);
}

public sealed class CallTests
{
    [Fact]
    public async Task A_long_chain_of_grains_answers()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("end", await host.Grain<IChainGrain>("0").Walk([.. Enumerable.Range(1, 5000).Select(i => $"{i}")]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b", "a")]
    [InlineData("b", "c", "a")]
    [InlineData("b", "c", "b")]
    public async Task A_call_cycle_is_refused_at_once_and_names_the_grains(params string[] path)
    {
        await using var host = await TestHost.StartAsync();
        var error = await Assert.ThrowsAsync<GrainCallCycleException>(() => host.Grain<IChainGrain>("a").Walk(path));
        Assert.Contains($"chain/{path[^1]} IChainGrain.Walk -> ", error.Message);
        Assert.All(path, key => Assert.Contains($"chain/{key}", error.Message));
        // The refusal leaves nothing behind.
        Assert.Equal("end", await host.Grain<IChainGrain>("a").Walk("b"));
    }

    [Fact]
    public async Task A_cycle_through_an_interleaving_method_is_no_deadlock()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("endendend", await host.Grain<IChainGrain>("a").WalkThenInterleave("b", "a"));
    }

    [Fact]
    public async Task A_one_way_call_back_to_the_caller_is_no_cycle()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("started", await host.Grain<IChainGrain>("a").StartPing("b"));
        await host.Journal.Until("ping from stop");
        Assert.Equal(["ping from a", "ping from stop"], host.Journal.Lines);
    }

    [Fact]
    public async Task Two_chains_that_block_each_other_end_in_a_time_out_that_says_who_waited_for_what()
    {
        await using var host = await TestHost.StartAsync();
        var calls = new[] { host.Grain<IChainGrain>("a").CallHeld("b"), host.Grain<IChainGrain>("b").CallHeld("a") };
        await host.Journal.Until("a in");
        await host.Journal.Until("b in");
        host.Journal.Open("go");
        // The chains meet at their own pace, so time moves until both have given up.
        var after = Task.WhenAll(calls).ContinueWith(_ => host.Grain<IChainGrain>("a").Walk("b")).Unwrap();
        for (var i = 0; i < 1000 && !after.IsCompleted; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1);
        }
        foreach (var call in calls)
        {
            Assert.Contains("was not answered within 00:00:30", (await Assert.ThrowsAsync<TimeoutException>(() => call)).Message);
        }
        // Once their callers have given up, the grains are free again.
        Assert.Equal("end", await host.Grain<IChainGrain>("a").Walk("b"));
    }

    [Fact]
    public async Task A_call_that_timed_out_in_the_queue_never_runs()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IPlainGrain>("a");
        var held = grain.Hold("h");
        host.Time.Advance(TimeSpan.FromSeconds(20));
        var queued = grain.Note("queued");
        host.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains("still running", (await Assert.ThrowsAsync<TimeoutException>(() => held)).Message);
        Assert.False(queued.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Contains("waiting behind ISchedulingGrain.Hold", (await Assert.ThrowsAsync<TimeoutException>(() => queued)).Message);
        host.Journal.Open("h");
        await grain.Note("after");
        Assert.Equal(["h in", "h out", "after"], host.Journal.Lines);
    }

    [Fact]
    public async Task Exceptions_arrive_with_their_own_type()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("later", (await Assert.ThrowsAsync<ChainFault>(() => host.Grain<IChainGrain>("a").Fail())).Message);
        Assert.Equal("at once", (await Assert.ThrowsAsync<ChainFault>(() => host.Grain<IChainGrain>("a").FailAtOnce())).Message);
    }

    [Fact]
    public async Task Cancelling_reaches_a_running_call_and_frees_its_caller()
    {
        await using var host = await TestHost.StartAsync();
        using var source = new CancellationTokenSource();
        var call = host.Grain<IChainGrain>("a").WaitFor(source.Token);
        await host.Journal.Until("waiting");
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Journal.Until("cancelled in grain");
    }

    [Fact]
    public async Task A_call_cancelled_in_the_queue_never_runs()
    {
        await using var host = await TestHost.StartAsync();
        using var source = new CancellationTokenSource();
        using var blocker = new CancellationTokenSource();
        var grain = host.Grain<IChainGrain>("a");
        _ = grain.WaitFor(blocker.Token);
        var queued = grain.WaitFor(source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Grain<IChainGrain>("b").WaitFor(source.Token));
        blocker.Cancel();
        await grain.Walk();
        Assert.Equal(1, host.Journal.Count("waiting"));
    }

    [Fact]
    public async Task Request_context_flows_on_and_not_back_and_nothing_else_flows()
    {
        await using var host = await TestHost.StartAsync();
        RequestContext.Set("who", "caller");
        ChainGrain.AmbientOfCaller = "leak";
        Assert.Equal("caller, grain", await host.Grain<IChainGrain>("a").ReadContext("b"));
        Assert.Equal("caller", RequestContext.Get("who"));
        RequestContext.Clear();
        Assert.Equal("", await host.Grain<IChainGrain>("a").ReadContext(null));
    }

    [Fact]
    public async Task Filters_run_around_each_call_in_their_order_and_may_replace_the_result()
    {
        var seen = new List<string>();
        await using var host = await TestHost.StartAsync(silo => silo
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add($"{context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name} {context.TargetId}");
                await context.Invoke();
                context.Result = $"<{context.Result}>";
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                await context.Invoke();
                seen.Add((string)context.Result!);
            }));
        Assert.Equal("<end>", await host.Grain<IChainGrain>("a").Walk());
        Assert.Equal(["Walk ChainGrain chain/a", "end"], seen);
        await Assert.ThrowsAsync<ChainFault>(() => host.Grain<IChainGrain>("a").FailAtOnce());
    }
}
