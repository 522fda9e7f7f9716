using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

/// <summary>Outcomes of some rows in a row, and how far the file is read with them.</summary>
internal sealed class ImportChunk
{
    private readonly List<ImportRowResult> _results = [];
    private long _read;
    private long _created;
    private long _corrected;
    private long _unchanged;
    private long _rejected;

    public long BytesRead { get; set; }

    public IReadOnlyList<ImportRowResult> Results => _results;

    public ImportCounts Counts => new(_read, _created, _corrected, _unchanged, _rejected);

    public void Add(long row, string status, Func<string>? raw = null, Error? error = null)
    {
        _read++;
        switch (status)
        {
            case ImportRowResult.Created:
                _created++;
                return;
            case ImportRowResult.Corrected:
                _corrected++;
                _results.Add(new ImportRowResult(row, status, [], null));
                return;
            case ImportRowResult.Unchanged:
                _unchanged++;
                _results.Add(new ImportRowResult(row, status, [], null));
                return;
            default:
                _rejected++;
                _results.Add(ImportRowResult.Reject(row, error!, Cut(raw?.Invoke() ?? "")));
                return;
        }
    }

    /// <summary>The change in counts when rows that were rejected before have now these outcomes.</summary>
    public ImportCounts CountsOfRetry => new(0, _created, _corrected, _unchanged, _rejected - _read);

    private static string Cut(string raw) => raw.Length <= 64 * 1024 ? raw : raw[..(64 * 1024)];
}
