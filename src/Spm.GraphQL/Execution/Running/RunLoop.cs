using Spm.GraphQL.Execution.Plans;

namespace Spm.GraphQL.Execution.Running;

/// <summary>A field or item that is being computed.</summary>
internal sealed class PendingField(FieldPlan field, ValuePlan plan, Task<object?> pending, int offset, Scope scope) : Gap(offset, scope)
{
    public FieldPlan Field { get; } = field;

    public ValuePlan Plan { get; } = plan;

    public Task<object?> Pending { get; } = pending;

    /// <summary>The path of what the value is in.</summary>
    public required IReadOnlyList<object> Prefix { get; init; }

    /// <summary>The response name; null of an item.</summary>
    public string? Name { get; init; }

    public int Index { get; init; }

    /// <summary>What was computed; throws what was thrown.</summary>
    public object? Result() => Pending.GetAwaiter().GetResult();
}

/// <summary>
/// Fills the gaps of a run one after the other, in the order in which their values come, so that nothing of a run is ever touched by two
/// threads. When nothing can go on, the data loaders fetch.
/// </summary>
internal sealed class RunLoop(Run run)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _ready = new();
    private TaskCompletionSource? _sleep;
    private int _pending;

    /// <summary>Has a gap filled as soon as its value is there.</summary>
    public void Wait(PendingField gap)
    {
        _pending++;
        gap.Pending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Enqueue(() =>
        {
            _pending--;
            run.Fill(gap);
        }));
    }

    /// <summary>Goes on until there is no gap left.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await using var cancelled = cancellation.UnsafeRegister(static loop => ((RunLoop)loop!).Enqueue(static () => { }), this);
        run.Request.LoadersInUse?.OnWaiting(Wake);
        while (_pending > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryNext(out var next))
            {
                next();
                run.Request.LoadersInUse?.OnWaiting(Wake);
            }
            else if (run.Request.LoadersInUse?.Dispatch(Enqueue) != true)
            {
                await SleepAsync().ConfigureAwait(false);
            }
        }
    }

    private void Wake() => Enqueue(static () => { });

    private void Enqueue(Action next)
    {
        TaskCompletionSource? sleep;
        lock (_gate)
        {
            _ready.Enqueue(next);
            (sleep, _sleep) = (_sleep, null);
        }
        sleep?.TrySetResult();
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Action? next)
    {
        lock (_gate)
        {
            return _ready.TryDequeue(out next);
        }
    }

    private Task SleepAsync()
    {
        lock (_gate)
        {
            if (_ready.Count > 0)
            {
                return Task.CompletedTask;
            }
            _sleep = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sleep.Task;
        }
    }
}
