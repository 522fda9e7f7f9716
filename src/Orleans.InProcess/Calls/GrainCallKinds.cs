namespace Orleans.InProcess;

/// <summary>A call without an answer value.</summary>
internal abstract class VoidCall : GrainCall
{
    TaskCompletionSource? _answer;

    // Callers continue on their own scheduler, never inside the grain's turn.
    internal override Task Answer => (_answer ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal override bool IsAwaited => _answer is not null;

    internal override bool HasAnswer => _answer is { Task.IsCompleted: true };

    internal override bool TryAnswer(Task outcome) => _answer is not null && _answer.TrySetFromTask(outcome);

    internal override bool TryFail(Exception error) => _answer!.TrySetException(error);

    internal override bool TryCancel(CancellationToken token) => _answer!.TrySetCanceled(token);

    internal override Task Failed(Exception error) => Task.FromException(error);

    internal override object? ResultOf(Task outcome) => null;

    internal override Task InvokeFiltered(Grain grain, IIncomingGrainCallFilter[] filters) =>
        new FilteredCall(this, grain, filters).Invoke();
}

/// <summary>A call with an answer value.</summary>
internal abstract class ValueCall<T> : GrainCall
{
    TaskCompletionSource<T>? _answer;

    internal override Task Answer => (_answer ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal override bool IsAwaited => _answer is not null;

    internal override bool HasAnswer => _answer is { Task.IsCompleted: true };

    internal override bool TryAnswer(Task outcome) =>
        _answer is not null && (outcome is Task<T> typed ? _answer.TrySetFromTask(typed) : TryFail(outcome.Exception!.InnerException!));

    internal override bool TryFail(Exception error) => _answer!.TrySetException(error);

    internal override bool TryCancel(CancellationToken token) => _answer!.TrySetCanceled(token);

    internal override Task Failed(Exception error) => Task.FromException<T>(error);

    internal override object? ResultOf(Task outcome) => ((Task<T>)outcome).Result;

    internal override Task InvokeFiltered(Grain grain, IIncomingGrainCallFilter[] filters) => Filtered(grain, filters);

    async Task<T> Filtered(Grain grain, IIncomingGrainCallFilter[] filters)
    {
        var call = new FilteredCall(this, grain, filters);
        await call.Invoke();
        return call.Result is null ? default! : (T)call.Result;
    }
}

/// <summary>A turn that the host itself makes: it has no caller and no arguments.</summary>
internal abstract class HostCall : VoidCall
{
    internal override Task InvokeFiltered(Grain grain, IIncomingGrainCallFilter[] filters) => Invoke(grain);
}

/// <summary>Activation or deactivation, as a link in the chain of whatever calls it makes.</summary>
internal sealed class LifecycleTurn(Func<Task> body) : HostCall
{
    internal override GrainMethod Method => GrainMethod.Lifecycle;

    internal override Task Invoke(Grain grain) => body();
}
