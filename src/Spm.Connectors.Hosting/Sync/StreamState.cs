namespace Spm.Connectors.Hosting.Sync;

/// <summary>What the host keeps of a stream between runs. It is stored in the transaction of the records it covers.</summary>
public sealed record StreamState
{
    public static StreamState New { get; } = new();

    /// <summary>Where to go on. Null: from the beginning.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The id of a full read that is under way, perhaps over several runs. Null: none is, the stream is incremental.</summary>
    public string? FullRead { get; init; }

    /// <summary>The fields the stream had when people last agreed to them. Null: whatever comes is agreed to.</summary>
    public IReadOnlyList<DiscoveredField>? Fields { get; init; }
}

/// <summary>How the host wants a stream read. It is the host's decision: the connector only learns where to begin.</summary>
public enum SyncMode
{
    /// <summary>Goes on with a full read that is under way, or from the checkpoint.</summary>
    Incremental,

    /// <summary>Forgets the checkpoint and reads everything.</summary>
    Full,
}

/// <summary>One stream to read.</summary>
public sealed record StreamPlan(StreamManifest Stream, SyncMode Mode, StreamState State);

/// <summary>Where a source's records go: the platform, or a test.</summary>
public interface ISyncStore
{
    /// <summary>
    /// Stores records, quarantined rows and the state in one transaction, or nothing of it. Records are upserted by (connection, stream,
    /// key); one that is older than what is there changes nothing.
    /// </summary>
    /// <exception cref="ConnectorException">The commit is refused, by the kind of error that the source would have given.</exception>
    Task CommitAsync(StreamCommit commit, CancellationToken cancellationToken);
}

/// <summary>A part of a stream, to be stored as a whole.</summary>
public sealed record StreamCommit
{
    public required string Stream { get; init; }

    public required IReadOnlyList<SourceRecord> Records { get; init; }

    public required IReadOnlyList<InvalidRow> Quarantined { get; init; }

    public required StreamState State { get; init; }

    /// <summary>The full read these records belong to; what the store has to remember as seen. Null in incremental runs.</summary>
    public string? FullRead { get; init; }

    /// <summary>The full read has shown everything there is, and its stream finds deletions that way: what it has not shown is gone.</summary>
    public bool DropUnseen { get; init; }
}
