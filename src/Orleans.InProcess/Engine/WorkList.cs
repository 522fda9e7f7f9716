namespace Orleans.InProcess;

/// <summary>Something that waits to run on an activation. It carries its own link, so that queueing allocates nothing.</summary>
internal abstract class WorkItem
{
    internal WorkItem? Next;

    /// <summary>Runs on the activation, which the calling thread owns.</summary>
    internal abstract void Run(Activation activation);
}

/// <summary>A first-in-first-out list of work. Guarded by the activation's lock.</summary>
internal struct WorkList
{
    WorkItem? _first, _last;

    internal readonly bool IsEmpty => _first is null;

    internal readonly WorkItem? First => _first;

    internal void Add(WorkItem item)
    {
        if (_last is null) _first = item;
        else _last.Next = item;
        _last = item;
    }

    internal WorkItem? Take()
    {
        if (_first is { } item) Remove(null, item);
        else item = null;
        return item;
    }

    /// <summary>Unlinks an item, given the one before it.</summary>
    internal void Remove(WorkItem? before, WorkItem item)
    {
        if (before is null) _first = item.Next;
        else before.Next = item.Next;
        if (_last == item) _last = before;
        item.Next = null;
    }
}

/// <summary>Code after an <c>await</c>, on its way back to the activation.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state) : WorkItem
{
    internal override void Run(Activation activation)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            // Only an async void method gets here. One grain's mistake must not end the process.
            activation.Host.Log.UnhandledInGrain(error, activation.GrainId);
        }
    }
}
