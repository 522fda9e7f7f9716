namespace Spm.Platform.Kernel;

/// <summary>
/// Many readers or one writer, awaited instead of blocked on. Whoever posts transactions reads the company's reference data; whoever
/// changes reference data must see no transaction half-way. A waiting writer goes before readers that come after it.
/// </summary>
public sealed class ReadWriteGate
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _writers = new();
    private readonly List<TaskCompletionSource> _readers = [];
    private int _reading;
    private bool _writing;

    public async ValueTask<Entry> ReadAsync()
    {
        TaskCompletionSource? wait = null;
        lock (_lock)
        {
            if (_writing || _writers.Count > 0)
            {
                _readers.Add(wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            else
            {
                _reading++;
            }
        }
        if (wait is not null)
        {
            await wait.Task;
        }
        return new Entry(this, writes: false);
    }

    public async ValueTask<Entry> WriteAsync()
    {
        TaskCompletionSource? wait = null;
        lock (_lock)
        {
            if (_writing || _reading > 0)
            {
                _writers.Enqueue(wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            else
            {
                _writing = true;
            }
        }
        if (wait is not null)
        {
            await wait.Task;
        }
        return new Entry(this, writes: true);
    }

    private void Leave(bool wrote)
    {
        lock (_lock)
        {
            if (wrote)
            {
                _writing = false;
            }
            else
            {
                _reading--;
            }
            // After a writer the waiting readers have their turn, so that a stream of writers cannot starve them.
            if (_writers.Count > 0 && _reading == 0 && (!wrote || _readers.Count == 0))
            {
                _writing = true;
                _writers.Dequeue().SetResult();
            }
            else if (!_writing && (wrote || _writers.Count == 0))
            {
                _reading += _readers.Count;
                _readers.ForEach(r => r.SetResult());
                _readers.Clear();
            }
        }
    }

    /// <summary>Dispose to leave; once.</summary>
    public readonly struct Entry(ReadWriteGate gate, bool writes) : IDisposable
    {
        public void Dispose() => gate.Leave(writes);
    }
}
