using System.Collections.Immutable;

namespace Orleans.InProcess;

/// <summary>How a call in progress shares its activation with others.</summary>
internal enum Slot : byte { None, Exclusive, Reading, Interleaving }

/// <summary>
/// One call: its arguments (in the emitted subclass), its place in the chain of calls that led to it, and the answer its caller waits
/// for. When the turn runs at once and ends without waiting, this object is all that the call allocates.
/// </summary>
internal abstract class GrainCall : WorkItem
{
    Task? _running;
    CancellationTokenRegistration _cancellation;

    internal Activation Target = null!;
    internal GrainCall? Caller;
    internal ImmutableDictionary<string, object>? Context;
    internal Slot Slot;
    internal bool Finished;

    /// <summary>Whether a call in progress on the target waits for this one, which must therefore not wait for that one to end.</summary>
    internal bool ComesFromWithin;

    // The call's place among those that may time out; guarded by that list's lock.
    internal GrainCall? Earlier, Later;
    internal long Due;
    internal bool IsTimed;
    internal byte Shard;

    internal abstract GrainMethod Method { get; }

    /// <summary>The caller's token, where the method has one.</summary>
    internal virtual CancellationToken Token => default;

    /// <summary>Whether the call makes sense only on the activation it was made for.</summary>
    internal virtual bool IsBoundToActivation => false;

    /// <summary>Whether the end of the call counts as use of the grain.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Calls the grain's method.</summary>
    internal abstract Task Invoke(Grain grain);

    /// <summary>Calls the grain's method through the filters.</summary>
    internal abstract Task InvokeFiltered(Grain grain, IIncomingGrainCallFilter[] filters);

    /// <summary>The task the caller waits for; created at the first asking.</summary>
    internal abstract Task Answer { get; }

    /// <summary>Whether somebody waits, or waited, for the answer.</summary>
    internal abstract bool IsAwaited { get; }

    internal abstract bool HasAnswer { get; }

    /// <summary>The value in the method's finished task; null where it has none.</summary>
    internal abstract object? ResultOf(Task outcome);

    internal abstract bool TryAnswer(Task outcome);

    internal abstract bool TryFail(Exception error);

    internal abstract bool TryCancel(CancellationToken token);

    internal abstract Task Failed(Exception error);

    /// <summary>Makes the call one that is waited for: it can be cancelled and it can time out.</summary>
    internal void Await()
    {
        Target.Host.Pending.Add(this);
        if (Token is { CanBeCanceled: true } token)
        {
            _cancellation = token.UnsafeRegister(static (call, token) => ((GrainCall)call!).Cancel(token), this);
            if (HasAnswer) _cancellation.Unregister();
        }
    }

    void Cancel(CancellationToken token)
    {
        if (TryCancel(token)) GiveUp();
    }

    internal void TimeOut(TimeSpan limit)
    {
        if (TryFail(new TimeoutException(Target.DescribeDelay(this, limit)))) GiveUp();
    }

    /// <summary>Nobody waits any more. A call that has not started never will; one in progress runs on.</summary>
    void GiveUp()
    {
        Release();
        Target.Forget(this);
    }

    /// <summary>Has the activation learn, as a turn of its own, when the method's task is over.</summary>
    internal void Follow(Task running)
    {
        _running = running;
        if (!Method.IsOneWay && !IsBoundToActivation) _ = Answer;
        // The current context is the activation, to which the awaiter therefore comes back.
        running.GetAwaiter().UnsafeOnCompleted(WhenOver);
    }

    void WhenOver()
    {
        var outcome = _running!;
        Target.Finish(this, outcome);
        Settle(outcome);
    }

    /// <summary>Gives the outcome to the caller, who continues elsewhere.</summary>
    internal void Settle(Task outcome)
    {
        if (outcome.Exception is { } error && (Method.IsOneWay || IsBoundToActivation))
        {
            Target.Host.Log.CallFailed(error.InnerException!, Target.GrainId, Method.Name);
        }
        TryAnswer(outcome);
        Release();
    }

    /// <summary>The call failed before it reached a grain.</summary>
    internal void Reject(Exception error) => Settle(Task.FromException(error));

    void Release()
    {
        if (!IsAwaited) return;
        Target.Host.Pending.Remove(this);
        _cancellation.Unregister();
    }

    internal override void Run(Activation activation)
    {
        if (activation.RunTurn(this) is not { } outcome) return;
        activation.Finish(this, outcome);
        Settle(outcome);
    }

    public override string ToString() => $"{Target.GrainId} {Method.Name}";
}
