using Microsoft.Extensions.DependencyInjection;

namespace Orleans.InProcess.Tests;

public sealed class TimerTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_timer_ticks_as_a_turn_and_its_period_counts_from_the_end_of_a_tick()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("a");
        await grain.StartTimer(Minute, Minute, interleave: false, keepAlive: false);
        for (var i = 1; i <= 3; i++)
        {
            host.Time.Advance(Minute);
            await host.Journal.Until("tick", i);
            // The tick itself counted, and this call comes after it.
            Assert.Equal(2 * i, await grain.Touch());
        }
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_in_progress_unless_it_interleaves()
    {
        await using var host = await TestHost.StartAsync();
        var (plain, mixing) = (host.Grain<ILifeGrain>("plain"), host.Grain<ILifeGrain>("mixing"));
        await plain.StartTimer(Minute, Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await mixing.StartTimer(Minute, Timeout.InfiniteTimeSpan, interleave: true, keepAlive: false);
        var held = new[] { plain.Hold("one"), mixing.Hold("two") };
        host.Time.Advance(Minute);
        await host.Journal.Until("tick", 1);
        Assert.Equal(1, host.Journal.Count("tick"));
        host.Journal.Open("one");
        await host.Journal.Until("tick", 2);
        host.Journal.Open("two");
    }

    [Fact]
    public async Task A_timer_keeps_its_grain_alive_only_if_it_says_so()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain<ILifeGrain>("kept").StartTimer(Minute, Minute, interleave: false, keepAlive: true);
        await host.Grain<ILifeGrain>("idle").StartTimer(Minute, Minute, interleave: false, keepAlive: false);
        for (var i = 0; i < 20; i++)
        {
            host.Time.Advance(Minute);
            await Task.WhenAll(host.Journal.Until("tick", i), Task.Delay(2));
        }
        await host.Journal.Until("idle ended");
        Assert.DoesNotContain("kept ended", host.Journal.Lines);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation_and_its_token_is_cancelled()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("a");
        await grain.StartTimer(Minute, Minute, interleave: false, keepAlive: false);
        await grain.Leave();
        await host.Journal.Until("a ended");
        host.Time.Advance(Minute * 2);
        Assert.Equal(1, await grain.Touch());
        Assert.Equal(0, host.Journal.Count("tick"));
    }

    [Fact]
    public async Task A_failed_tick_does_not_stop_the_timer()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain<ILifeGrain>("failing timer").StartTimer(Minute, Minute, interleave: false, keepAlive: false);
        for (var i = 1; i <= 2; i++)
        {
            host.Time.Advance(Minute);
            await host.Journal.Until("tick", i);
            await host.Grain<ILifeGrain>("failing timer").Touch();
        }
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_again_and_again_until_it_is_unregistered()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain<ILifeGrain>("faulty");
        Assert.Equal(1, await grain.Remind(Minute, Minute * 60));
        await grain.Leave();
        host.Time.Advance(Minute + TimeSpan.FromSeconds(1));
        await host.Journal.Until("faulty reminded r 00:01:00");
        host.Time.Advance(Minute * 60);
        await host.Journal.Until("faulty reminded r 01:01:00");
        Assert.True(await grain.StopReminding());
        Assert.False(await grain.StopReminding());
        host.Time.Advance(Minute * 120);
        await grain.Touch();
        Assert.Equal(2, host.Journal.Lines.Count(line => line.Contains("reminded", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reminder_survives_a_restart_and_keeps_its_times()
    {
        var table = new InMemoryReminderTable();
        await using (var first = await TestHost.StartAsync(silo => silo.Services.AddSingleton<IReminderTable>(table)))
        {
            await first.Grain<ILifeGrain>("a").Remind(Minute, Minute * 10);
            await first.StopAsync();
        }
        await using var second = await TestHost.StartAsync(silo => silo.Services.AddSingleton<IReminderTable>(table));
        second.Time.Advance(Minute * 12);
        await second.Journal.Until("a reminded r 00:01:00");
        await second.Journal.Until("a reminded r 00:11:00");
    }

    [Fact]
    public async Task A_reminder_more_frequent_than_the_least_period_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Grain<ILifeGrain>("a").Remind(Minute, Minute / 2));
    }
}
