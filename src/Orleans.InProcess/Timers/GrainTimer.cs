using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>A timer of one activation. The next callback is set only when the last one is over.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    readonly Activation _activation;
    readonly Func<CancellationToken, Task> _callback;
    readonly GrainTimerCreationOptions _options;
    readonly CancellationTokenSource _ended = new();
    readonly ITimer _timer;
    TimeSpan _period;
    bool _changed;

    GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options, _period) = (activation, callback, options, options.Period);
        // Ticks belong to no call: the call that registers the timer must not be the start of their chain.
        using (ExecutionContext.IsFlowSuppressed() ? (IDisposable?)null : ExecutionContext.SuppressFlow())
        {
            _timer = activation.Host.Time.CreateTimer(_ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    internal static GrainTimer Start(IGrainContext context, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var activation = (Activation)context;
        CheckTime(options.DueTime);
        CheckTime(options.Period);
        var timer = new GrainTimer(activation, callback, options);
        activation.Add(timer);
        timer._timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime);
        CheckTime(period);
        (_period, _changed) = (period, true);
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _ended.Cancel();
        _activation.Remove(this);
    }

    void OnDue()
    {
        if (!_ended.IsCancellationRequested) _activation.Post(new Tick(this));
    }

    async Task RunAsync()
    {
        if (_ended.IsCancellationRequested) return;
        _changed = false;
        try
        {
            await _callback(_ended.Token);
        }
        finally
        {
            // A callback that called Change has said when the next is due.
            if (!_changed && _period >= TimeSpan.Zero) _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    static void CheckTime(TimeSpan time)
    {
        if (time != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
    }

    sealed class Tick(GrainTimer timer) : HostCall
    {
        internal override GrainMethod Method => timer._options.Interleave ? GrainMethod.InterleavingTimer : GrainMethod.Timer;

        internal override bool IsBoundToActivation => true;

        internal override bool KeepsAlive => timer._options.KeepAlive;

        internal override Task Invoke(Grain grain) => timer.RunAsync();
    }
}
