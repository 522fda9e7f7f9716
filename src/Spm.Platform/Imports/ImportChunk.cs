using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

/// <summary>Outcomes of some rows, and how far the file is read with them.</summary>
internal sealed class ImportChunk
{
    private readonly List<ImportRowResult> _results = [];
    private long _read;
    private long _created;
    private long _corrected;
    private long _unchanged;
    private long _rejected;

    public long BytesRead { get; set; }

    /// <summary>Of the rows that were not simply created.</summary>
    public IReadOnlyList<ImportRowResult> Results => _results;

    public ImportCounts Counts => new(_read, _created, _corrected, _unchanged, _rejected);

    /// <summary>The change in counts when rows that were rejected before have now these outcomes.</summary>
    public ImportCounts CountsOfRetry => new(0, _created, _corrected, _unchanged, _rejected - _read);

    public void Created()
    {
        _read++;
        _created++;
    }

    public void Corrected(long row)
    {
        _read++;
        _corrected++;
        _results.Add(new ImportRowResult(row, ImportRowResult.Corrected, [], null));
    }

    public void Unchanged(long row)
    {
        _read++;
        _unchanged++;
        _results.Add(new ImportRowResult(row, ImportRowResult.Unchanged, [], null));
    }

    public void Rejected(long row, Error error, string raw)
    {
        _read++;
        _rejected++;
        raw = raw.Replace('\0', '\uFFFD');
        _results.Add(ImportRowResult.Reject(row, error, raw.Length <= Limits.ImportKeptRowLength ? raw : raw[..Limits.ImportKeptRowLength]));
    }
}
