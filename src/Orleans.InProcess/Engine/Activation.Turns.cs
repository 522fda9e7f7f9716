namespace Orleans.InProcess;

/// <summary>How turns run.</summary>
internal sealed partial class Activation
{
    /// <summary>Runs the call on the caller's own thread, which has taken ownership.</summary>
    Task RunHere(GrainCall call)
    {
        if (RunTurn(call) is { } outcome)
        {
            lock (this)
            {
                FreeSlot(call);
                Leave();
            }
            AfterFinish(call, outcome);
            return outcome;
        }
        var answer = call.Answer;
        call.Await();
        lock (this) Leave();
        return answer;
    }

    /// <summary>
    /// Runs the first part of a call, up to its first unfinished <c>await</c>. Answers the finished task; or null, and then the call
    /// will report its end as a later turn.
    /// </summary>
    internal Task? RunTurn(GrainCall call)
    {
        var outerScheduler = Current;
        var outerContext = ExecutionContext.Capture()!;
        SetSynchronizationContext(this);
        CallChain.Enter(call);
        try
        {
            var filters = Host.Filters;
            var outcome = filters.Length == 0 ? call.Invoke(_grain!) : call.InvokeFiltered(_grain!, filters);
            if (outcome is null) return call.Failed(new InvalidOperationException($"{call} returned no task."));
            if (outcome.IsCompleted) return outcome;
            call.Follow(outcome);
            return null;
        }
        catch (Exception error)
        {
            return call.Failed(error);
        }
        finally
        {
            ExecutionContext.Restore(outerContext);
            SetSynchronizationContext(outerScheduler);
        }
    }

    void IThreadPoolWorkItem.Execute() => Drain(TurnsPerVisit);

    /// <summary>Runs what is ready, as the owner; gives ownership up when there is nothing left, or hands it on.</summary>
    void Drain(int turns)
    {
        var outerScheduler = Current;
        SetSynchronizationContext(this);
        while (TakeNext(turns--) is { } item) item.Run(this);
        SetSynchronizationContext(outerScheduler);
    }

    WorkItem? TakeNext(int turnsLeft)
    {
        lock (this)
        {
            if (turnsLeft == 0)
            {
                Leave();
                return null;
            }
            // In turns, so that neither calls in progress nor new ones that may interleave with them starve.
            _favoursNew = !_favoursNew;
            var next = _favoursNew ? TakeStartable() ?? _ready.Take() : _ready.Take() ?? TakeStartable();
            next ??= TakeLifecycleTurn();
            _owned = next is not null;
            return next;
        }
    }

    /// <summary>The first waiting call that may start.</summary>
    GrainCall? TakeStartable()
    {
        WorkItem? before = null;
        for (var item = _waiting.First; item is not null;)
        {
            var (call, next) = ((GrainCall)item, item.Next);
            if (call.HasAnswer)
            {
                Unqueue(before, call);
            }
            else if (MayStart(call))
            {
                Unqueue(before, call);
                Start(call);
                return call;
            }
            else if (_readers == 0 && _eagerWaiting == 0 && _phase != Phase.Draining)
            {
                // Nothing behind it could pass it either. Without this check a long queue would be searched after every turn.
                return null;
            }
            else
            {
                before = item;
            }
            item = next;
        }
        return null;
    }

    /// <summary>Gives up ownership, or hands it to a pool thread if there may be work.</summary>
    void Leave()
    {
        _owned = false;
        if (!_ready.IsEmpty || !_waiting.IsEmpty || IsLifecycleTurnDue) Wake();
    }

    /// <summary>Has a pool thread run what is ready, unless a thread does so already.</summary>
    void Wake()
    {
        if (_owned) return;
        _owned = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Takes code after an <c>await</c> back onto the activation.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (this)
        {
            _ready.Add(new Continuation(d, state));
            Wake();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Current != this) throw new NotSupportedException("A grain's turns cannot be waited for by blocking a thread.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
