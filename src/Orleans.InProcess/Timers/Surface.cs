using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of one activation; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the next callback is due and the pause after each; <see cref="Timeout.InfiniteTimeSpan"/> means never.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer runs.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>A timer that neither interleaves nor keeps the grain alive.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this() => (DueTime, Period) = (dueTime, period);

    /// <summary>Time until the first callback; zero means as soon as the current turn is over.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Pause between the end of a callback and the start of the next; infinite for a single callback.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether the callback may run between the turns of a call in progress.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a callback counts as use, so that the grain does not become idle.</summary>
    public bool KeepAlive { get; init; }
}
