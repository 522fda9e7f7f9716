namespace Spm.Connectors;

/// <summary>A connection that can be read from.</summary>
public interface ISource
{
    /// <summary>
    /// Reads one stream from a checkpoint on, or from the beginning. Ending the sequence says that everything there was has been read.
    /// The messages are read one at a time; nothing may be held back longer than a page.
    /// </summary>
    /// <exception cref="ConnectorException">Ends this stream's run. What the last checkpoint covers stays; other streams go on.</exception>
    IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}

/// <summary>
/// What the host asks for. There is no mode: whether a run is full or incremental is the host's decision, and a full one simply has no
/// <paramref name="From"/>, so that a forgotten cursor cannot filter it.
/// </summary>
/// <param name="Stream">Name of a stream of the manifest.</param>
/// <param name="From">Where to go on, exactly as this connector wrote it; null reads everything.</param>
public sealed record ReadRequest(string Stream, Checkpoint? From);

/// <summary>Something a source says: a <see cref="SourceRecord"/>, a <see cref="Checkpoint"/>, a <see cref="InvalidRow"/>, …</summary>
public abstract record SourceMessage;

/// <summary>A remark for people that changes nothing.</summary>
/// <param name="Code">A stable name in snake_case.</param>
public sealed record Warning(string Code, string Detail) : SourceMessage;

/// <summary>How much is to be expected in all, where the vendor says so. For progress bars only.</summary>
public sealed record Expected(long Records) : SourceMessage;

/// <summary>
/// A row that came but cannot be a record. The host keeps it in quarantine, with the reasons, and goes on.
/// </summary>
/// <param name="Key">The row's key, if that much could be read.</param>
/// <param name="Raw">The row as it came, for the person who corrects it.</param>
public sealed record InvalidRow(string? Key, string Raw, IReadOnlyList<RowError> Errors) : SourceMessage;

/// <summary>Why a row cannot be a record: the field as an RFC 6901 pointer, a rule in snake_case, a sentence.</summary>
public sealed record RowError(string Pointer, string Code, string Detail);
