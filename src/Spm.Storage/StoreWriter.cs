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
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work, Durability durability = Durability.Durable) => EnqueueAsync(new Work<T>(work, durability));

    public Task WriteAsync(Action<SqlSession> work, Durability durability = Durability.Durable) =>
        WriteAsync(session => { work(session); return true; }, durability);

    /// <summary>
    /// The same for work that many callers bring by the piece: what of it falls into one commit is done together, which spares a store on the other
    /// side of a wire most of its round trips. Pieces of one commit have no order among themselves or beside other work of it.
    /// </summary>
    /// <param name="work">Does all pieces and gives the result of each. Equal delegates are one kind of work. If it throws, each piece is done again, alone.</param>
    public Task<TResult> WriteTogetherAsync<TPiece, TResult>(
        Func<SqlSession, IReadOnlyList<TPiece>, IReadOnlyList<TResult>> work, TPiece piece, Durability durability = Durability.Durable) =>
        EnqueueAsync(new PieceOfWork<TPiece, TResult>(work, piece, durability));

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _session.Dispose();
    }

    private Task<T> EnqueueAsync<T>(ResultingWork<T> item)
    {
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
                throw new StoreLostException($"The store stopped writing after a failed commit: {_failure.Message}");
            }
            _session.BeginWrite(group.Exists(w => w.Durability == Durability.Durable) ? Durability.Durable : Durability.Derived);
            foreach (var part in Parts(group))
            {
                RunPart(part, alone: part.Count == group.Count);
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

    /// <summary>Each piece of work by itself, and those that are done together with the first of their kind.</summary>
    private static IEnumerable<List<Work>> Parts(List<Work> group)
    {
        List<object> done = [];
        foreach (var work in group)
        {
            if (work.Kind is not { } kind)
            {
                yield return [work];
            }
            else if (!done.Contains(kind))
            {
                done.Add(kind);
                yield return group.FindAll(w => kind.Equals(w.Kind));
            }
        }
    }

    private void RunPart(List<Work> part, bool alone)
    {
        if (alone && part.Count == 1)
        {
            part[0].Run(_session, part);
            return;
        }
        _session.BeginPart();
        try
        {
            part[0].Run(_session, part);
            _session.EndPart();
        }
        catch (Exception failure) when (!_session.IsUndone)
        {
            _session.UndoPart();
            if (part.Count == 1)
            {
                part[0].Fail(failure);
            }
            else
            {
                part.ForEach(work => RunPart([work], alone: false));
            }
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

        /// <summary>What of a commit has the same kind is done together; null: alone.</summary>
        public virtual object? Kind => null;

        /// <param name="part">This work, and what else of its kind is done with it.</param>
        public abstract void Run(SqlSession session, List<Work> part);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private abstract class ResultingWork<T>(Durability durability) : Work(durability)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _done.Task;

        protected T Result { private get; set; } = default!;

        public override void Complete() => _done.TrySetResult(Result);

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }

    private sealed class Work<T>(Func<SqlSession, T> work, Durability durability) : ResultingWork<T>(durability)
    {
        public override void Run(SqlSession session, List<Work> part) => Result = work(session);
    }

    private sealed class PieceOfWork<TPiece, TResult>(
        Func<SqlSession, IReadOnlyList<TPiece>, IReadOnlyList<TResult>> work, TPiece piece, Durability durability) : ResultingWork<TResult>(durability)
    {
        public override object Kind => work;

        public override void Run(SqlSession session, List<Work> part)
        {
            var pieces = part.ConvertAll(p => (PieceOfWork<TPiece, TResult>)p);
            var results = work(session, pieces.ConvertAll(p => p.Piece));
            for (var i = 0; i < pieces.Count; i++)
            {
                pieces[i].Result = results[i];
            }
        }

        private TPiece Piece => piece;
    }
}
