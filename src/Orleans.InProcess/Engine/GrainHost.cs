using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>All grains of one host: takes calls to activations, ends idle ones, and ends all when the host stops.</summary>
internal sealed class GrainHost : IDisposable
{
    // A grain is idle once this many ticks of the coarse clock went by without a call: reading a real clock would cost every call.
    const int TicksPerCollectionAge = 8;

    readonly HashSet<Type> _singletons;
    readonly ITimer _clock;
    readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _age, _live;
    volatile bool _stopping, _closed;

    public GrainHost(IServiceProvider services, IOptions<InProcessGrainOptions> options, SingletonTypes singletons,
        IEnumerable<IIncomingGrainCallFilter> filters, ILogger<GrainHost> logger)
    {
        (Services, Options, _singletons) = (services, options.Value, singletons.Types);
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Log = new(logger);
        Filters = [.. filters];
        Pending = new(Time, Options.CallTimeout);
        Catalog = new(this, Options.GrainAssemblies);
        var tick = Options.CollectionAge / TicksPerCollectionAge;
        _clock = Time.CreateTimer(_ => Collect(), null, tick, tick);
    }

    internal IServiceProvider Services { get; }

    internal InProcessGrainOptions Options { get; }

    internal TimeProvider Time { get; }

    internal HostLog Log { get; }

    internal IIncomingGrainCallFilter[] Filters { get; }

    internal PendingCalls Pending { get; }

    internal GrainCatalog Catalog { get; }

    /// <summary>The coarse clock.</summary>
    internal int Age => _age;

    internal bool IsSingleton(Type service) =>
        _singletons.Contains(service) || service.IsGenericType && _singletons.Contains(service.GetGenericTypeDefinition());

    /// <summary>Makes the call; the task is the caller's answer.</summary>
    internal Task Send(GrainReference reference, GrainCall call)
    {
        var caller = CallChain.Current;
        var oneWay = call.Method.IsOneWay;
        call.Context = RequestContext.Values.Value;
        if (!oneWay) call.Caller = caller;
        if (_stopping && (caller is null || _closed)) return call.Failed(Stopped(reference));
        if (call.Token is { IsCancellationRequested: true } token) return Cancelled(call, token);

        // A chain of grains runs on one stack as long as there is room.
        var mayRunHere = !oneWay && !ExecutionContext.IsFlowSuppressed()
            && (caller is null || RuntimeHelpers.TryEnsureSufficientExecutionStack());
        while (true)
        {
            var target = reference.Locate();
            if (oneWay)
            {
                if (target.Post(call)) return Task.CompletedTask;
                continue;
            }
            call.Target = target;
            if (caller is not null && CallChain.FindCycle(call, target) is { } cycle) return call.Failed(cycle);
            if (target.Send(call, mayRunHere) is { } answer) return answer;
        }
    }

    /// <summary>Gives a call whose activation ended to a fresh one.</summary>
    internal void Resend(GrainCall call)
    {
        var (directory, key) = (call.Target.Class.Directory, call.Target.Key);
        while (!directory.Resolve(key).Post(call))
        {
        }
    }

    internal void OnAdded(Activation activation)
    {
        Interlocked.Increment(ref _live);
        if (_stopping) activation.DeactivateWhenQuiet(StopReason);
    }

    internal void OnRemoved()
    {
        if (Interlocked.Decrement(ref _live) == 0 && _stopping) _emptied.TrySetResult();
    }

    /// <summary>Refuses new calls from outside, lets accepted ones end, and ends every activation.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        foreach (var activation in Catalog.Activations) activation.DeactivateWhenQuiet(StopReason);
        try
        {
            if (Volatile.Read(ref _live) > 0) await _emptied.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedEarly(_live);
        }
        _closed = true;
        Dispose();
    }

    public void Dispose()
    {
        _clock.Dispose();
        Pending.Dispose();
    }

    void Collect()
    {
        _age++;
        foreach (var activation in Catalog.Activations) activation.DeactivateIfIdle(TicksPerCollectionAge);
    }

    static Task Cancelled(GrainCall call, CancellationToken token)
    {
        var answer = call.Answer;
        call.TryCancel(token);
        return answer;
    }

    static SiloUnavailableException Stopped(GrainReference reference) =>
        new($"The call to {reference.GrainId} was refused: the grain host is stopping.");

    static DeactivationReason StopReason => new(DeactivationReasonCode.ShuttingDown, "The host stops.");
}
