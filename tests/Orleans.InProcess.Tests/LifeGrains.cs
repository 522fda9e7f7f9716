using Orleans.Runtime;

namespace Orleans.InProcess.Tests;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Touch();
    Task Hold(string gate);
    Task Leave();
    Task LeaveAfter(string gate);
    Task StartTimer(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);
    Task<int> Remind(TimeSpan due, TimeSpan period);
    Task<bool> StopReminding();
}

/// <summary>Reports its life to the journal. Its keys choose how it misbehaves.</summary>
public sealed class LifeGrain(Journal journal) : Grain, ILifeGrain, IRemindable
{
    int _touches;

    string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"{Key} activating");
        if (Key == "broken" && journal.Count("broken activating") == 1) throw new ChainFault("cannot activate");
        if (Key == "cyclic") await GrainFactory.GetGrain<IChainGrain>("x").Walk();
        if (Key == "stuck") await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"{Key} {reason.ReasonCode}");
        if (Key == "slow") await journal.Gate("ending");
        if (Key == "faulty") throw new ChainFault("cannot end");
        journal.Add($"{Key} ended");
    }

    public Task<int> Touch() => Task.FromResult(++_touches);

    public async Task Hold(string gate)
    {
        journal.Add($"{gate} in");
        await journal.Gate(gate);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAfter(string gate)
    {
        DeactivateOnIdle();
        await Hold(gate);
    }

    public Task StartTimer(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive)
    {
        this.RegisterGrainTimer(static (self, token) => self.Tick(token), this, new() { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    async Task Tick(CancellationToken token)
    {
        journal.Add("tick");
        if (Key == "failing timer") throw new ChainFault("tick");
        if (Key == "held timer") await Task.Delay(Timeout.Infinite, token);
        // Only a turn of the grain itself may touch its fields and its context.
        Assert.Equal(this, (SynchronizationContext.Current as IGrainContext)?.GrainInstance);
        _touches++;
    }

    public async Task<int> Remind(TimeSpan due, TimeSpan period)
    {
        await this.RegisterOrUpdateReminder("r", due, period);
        return (await this.GetReminders()).Count;
    }

    public async Task<bool> StopReminding()
    {
        if (await this.GetReminder("r") is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        journal.Add($"{Key} reminded {reminderName} {status.CurrentTickTime:HH:mm:ss}");
        return Key == "faulty" ? throw new ChainFault("reminder") : Task.CompletedTask;
    }
}

public interface IBrokenGrain : IGrainWithStringKey
{
    Task Touch();
}

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    static int _made;

    public BrokenGrain()
    {
        if (Interlocked.Increment(ref _made) == 1) throw new ChainFault("cannot construct");
    }

    public Task Touch() => Task.CompletedTask;
}
