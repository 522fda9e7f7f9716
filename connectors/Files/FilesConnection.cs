using System.Runtime.CompilerServices;

namespace Spm.Connectors.Files;

/// <summary>
/// A folder whose files are read in the order of their names. A file is never changed once it is there: who has something new drops a
/// new file, named so that it comes later. <c>opportunities-2025-03-31.csv</c> belongs to the stream <c>opportunities</c>.
/// </summary>
internal sealed class FilesConnection(DirectoryInfo folder, string delimiter) : IConnection, ISource
{
    /// <summary>Rows between two checkpoints.</summary>
    private const int RowsACheckpoint = 500;

    /// <summary>Where a read stands: rows of the file that have been read; files of lesser names are done.</summary>
    private sealed record Position(string File, long Rows);

    public Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken) => folder.Exists
        ? Task.FromResult(new CheckedAccount(folder.Name, $"Folder {folder.Name}"))
        : throw new ConnectorException(ErrorKind.Config, $"There is no folder '{folder.Name}'.") { Field = "/folder" };

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DiscoveredStream>>(
            [.. FileRows.Streams.Select(s => new DiscoveredStream(s, [.. FileRows.ColumnsOf(s).Select(c => new DiscoveredField(c, "text"))]))]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = request.From?.Read<Position>() ?? new Position("", 0);
        foreach (var file in Files(request.Stream).Where(f => string.CompareOrdinal(f.Name, from.File) >= 0))
        {
            var done = file.Name == from.File ? from.Rows : 0;
            var row = 0L;
            await foreach (var fields in RowFile.ReadAsync(file, delimiter, cancellationToken))
            {
                if (row++ < done)
                {
                    continue;
                }
                yield return FileRows.Message(request.Stream, fields);
                if (row % RowsACheckpoint == 0)
                {
                    yield return Checkpoint.Of(new Position(file.Name, row));
                }
            }
            if (row < done)
            {
                throw new ConnectorException(ErrorKind.CursorExpired, $"'{file.Name}' has fewer rows than before.");
            }
            yield return Checkpoint.Of(new Position(file.Name, row));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Half-written files end in <c>.part</c> or begin with a dot, and are left alone until they are renamed.</summary>
    private IEnumerable<FileInfo> Files(string stream)
    {
        if (!FileRows.Streams.Contains(stream))
        {
            throw new ConnectorException(ErrorKind.Config, $"Files have no stream '{stream}'.");
        }
        return folder.EnumerateFiles()
            .Where(f => f.LinkTarget is null && f.Extension is ".csv" or ".ndjson")
            .Where(f => Path.GetFileNameWithoutExtension(f.Name) == stream || f.Name.StartsWith(stream + "-", StringComparison.Ordinal))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
    }
}
