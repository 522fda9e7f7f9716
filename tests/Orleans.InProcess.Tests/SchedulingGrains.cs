using Orleans.Concurrency;

namespace Orleans.InProcess.Tests;

public interface ISchedulingGrain : IGrainWithStringKey
{
    Task Bump(int awaits);
    Task<Overlap> Report();
    Task Hold(string name);
    Task Note(string name);
    [ReadOnly] Task HoldReading(string name);
    [AlwaysInterleave] Task NoteBetween(string name);
    [AlwaysInterleave] Task BumpBetween(int awaits);
    [OneWay] Task NoteLater(string name);
    void NoteAndForget(string name);
    Task<bool> AwaitElsewhere();
}

/// <summary>What a grain saw of itself: calls at once, threads at once, and a sum kept without a lock.</summary>
public sealed record Overlap(int MostCalls, int MostThreads, int Sum);

/// <summary>Watches itself for overlap. Its fields are deliberately unprotected, apart from the two that do the watching.</summary>
public abstract class SchedulingBase(Journal journal) : Grain
{
    int _calls, _mostCalls, _threads, _mostThreads, _sum;

    public async Task Bump(int awaits)
    {
        _mostCalls = Math.Max(_mostCalls, Interlocked.Increment(ref _calls));
        for (var i = 0; i <= awaits; i++)
        {
            Touch();
            if (i < awaits) await Task.Yield();
        }
        Interlocked.Decrement(ref _calls);
    }

    public Task BumpBetween(int awaits) => Bump(awaits);

    public Task<Overlap> Report() => Task.FromResult(new Overlap(_mostCalls, _mostThreads, _sum));

    public async Task Hold(string name)
    {
        journal.Add($"{name} in");
        await journal.Gate(name);
        journal.Add($"{name} out");
    }

    public Task HoldReading(string name) => Hold(name);

    public Task Note(string name)
    {
        journal.Add(name);
        return Task.CompletedTask;
    }

    public Task NoteBetween(string name) => Note(name);

    public Task NoteLater(string name) => name == "fail" ? throw new InvalidOperationException() : Hold(name);

    public void NoteAndForget(string name) => journal.Add(name);

    public async Task<bool> AwaitElsewhere()
    {
        var home = SynchronizationContext.Current;
        await Task.Run(() => Thread.Sleep(1));
        return home is not null && home == SynchronizationContext.Current;
    }

    void Touch()
    {
        _mostThreads = Math.Max(_mostThreads, Interlocked.Increment(ref _threads));
        var sum = _sum;
        Thread.SpinWait(50);
        _sum = sum + 1;
        Interlocked.Decrement(ref _threads);
    }
}

public interface IPlainGrain : ISchedulingGrain;

public sealed class PlainGrain(Journal journal) : SchedulingBase(journal), IPlainGrain;

public interface IReentrantGrain : ISchedulingGrain;

[Reentrant]
public sealed class ReentrantGrain(Journal journal) : SchedulingBase(journal), IReentrantGrain;

public interface IWorkerGrain : ISchedulingGrain;

[StatelessWorker(3)]
public sealed class WorkerGrain(Journal journal) : SchedulingBase(journal), IWorkerGrain;

public interface ICrowdGrain : IGrainWithStringKey
{
    Task<int> Built();
}

public sealed class CrowdGrain : Grain, ICrowdGrain
{
    public static int Constructed;

    public CrowdGrain() => Interlocked.Increment(ref Constructed);

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await Task.Delay(5, cancellationToken);

    public Task<int> Built() => Task.FromResult(Constructed);
}
