using Microsoft.Extensions.Logging;

namespace Spm.Platform.Kernel;

/// <summary>
/// The clock of everything that is kept: instants of records, leases and audit entries. It never goes back, neither where the system's clock is set back nor where a tenant
/// comes over from a host whose clock was ahead: it stands still until time has caught up. Who reads what changed since an instant, or as of one, would miss
/// what was written after it otherwise. Tokens, signatures and calls of others are checked against the system's clock.
/// </summary>
public sealed partial class RecordClock(TimeProvider system, ILogger<RecordClock> log) : TimeProvider
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(1);

    private long _latest;
    private bool _told;

    public override DateTimeOffset GetUtcNow()
    {
        var now = system.GetUtcNow();
        var latest = Interlocked.Read(ref _latest);
        while (now.UtcTicks > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, now.UtcTicks, latest);
            if (seen == latest)
            {
                _told = false;
                return now;
            }
            latest = seen;
        }
        var at = new DateTimeOffset(latest, TimeSpan.Zero);
        if (!_told && at - now > WorthTelling)
        {
            _told = true;
            Behind(log, now, at);
        }
        return at;
    }

    /// <summary>Nothing is written before an instant that has been written already.</summary>
    public void NotBefore(DateTimeOffset written)
    {
        var latest = Interlocked.Read(ref _latest);
        while (written.UtcTicks > latest)
        {
            latest = Interlocked.CompareExchange(ref _latest, written.UtcTicks, latest) is var seen && seen == latest ? written.UtcTicks : seen;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => system.CreateTimer(callback, state, dueTime, period);

    public override long GetTimestamp() => system.GetTimestamp();

    public override long TimestampFrequency => system.TimestampFrequency;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock says {Now:O}, and records were written at {Latest:O} already: instants of records stand still until then")]
    private static partial void Behind(ILogger log, DateTimeOffset now, DateTimeOffset latest);
}
