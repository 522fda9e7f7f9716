using System.Collections.Concurrent;

namespace Spm.Storage;

public enum Durability
{
    /// <summary>Acknowledged only after the disk has it. For what nothing else could restore.</summary>
    Durable,

    /// <summary>
    /// Committed in order, and on disk with the next durable commit at the latest. For what is derived from durable rows and is
    /// derived again after a crash: settled payouts, grain state, progress of jobs.
    /// </summary>
    Derived,
}

/// <summary>
/// The only connection that writes. Work that arrives while a commit is on its way to the disk goes into the next one together
/// (group commit), so that many callers share one wait. Each piece of work is all or nothing: one that throws is undone alone.
/// </summary>
public sealed class StoreWriter : IDisposable
{
    private const int MaxGroup = 512;

    private readonly BlockingCollection<Work> _queue = new(boundedCapacity: 8192);
    private readonly SqlSession _session;
    private readonly Thread _thread;
    private Exception? _failure;

    internal StoreWriter(SqlSession session)
    {
        _session = session;
        _thread = new Thread(Run) { IsBackground = true, Name = "spm-store-writer" };
        _thread.Start();
    }

    /// <summary>Nothing is written any more: what stands in the memory of this process may not be what stands in the store.</summary>
    public event Action<Exception>? Stopped;

    /// <summary>Something was committed. Called on the writer's thread: whoever listens does no more than note it.</summary>
    public event Action? Committed;

    /// <summary>Runs the work in a transaction and completes when it is committed. The work sees its own writes and must not keep the session.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work, Durability durability = Durability.Durable)
    {
        var item = new Work<T>(work, durability);
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            throw new StoreException("The store is closed.");
        }
        return item.Task;
    }

    public Task WriteAsync(Action<SqlSession> work, Durability durability = Durability.Durable) =>
        WriteAsync(session => { work(session); return true; }, durability);

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _session.Dispose();
    }

    private void Run()
    {
        var group = new List<Work>(MaxGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < MaxGroup && _queue.TryTake(out var next))
            {
                group.Add(next);
            }
            Commit(group);
        }
    }

    private void Commit(List<Work> group)
    {
        try
        {
            if (_failure is not null)
            {
                throw new StoreException($"The store stopped writing after a failed commit: {_failure.Message}");
            }
            _session.BeginWrite(group.Exists(w => w.Durability == Durability.Durable) ? Durability.Durable : Durability.Derived);
            foreach (var work in group)
            {
                RunOne(work, alone: group.Count == 1);
            }
            _session.Commit();
        }
        catch (Exception failure)
        {
            Rollback();
            if (failure is StoreLostException)
            {
                Stop(failure);
            }
            group.ForEach(w => w.Fail(failure));
            return;
        }
        group.ForEach(w => w.Complete());
        Committed?.Invoke();
    }

    private void RunOne(Work work, bool alone)
    {
        if (alone)
        {
            work.Run(_session);
            return;
        }
        _session.BeginPart();
        try
        {
            work.Run(_session);
            _session.EndPart();
        }
        catch (Exception failure)
        {
            _session.UndoPart();
            work.Fail(failure);
        }
    }

    private void Rollback()
    {
        try
        {
            _session.Rollback();
        }
        catch (Exception failure)
        {
            Stop(failure);
        }
    }

    private void Stop(Exception failure)
    {
        if (_failure is null)
        {
            _failure = failure;
            Stopped?.Invoke(failure);
        }
    }

    private abstract class Work(Durability durability)
    {
        public Durability Durability { get; } = durability;

        public abstract void Run(SqlSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<SqlSession, T> work, Durability durability) : Work(durability)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(SqlSession session) => _result = work(session);

        public override void Complete() => _done.TrySetResult(_result);

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
