namespace Spm.Platform.Tests.Support;

/// <summary>A clock that stands still until it is told to go on, or back. Timers run on the system's.</summary>
public sealed class ManualClock : TimeProvider
{
    private long _now = new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _now));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, (long)by.TotalMilliseconds);
}
