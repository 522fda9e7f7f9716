namespace Orleans.InProcess.Tests;

public sealed class SchedulingTests
{
    /// <summary>Calls from many threads, so that turns run both on callers' threads and on the pool's.</summary>
    static Task Storm(int callers, int calls, Func<Task> call) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < calls; i++) await call();
    })));

    static Task AtOnce(int calls, Func<Task> call) => Task.WhenAll(Enumerable.Range(0, calls).Select(_ => call()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Two_calls_to_one_key_never_overlap(int awaits)
    {
        await using var host = await TestHost.StartAsync();
        await Storm(16, 200, () => host.Grain<IPlainGrain>("a").Bump(awaits));
        Assert.Equal(new(1, 1, 16 * 200 * (awaits + 1)), await host.Grain<IPlainGrain>("a").Report());
    }

    [Fact]
    public async Task Reentrant_calls_overlap_but_only_one_thread_runs_at_a_time()
    {
        await using var host = await TestHost.StartAsync();
        await Storm(16, 1, () => AtOnce(100, () => host.Grain<IReentrantGrain>("a").Bump(5)));
        var seen = await host.Grain<IReentrantGrain>("a").Report();
        Assert.True(seen.MostCalls > 1);
        Assert.Equal((1, 16 * 100 * 6), (seen.MostThreads, seen.Sum));
    }

    [Fact]
    public async Task Always_interleaving_calls_run_between_the_turns_of_another_on_one_thread()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IPlainGrain>("a");
        await Task.WhenAll(Storm(8, 1, () => AtOnce(100, () => grain.Bump(5))), Storm(8, 1, () => AtOnce(100, () => grain.BumpBetween(5))));
        var seen = await grain.Report();
        Assert.True(seen.MostCalls > 1);
        Assert.Equal((1, 16 * 100 * 6), (seen.MostThreads, seen.Sum));

        var held = grain.Hold("h");
        await grain.NoteBetween("between");
        host.Journal.Open("h");
        await held;
        Assert.Equal(["h in", "between", "h out"], host.Journal.Lines);
    }

    [Fact]
    public async Task Calls_of_one_caller_run_in_the_order_made()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IPlainGrain>("a");
        var held = grain.Hold("h");
        var notes = Enumerable.Range(0, 50).Select(i => grain.Note($"{i}")).ToArray();
        host.Journal.Open("h");
        await Task.WhenAll(notes);
        await held;
        Assert.Equal(["h in", "h out", .. Enumerable.Range(0, 50).Select(i => $"{i}")], host.Journal.Lines);
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other_but_not_with_a_write()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IPlainGrain>("a");
        var reads = new[] { grain.HoldReading("r1"), grain.HoldReading("r2") };
        var write = grain.Hold("w");
        await host.Journal.Until("r2 in");
        host.Journal.Open("r1");
        await reads[0];
        Assert.False(write.IsCompleted);
        Assert.Equal(["r1 in", "r2 in", "r1 out"], host.Journal.Lines);
        host.Journal.Open("r2");
        await host.Journal.Until("w in");
        var late = grain.HoldReading("r3");
        host.Journal.Open("r3");
        host.Journal.Open("w");
        await Task.WhenAll(write, late);
        Assert.Equal(["r1 in", "r2 in", "r1 out", "r2 out", "w in", "w out", "r3 in", "r3 out"], host.Journal.Lines);
    }

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_is_done_and_hides_its_failure()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IPlainGrain>("a");
        Assert.True(grain.NoteLater("later").IsCompletedSuccessfully);
        await grain.NoteLater("fail");
        grain.NoteAndForget("forgotten");
        host.Journal.Open("later");
        await grain.Note("last");
        Assert.Equal(["later in", "later out", "forgotten", "last"], host.Journal.Lines);
    }

    [Fact]
    public async Task A_stateless_worker_serves_one_key_with_several_activations_up_to_its_limit()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<IWorkerGrain>("a");
        var held = Enumerable.Range(0, 4).Select(i => grain.Hold($"w{i}")).ToArray();
        foreach (var i in Enumerable.Range(0, 3)) await host.Journal.Until($"w{i} in");
        Assert.DoesNotContain("w3 in", host.Journal.Lines);
        foreach (var i in Enumerable.Range(0, 4)) host.Journal.Open($"w{i}");
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Code_after_an_await_comes_back_to_the_grain()
    {
        await using var host = await TestHost.StartAsync();
        Assert.True(await host.Grain<IPlainGrain>("a").AwaitElsewhere());
        Assert.IsNotType<Activation>(SynchronizationContext.Current);
    }

    [Fact]
    public async Task A_storm_of_first_calls_makes_one_activation()
    {
        await using var host = await TestHost.StartAsync();
        using var start = new Barrier(8);
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return host.Grain<ICrowdGrain>("a").Built();
        }, TaskCreationOptions.LongRunning).Unwrap());
        Assert.All(await Task.WhenAll(calls), built => Assert.Equal(1, built));
    }
}
