using System.Diagnostics;

namespace Spm.Platform.Connections.Runs;

/// <summary>A run that could not begin, and how long it is left alone: a second, twice as long each time, a minute at most.</summary>
internal sealed record RefusedBegin(ConnectionRow Connection, string Reason, TimeSpan Wait, long At)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public bool IsOver => Stopwatch.GetElapsedTime(At) >= Wait;

    /// <param name="before">Null where it was not refused the time before.</param>
    public static RefusedBegin After(RefusedBegin? before, ConnectionRow connection, Exception failure) => new(
        connection, failure.Message, before is null ? First : before.Wait * 2 < Longest ? before.Wait * 2 : Longest, Stopwatch.GetTimestamp());
}
