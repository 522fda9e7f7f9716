using System.Text;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>The calls that led to the current code, each waiting for the next, innermost first.</summary>
internal static class CallChain
{
    static readonly AsyncLocal<GrainCall?> Innermost = new();

    // The ambient state that every turn starts from: nothing. Captured on a thread that inherits nothing.
    static readonly ExecutionContext Clean = CaptureClean();

    /// <summary>The call being served, or null outside grains.</summary>
    internal static GrainCall? Current => Innermost.Value;

    /// <summary>Puts the thread into the call's context. The caller restores its own afterwards.</summary>
    internal static void Enter(GrainCall call)
    {
        ExecutionContext.Restore(Clean);
        Innermost.Value = call;
        if (call.Context is not null) RequestContext.Values.Value = call.Context;
    }

    /// <summary>
    /// Refuses a call that would wait for a call which waits for it. Two chains that block each other are not seen here; they end in
    /// their time-outs.
    /// </summary>
    internal static GrainCallCycleException? FindCycle(GrainCall call, Activation target)
    {
        // A finished call no longer waits for anything, nor do those that led to it.
        for (var outer = call.Caller; outer is { Finished: false }; outer = outer.Caller)
        {
            if (outer.Target != target) continue;
            if (target.WouldWaitFor(outer, call)) return Describe(call);
            call.ComesFromWithin = true;
        }
        return null;
    }

    static GrainCallCycleException Describe(GrainCall call)
    {
        var path = new StringBuilder(call.ToString());
        for (var outer = call.Caller; outer is { Finished: false }; outer = outer.Caller)
        {
            path.Insert(0, $"{outer} -> ");
            if (outer.Target == call.Target) break;
        }
        return new($"The call would wait for itself: {path}. Make the method [AlwaysInterleave], the grain [Reentrant], "
            + "or the call [OneWay], if that is what is meant.");
    }

    static ExecutionContext CaptureClean()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }
}
