using Orleans.Runtime;

namespace Orleans.InProcess.Tests;

public sealed class LifeTests
{
    static readonly TimeSpan CollectionAge = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task An_idle_grain_ends_and_the_next_call_gets_a_fresh_one()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(1, await host.Grain<ILifeGrain>("a").Touch());
        host.Time.Advance(CollectionAge * 0.9);
        Assert.Equal(2, await host.Grain<ILifeGrain>("a").Touch());
        host.Time.Advance(CollectionAge * 0.9);
        Assert.Equal(["a activating"], host.Journal.Lines);
        host.Time.Advance(CollectionAge * 0.3);
        await host.Journal.Until("a ended");
        Assert.Equal(["a activating", "a ActivationIdle", "a ended"], host.Journal.Lines);
        Assert.Equal(1, await host.Grain<ILifeGrain>("a").Touch());
    }

    [Fact]
    public async Task A_grain_with_a_call_in_progress_is_not_idle()
    {
        await using var host = await TestHost.StartAsync(options: o => o.CallTimeout = TimeSpan.FromDays(1));
        var held = host.Grain<ILifeGrain>("a").Hold("gate");
        host.Time.Advance(CollectionAge * 3);
        host.Journal.Open("gate");
        await held;
        Assert.DoesNotContain("a ended", host.Journal.Lines);
    }

    [Fact]
    public async Task A_call_made_during_deactivation_waits_for_its_end_and_goes_to_a_fresh_activation()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("slow");
        Assert.Equal(1, await grain.Touch());
        await grain.Leave();
        await host.Journal.Until("slow ApplicationRequested");
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Touch()).ToArray();
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        host.Journal.Open("ending");
        Assert.Equal(Enumerable.Range(1, 10), await Task.WhenAll(calls));
        Assert.Equal(["slow activating", "slow ApplicationRequested", "slow ended", "slow activating"], host.Journal.Lines);
    }

    [Fact]
    public async Task A_deactivation_waits_for_the_calls_in_progress()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("a");
        var held = grain.LeaveAfter("gate");
        var next = grain.Touch();
        Assert.DoesNotContain("a ended", host.Journal.Lines);
        host.Journal.Open("gate");
        await held;
        Assert.Equal(1, await next);
        Assert.Equal(["a activating", "gate in", "a ApplicationRequested", "a ended", "a activating"], host.Journal.Lines);
    }

    [Fact]
    public async Task No_call_is_lost_while_a_grain_keeps_ending()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("a");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                if (i % 10 == caller) await grain.Leave();
                else Assert.True(await grain.Touch() > 0);
            }
        })));
        var lines = host.Journal.Lines;
        // One after another: no activation began before the one before it had ended.
        for (var i = 3; i < lines.Length; i += 3) Assert.Equal(["a activating", "a ApplicationRequested", "a ended"], lines[(i - 3)..i]);
    }

    [Fact]
    public async Task A_failed_end_still_ends_the_activation()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain<ILifeGrain>("faulty").Touch();
        await host.Grain<ILifeGrain>("faulty").Leave();
        Assert.Equal(1, await host.Grain<ILifeGrain>("faulty").Touch());
    }

    [Fact]
    public async Task A_failed_activation_fails_the_calls_that_wait_and_the_next_call_tries_afresh()
    {
        await using var host = await TestHost.StartAsync();
        await Assert.ThrowsAsync<ChainFault>(() => host.Grain<ILifeGrain>("broken").Touch());
        Assert.Equal(1, await host.Grain<ILifeGrain>("broken").Touch());
        await Assert.ThrowsAsync<ChainFault>(() => host.Grain<IBrokenGrain>("a").Touch());
        await host.Grain<IBrokenGrain>("a").Touch();
    }

    [Fact]
    public async Task An_activation_that_hangs_fails_after_its_time_limit()
    {
        await using var host = await TestHost.StartAsync(options: o => (o.CallTimeout, o.LifecycleTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(9)));
        var call = host.Grain<ILifeGrain>("stuck").Touch();
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }

    [Fact]
    public async Task A_grain_may_call_others_while_it_activates()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(1, await host.Grain<ILifeGrain>("cyclic").Touch());
    }

    [Fact]
    public async Task Stopping_the_host_ends_every_grain_and_refuses_new_calls()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain<ILifeGrain>("a").Touch();
        var held = host.Grain<ILifeGrain>("b").Hold("gate");
        var queued = host.Grain<ILifeGrain>("b").Touch();
        var stop = host.StopAsync();
        await host.Journal.Until("a ended");
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => host.Grain<ILifeGrain>("c").Touch());
        Assert.IsType<OrleansMessageRejectionException>(error, exactMatch: false);
        Assert.Contains("life/c", error.Message);
        Assert.False(stop.IsCompleted);
        host.Journal.Open("gate");
        await stop;
        await held;
        Assert.Equal(1, await queued);
        Assert.Equal(2, host.Journal.Lines.Count(line => line.EndsWith("ShuttingDown", StringComparison.Ordinal)));
        Assert.Equal(1, host.Journal.Count("b ended"));
    }
}
