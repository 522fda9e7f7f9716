using System.Collections.Concurrent;

namespace Spm.GraphQL.Execution;

/// <summary>Clocks for requests. Most are never needed, so they are used again.</summary>
internal sealed class TimeLimits(TimeSpan timeout)
{
    private const int MostKept = 64;

    private readonly ConcurrentBag<CancellationTokenSource> _kept = [];

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>A clock that is running, and also ends when the caller cancels.</summary>
    public Clock Start(CancellationToken cancellation)
    {
        var source = _kept.TryTake(out var kept) ? kept : new CancellationTokenSource();
        source.CancelAfter(Timeout);
        var registration = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
        return new Clock(this, source, registration);
    }

    private void Stop(CancellationTokenSource source)
    {
        if (_kept.Count < MostKept && source.TryReset())
        {
            _kept.Add(source);
        }
        else
        {
            source.Dispose();
        }
    }

    /// <summary>The time of one request.</summary>
    public readonly struct Clock(TimeLimits limits, CancellationTokenSource source, CancellationTokenRegistration registration) : IDisposable
    {
        public CancellationToken Token => source.Token;

        public bool HasRung => source.IsCancellationRequested;

        public void Dispose()
        {
            registration.Dispose();
            limits.Stop(source);
        }
    }
}
