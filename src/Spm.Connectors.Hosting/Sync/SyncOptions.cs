namespace Spm.Connectors.Hosting.Sync;

/// <summary>Bounds of a run.</summary>
public sealed record SyncOptions
{
    /// <summary>Records in one commit where a source gives no checkpoint sooner. Memory is flat because of it.</summary>
    public int BatchRecords { get; init; } = 1000;

    /// <summary>Characters of the records in one commit; the last of them may go beyond.</summary>
    public long BatchLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Characters of one record. A longer one goes into quarantine: nobody could hold a few of them.</summary>
    public long RecordLength { get; init; } = 1024 * 1024;

    /// <summary>Rows a run may put into quarantine before it is the stream that is wrong, and not the rows.</summary>
    public int MaxQuarantined { get; init; } = 10_000;

    /// <summary>How often a stream goes on from its last checkpoint after a transient failure, within one run.</summary>
    public int TransientRetries { get; init; } = 3;

    /// <summary>The same after an error of the vendor's or the connector's making, which rarely goes away.</summary>
    public int BugRetries { get; init; } = 1;

    /// <summary>The wait before the first retry; it doubles each time.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait within a run. A vendor that asks for more ends the stream's run as waiting.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);
}
