namespace Orleans.InProcess;

/// <summary>
/// Calls that someone waits for, in the order in which they time out. All have the same limit, so that adding to the end keeps the
/// order; a single timer for all looks at the front. Sharded, because every call that is not answered at once passes through.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    const int Shards = 8;

    readonly TimeProvider _time;
    readonly TimeSpan _limit;
    readonly long _limitTicks;
    readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard())];
    readonly ITimer _timer;

    internal PendingCalls(TimeProvider time, TimeSpan limit)
    {
        (_time, _limit) = (time, limit);
        _limitTicks = (long)(limit.TotalSeconds * time.TimestampFrequency);
        var step = TimeSpan.FromTicks(Math.Clamp(limit.Ticks / 30, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond));
        _timer = time.CreateTimer(_ => TimeOutDue(), null, step, step);
    }

    internal void Add(GrainCall call)
    {
        call.Due = _time.GetTimestamp() + _limitTicks;
        call.Shard = (byte)(Environment.CurrentManagedThreadId % Shards);
        var shard = _shards[call.Shard];
        lock (shard)
        {
            // The answer may have come already; whoever gave it takes this lock afterwards.
            if (call.HasAnswer) return;
            call.IsTimed = true;
            call.Earlier = shard.Last;
            if (shard.Last is null) shard.First = call;
            else shard.Last.Later = call;
            shard.Last = call;
        }
    }

    internal void Remove(GrainCall call)
    {
        var shard = _shards[call.Shard];
        lock (shard) shard.Unlink(call);
    }

    internal void TimeOutDue()
    {
        var now = _time.GetTimestamp();
        foreach (var shard in _shards)
        {
            while (TakeDue(shard, now) is { } call) call.TimeOut(_limit);
        }
    }

    public void Dispose() => _timer.Dispose();

    static GrainCall? TakeDue(Shard shard, long now)
    {
        lock (shard)
        {
            if (shard.First is not { } first || first.Due > now) return null;
            shard.Unlink(first);
            return first;
        }
    }

    sealed class Shard
    {
        internal GrainCall? First, Last;

        internal void Unlink(GrainCall call)
        {
            if (!call.IsTimed) return;
            if (call.Earlier is null) First = call.Later;
            else call.Earlier.Later = call.Later;
            if (call.Later is null) Last = call.Earlier;
            else call.Later.Earlier = call.Earlier;
            (call.Earlier, call.Later, call.IsTimed) = (null, null, false);
        }
    }
}
