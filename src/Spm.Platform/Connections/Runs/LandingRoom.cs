namespace Spm.Platform.Connections.Runs;

/// <summary>
/// Room for what has landed and is not taken, in memory and in the store. Whoever lands waits until there is enough; what needs more than all of it
/// waits until nothing else is there.
/// </summary>
/// <param name="size">In bytes.</param>
internal sealed class LandingRoom(long size)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _parts = new();
    private long _used;
    private TaskCompletionSource? _freed;

    /// <summary>Completes once there is room, which is then taken. One at a time may wait.</summary>
    public async Task EnterAsync(long bytes)
    {
        while (TryEnter(bytes) is { } freed)
        {
            await freed;
        }
    }

    /// <summary>So many parts, the oldest, are taken.</summary>
    public void Leave(int parts)
    {
        lock (_lock)
        {
            for (var i = 0; i < parts; i++)
            {
                _used -= _parts.Dequeue();
            }
            _freed?.TrySetResult();
            _freed = null;
        }
    }

    /// <returns>What to wait for; null where there was room.</returns>
    private Task? TryEnter(long bytes)
    {
        lock (_lock)
        {
            if (_parts.Count > 0 && _used + bytes > size)
            {
                return (_freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            _parts.Enqueue(bytes);
            _used += bytes;
            return null;
        }
    }
}
