namespace Spm.Connectors.Hosting.Sync;

/// <summary>How a stream's run ended.</summary>
public enum StreamStatus
{
    /// <summary>Everything there was has been read.</summary>
    Complete,

    /// <summary>The vendor asks to wait longer than a run waits.</summary>
    Waiting,

    /// <summary>The schema has changed: people decide.</summary>
    Paused,

    /// <summary>An error ended it. What was committed stays.</summary>
    Failed,

    /// <summary>Not tried, because the whole connection cannot work.</summary>
    Skipped,
}

/// <summary>How a stream's run ended, with what it did.</summary>
/// <param name="State">As it was last committed.</param>
/// <param name="Records">Committed records.</param>
/// <param name="Quarantined">Committed rows that could not be read.</param>
/// <param name="Difference">What changed in the schema.</param>
public sealed record StreamOutcome(
    string Stream, StreamStatus Status, StreamState State, long Records, long Quarantined,
    IReadOnlyList<Warning> Warnings, ConnectorException? Error = null, SchemaDifference? Difference = null);

/// <summary>How a run ended.</summary>
public sealed record RunOutcome(IReadOnlyList<StreamOutcome> Streams)
{
    public RunStatus Status => Streams.All(s => s.Status == StreamStatus.Complete) ? RunStatus.Complete
        : Streams.Any(s => s.Status == StreamStatus.Complete) ? RunStatus.Partial
        : RunStatus.Failed;
}

/// <summary>How a run ended as a whole.</summary>
public enum RunStatus
{
    Complete,

    /// <summary>Some streams are complete and some are not.</summary>
    Partial,
    Failed,
}
