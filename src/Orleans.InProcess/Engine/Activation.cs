using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>
/// One grain in memory, and its scheduler. At any moment at most one thread owns the activation and runs its turns: a caller's own
/// thread when the grain is free, or else a pool thread. Code after an <c>await</c> comes back here, because the activation is the
/// synchronisation context of its turns. (It is also the lock of its own fields: a grain in memory should be small.)
/// </summary>
internal sealed partial class Activation(GrainClass grainClass, string key) : SynchronizationContext, IGrainContext, IThreadPoolWorkItem
{
    // A pool thread gives way to other activations after this many turns.
    const int TurnsPerVisit = 64;

    WorkList _ready, _waiting;
    GrainCall? _blocker;
    int _readers, _interleaved, _eagerWaiting;
    bool _owned, _favoursNew;

    internal GrainClass Class => grainClass;

    internal string Key => key;

    internal GrainHost Host => grainClass.Host;

    public GrainId GrainId => new(grainClass.GrainType, IdSpan.Create(key));

    bool IsQuiet => _blocker is null && _readers == 0 && _interleaved == 0;

    /// <summary>Whether a call would be served at once. Only a hint: it may be out of date on return.</summary>
    internal bool LooksFree => !_owned && IsQuiet;

    /// <summary>
    /// Runs the call on this thread if the activation is free, and queues it otherwise. Answers null, and does nothing, if the
    /// activation is dead.
    /// </summary>
    internal Task? Send(GrainCall call, bool mayRunHere)
    {
        Task answer;
        var activateHere = false;
        call.Target = this;
        lock (this)
        {
            if (_phase == Phase.Dead) return null;
            if (mayRunHere && !_owned && MayStart(call))
            {
                _owned = true;
                Start(call);
                answer = Task.CompletedTask;
            }
            else
            {
                answer = call.Answer;
                activateHere = mayRunHere && !_owned && _phase == Phase.New;
                if (activateHere) _owned = true;
                Queue(call);
            }
        }
        if (call.IsAwaited)
        {
            call.Await();
            // Two turns: the activation's own, and then the call's.
            if (activateHere) Drain(2);
            return answer;
        }
        return RunHere(call);
    }

    /// <summary>Queues a call that this thread does not wait for. Answers false if the activation will not take it.</summary>
    internal bool Post(GrainCall call)
    {
        lock (this)
        {
            if (_phase == Phase.Dead || call.IsBoundToActivation && _phase > Phase.Active) return false;
            call.Target = this;
            Queue(call);
            return true;
        }
    }

    /// <summary>Drops a call that nobody waits for any more, if it still queues.</summary>
    internal void Forget(GrainCall call)
    {
        lock (this)
        {
            WorkItem? before = null;
            for (var item = _waiting.First; item is not null; before = item, item = item.Next)
            {
                if (item != call) continue;
                Unqueue(before, call);
                break;
            }
            // The queue may have been all that kept the activation from ending.
            if (_waiting.IsEmpty) Wake();
        }
    }

    /// <summary>Whether <paramref name="call"/> could not start before <paramref name="running"/>, a call in progress here, is over.</summary>
    internal bool WouldWaitFor(GrainCall running, GrainCall call) => running.Slot switch
    {
        Slot.Interleaving => false,
        Slot.None => true,
        Slot.Reading => !call.Method.IsReadOnly && !call.Method.AlwaysInterleaves,
        _ => !call.Method.AlwaysInterleaves,
    };

    internal string DescribeDelay(GrainCall call, TimeSpan limit)
    {
        var blocker = _blocker;
        var cause = call.Slot != Slot.None ? "It is still running."
            : blocker is null ? "It was still waiting for the grain."
            : $"It was still waiting behind {blocker.Method.Name}.";
        return $"{call} was not answered within {limit}. {cause}";
    }

    bool MayStart(GrainCall call)
    {
        if (_phase != Phase.Active && !(_phase == Phase.Draining && call.ComesFromWithin)) return false;
        return _blocker is null || Class.IsReentrant || call.Method.AlwaysInterleaves || (_readers > 0 && call.Method.IsReadOnly);
    }

    void Start(GrainCall call)
    {
        if (Class.IsReentrant || call.Method.AlwaysInterleaves)
        {
            call.Slot = Slot.Interleaving;
            _interleaved++;
            return;
        }
        call.Slot = call.Method.IsReadOnly ? Slot.Reading : Slot.Exclusive;
        if (call.Slot == Slot.Reading) _readers++;
        _blocker = call;
    }

    void Queue(GrainCall call)
    {
        _waiting.Add(call);
        if (call.Method.AlwaysInterleaves) _eagerWaiting++;
        if (_phase == Phase.New || MayStart(call)) Wake();
    }

    void Unqueue(WorkItem? before, GrainCall call)
    {
        _waiting.Remove(before, call);
        if (call.Method.AlwaysInterleaves) _eagerWaiting--;
    }

    /// <summary>The call is over: its slot is free, and nobody up its chain waits through it any more.</summary>
    internal void Finish(GrainCall call, Task outcome)
    {
        lock (this) FreeSlot(call);
        AfterFinish(call, outcome);
    }

    void FreeSlot(GrainCall call)
    {
        if (call.Slot == Slot.Interleaving) _interleaved--;
        else if (call.Slot == Slot.Exclusive || call.Slot == Slot.Reading && --_readers == 0) _blocker = null;
        if (call.KeepsAlive) _lastUse = Host.Age;
    }

    void AfterFinish(GrainCall call, Task outcome)
    {
        call.Finished = true;
        call.Caller = null;
        if (outcome.IsFaulted) EndIfInconsistent(outcome.Exception!.InnerException!);
    }
}
