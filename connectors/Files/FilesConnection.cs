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
    /// <param name="Before">So many of them there were. Null in a checkpoint from before they were counted.</param>
    /// <param name="Form">Length and last change of the file as it was read. Null in a checkpoint from before that was kept.</param>
    /// <param name="Part">There may be more rows.</param>
    /// <param name="Names">Marks of the files of lesser names that were there. Null where they are too many for a checkpoint, which then has their number alone.</param>
    private sealed record Position(string File, long Rows, int? Before = null, string? Form = null, bool Part = false, string? Names = null);

    public Task<CheckedAccount> CheckAsync(CancellationToken cancellationToken) => folder.Exists
        ? Task.FromResult(new CheckedAccount(folder.Name, $"Folder {folder.Name}"))
        : throw new ConnectorException(ErrorKind.Config, $"There is no folder '{folder.Name}'.") { Field = "/folder" };

    public Task<IReadOnlyList<DiscoveredStream>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DiscoveredStream>>(
            [.. FileRows.Streams.Select(s => new DiscoveredStream(s, [.. FileRows.ColumnsOf(s).Select(c => new DiscoveredField(c, "text"))]))]);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = request.From?.Read<Position>() ?? new Position("", 0);
        var files = Files(request.Stream);
        var before = files.Count(f => Compare(f.Name, from.File) < 0);
        if (FileMarks.Late(files.Take(before), from.Names, from.Before) is { } late)
        {
            throw new ConnectorException(
                ErrorKind.Config, $"Files of lesser names have come since '{from.File}' was read, and would never be read: {late}. Give them later names, or have everything read anew by a backfill; then resume.");
        }
        var names = FileMarks.Of(files, before);
        if (from.Part && !files.Exists(f => f.Name == from.File))
        {
            throw new ConnectorException(
                ErrorKind.Config, $"'{from.File}' was taken away before it was read whole: {from.Rows} of its rows were. Put it back, or have everything read anew by a backfill; then resume.");
        }
        foreach (var file in files.Skip(before))
        {
            var form = FormattableString.Invariant($"{file.Length}/{file.LastWriteTimeUtc.Ticks}");
            // One that has changed since was still being written, or is another of the same name: its rows are not those that were read.
            var done = file.Name == from.File && (from.Form is null || from.Form == form) ? from.Rows : 0;
            var row = 0L;
            HashSet<string> apart = new(StringComparer.Ordinal);
            await foreach (var fields in RowFile.ReadAsync(file, delimiter, cancellationToken))
            {
                if (row++ < done)
                {
                    continue;
                }
                var message = FileRows.Message(request.Stream, fields);
                if (message is SourceRecord record && apart.Contains(record.Key))
                {
                    // Of one part what could not be read is said last: a row that is corrected further down is of a part before.
                    apart.Clear();
                    yield return Checkpoint.Of(new Position(file.Name, row - 1, before, form, Part: true, names));
                }
                if (message is InvalidRow { Key: { } key })
                {
                    apart.Add(key);
                }
                yield return message;
                if (row % RowsACheckpoint == 0)
                {
                    apart.Clear();
                    yield return Checkpoint.Of(new Position(file.Name, row, before, form, Part: true, names));
                }
            }
            if (row < done)
            {
                throw new ConnectorException(ErrorKind.CursorExpired, $"'{file.Name}' has fewer rows than before.");
            }
            yield return Checkpoint.Of(new Position(file.Name, row, before++, form, Names: names));
            names = FileMarks.Of(files, before);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Half-written files end in <c>.part</c> or begin with a dot, and are left alone until they are renamed.</summary>
    private List<FileInfo> Files(string stream)
    {
        if (!FileRows.Streams.Contains(stream))
        {
            throw new ConnectorException(ErrorKind.Config, $"Files have no stream '{stream}'.");
        }
        return [.. folder.EnumerateFiles()
            .Where(f => f.LinkTarget is null && f.Extension.ToLowerInvariant() is ".csv" or ".ndjson")
            .Where(f => Path.GetFileNameWithoutExtension(f.Name) == stream || f.Name.StartsWith(stream + "-", StringComparison.Ordinal))
            .Order(Comparer<FileInfo>.Create((a, b) => Compare(a.Name, b.Name)))];
    }

    /// <summary>By their names without the extension: <c>opportunities.csv</c> comes before <c>opportunities-2025-03-31.csv</c>, which a point would turn round.</summary>
    private static int Compare(string a, string b) =>
        string.CompareOrdinal(Path.GetFileNameWithoutExtension(a), Path.GetFileNameWithoutExtension(b)) is not 0 and var order ? order : string.CompareOrdinal(a, b);
}
