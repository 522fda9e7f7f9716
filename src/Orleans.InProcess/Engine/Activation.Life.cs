using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.InProcess;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    Phase _phase;
    Grain? _grain;
    object? _endReason;
    IServiceScope? _scope;
    List<GrainTimer>? _timers;
    List<PersistentState>? _unread;
    int _lastUse = grainClass.Host.Age;

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices => (_scope ??= Host.Services.CreateScope()).ServiceProvider;

    internal bool IsDead => _phase == Phase.Dead;

    bool IsLifecycleTurnDue => _phase switch
    {
        Phase.New => true,
        Phase.Active => _endReason is not null && IsQuiet && _waiting.IsEmpty,
        Phase.Draining => IsQuiet,
        _ => false,
    };

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (this)
        {
            _endReason ??= deactivationReason;
            // An activation that is still beginning serves the calls that wait for it; else nobody would.
            if (_phase == Phase.Active) _phase = Phase.Draining;
            Wake();
        }
    }

    /// <summary>Ends the activation when it has served the calls that wait.</summary>
    internal void DeactivateWhenQuiet(DeactivationReason reason)
    {
        lock (this)
        {
            if (_phase > Phase.Active) return;
            _endReason ??= reason;
            Wake();
        }
    }

    internal void DeactivateIfIdle(int ageLimit)
    {
        // A first look without the lock passes over the busy ones.
        if (Host.Age - _lastUse <= ageLimit) return;
        lock (this)
        {
            if (_phase != Phase.Active || _owned || !IsQuiet || !_waiting.IsEmpty || Host.Age - _lastUse <= ageLimit) return;
            _endReason ??= new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The grain was not called for its collection age.");
            Wake();
        }
    }

    void EndIfInconsistent(Exception error)
    {
        if (error is not InconsistentStateException { IsSourceActivation: true } stale) return;
        stale.IsSourceActivation = false;
        Deactivate(new(DeactivationReasonCode.ApplicationError, error, "The grain's state is not the stored one."));
    }

    LifecycleTurn? TakeLifecycleTurn()
    {
        if (!IsLifecycleTurnDue) return null;
        var begins = _phase == Phase.New;
        _phase = begins ? Phase.Activating : Phase.Deactivating;
        var turn = new LifecycleTurn(begins ? ActivateAsync : DeactivateAsync) { Target = this };
        // The first call's chain waits for the activation, so that a call back into that chain is a cycle.
        if (_waiting.First is GrainCall first && begins) (turn.Caller, turn.Context) = (first.Caller, first.Context);
        return turn;
    }

    async Task ActivateAsync()
    {
        try
        {
            var grain = _grain = Class.Create(this);
            foreach (var state in _unread ?? []) await state.ReadStateAsync();
            _unread = null;
            if (Class.OverridesActivate) await Bounded(grain.OnActivateAsync);
        }
        catch (Exception error)
        {
            StopTimers();
            await DisposeAsync();
            Bury(error);
            return;
        }
        lock (this) _phase = Phase.Active;
    }

    async Task DeactivateAsync()
    {
        StopTimers();
        if (Class.OverridesDeactivate)
        {
            var reason = (DeactivationReason)_endReason!;
            try
            {
                await Bounded(token => _grain!.OnDeactivateAsync(reason, token));
            }
            catch (Exception error)
            {
                Host.Log.DeactivationFailed(error, GrainId);
            }
        }
        await DisposeAsync();
        Bury(null);
    }

    /// <summary>Limits the grain's own part in beginning or ending, without which one that hangs would block its key for ever.</summary>
    async Task Bounded(Func<CancellationToken, Task> part)
    {
        var limit = Host.Options.LifecycleTimeout;
        using var source = new CancellationTokenSource(limit, Host.Time);
        await part(source.Token).WaitAsync(limit, Host.Time);
    }

    async ValueTask DisposeAsync()
    {
        try
        {
            if (_grain is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else if (_grain is IDisposable disposable) disposable.Dispose();
            if (_scope is IAsyncDisposable scope) await scope.DisposeAsync();
        }
        catch (Exception error)
        {
            Host.Log.DeactivationFailed(error, GrainId);
        }
    }

    /// <summary>Ends it all. Calls that wait fail with the failure, or go to a fresh activation.</summary>
    void Bury(Exception? failure)
    {
        WorkList left;
        lock (this)
        {
            _phase = Phase.Dead;
            (left, _waiting, _grain) = (_waiting, default, null);
        }
        Class.Directory.Remove(this);
        while (left.Take() is GrainCall call)
        {
            if (call.HasAnswer || call.IsBoundToActivation) continue;
            if (failure is null) Host.Resend(call);
            else call.Reject(failure);
        }
    }

    /// <summary>A record to be read before the grain is active.</summary>
    internal void ReadFirst(PersistentState state) => (_unread ??= []).Add(state);

    internal void Add(GrainTimer timer)
    {
        lock (this)
        {
            if (_phase > Phase.Draining) throw new InvalidOperationException($"{GrainId} is ending and takes no more timers.");
            (_timers ??= []).Add(timer);
        }
    }

    internal void Remove(GrainTimer timer)
    {
        lock (this) _timers?.Remove(timer);
    }

    void StopTimers()
    {
        List<GrainTimer>? timers;
        lock (this) (timers, _timers) = (_timers, null);
        foreach (var timer in timers ?? []) timer.Dispose();
    }
}
