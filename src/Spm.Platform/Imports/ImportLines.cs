using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Platform.Kernel;

namespace Spm.Platform.Imports;

/// <summary>
/// A row as it was read: JSON bytes (valid until the next row is read), or the cells of a CSV record under the file's header, or the
/// reason why it is neither.
/// </summary>
internal readonly record struct ImportLine(long Row, ReadOnlyMemory<byte> Json, string[]? Cells, string? RawRecord, Error? Broken)
{
    /// <summary>The row as it was sent, for the list of rejected rows.</summary>
    public string Raw => RawRecord ?? Encoding.UTF8.GetString(Json.Span);

    /// <summary>Where to find it again in the file, for the few rows that are rejected later.</summary>
    public RowText Text { get; init; }
}

/// <summary>A row's text: kept, or its place in the file.</summary>
internal readonly record struct RowText(long Start, long End, string? Kept)
{
    public static RowText Of(string text) => new(0, 0, text);
}

/// <summary>The rows of an import file from an offset on, one at a time. A broken row costs itself, never its neighbours.</summary>
internal sealed class ImportLines(ImportJob job, Stream stream)
{
    /// <summary>A quoted cell may hold line breaks, but a quote that was never closed must not swallow the file.</summary>
    private const int MaxLinesPerRecord = 100;

    private readonly LineReader _reader = new(stream, stream.Position, Limits.ImportRowBytes);
    private readonly CsvLines _csv = new(job.Delimiter);
    private readonly Queue<(string Text, long End, bool TooLong)> _ahead = new();
    private long _row = job.Rows.Read;

    /// <summary>Offset after the row last read: where to go on after a restart.</summary>
    public long Position { get; private set; } = stream.Position;

    /// <summary>Names of the CSV columns.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>Reads the header from the file's first line with anything in it; null when there is none or its quotes do not fit.</summary>
    public string? ReadHeader()
    {
        while (_reader.Next())
        {
            Position = _reader.Position;
            if (_reader.TooLong)
            {
                return null;
            }
            var text = CsvLines.Text(_reader.Line);
            if (text.Length > 0)
            {
                return UseHeader(text) ? text : null;
            }
        }
        return null;
    }

    public void UseHeader(string[] header) => Header = header;

    public bool UseHeader(string text)
    {
        if (_csv.Cells(text) is not { } cells)
        {
            return false;
        }
        Header = Array.ConvertAll(cells, c => c.Trim());
        return true;
    }

    public bool Next(out ImportLine line)
    {
        var start = Position;
        var found = job.Format == ImportFormat.Csv ? NextRecord(out line) : NextJson(out line);
        line = line with { Text = new RowText(start, Position, null) };
        return found;
    }

    public string Read(in RowText text)
    {
        if (text.Kept is not null || stream is not FileStream file)
        {
            return text.Kept ?? "";
        }
        var bytes = new byte[Math.Min(text.End - text.Start, Limits.ImportRowBytes)];
        var read = RandomAccess.Read(file.SafeFileHandle, bytes, text.Start);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read)).Trim('\r', '\n', '\uFEFF');
    }

    /// <summary>A record that was kept by itself, split under this file's header.</summary>
    public ImportLine Reread(long row, string raw) =>
        (job.Format == ImportFormat.Csv ? Record(row, raw) : new ImportLine(row, Encoding.UTF8.GetBytes(raw), null, raw, null)) with { Text = RowText.Of(raw) };

    /// <summary>A CSV row as a JSON object: cells are texts, empty ones are left out, lists are separated by semicolons.</summary>
    public JsonElement ToJson(in ImportLine line, IReadOnlySet<string> lists)
    {
        var body = new JsonObject();
        for (var i = 0; i < Header.Length; i++)
        {
            if (line.Cells![i].Length > 0)
            {
                body[Header[i]] = lists.Contains(Header[i])
                    ? new JsonArray([.. line.Cells[i].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(c => JsonValue.Create(c))])
                    : line.Cells[i];
            }
        }
        return JsonSerializer.SerializeToElement(body);
    }

    private bool NextJson(out ImportLine line)
    {
        while (_reader.Next())
        {
            Position = _reader.Position;
            if (_reader.TooLong)
            {
                line = new ImportLine(++_row, _reader.Line, null, null, TooLong());
                return true;
            }
            if (!_reader.Line.Span.Trim(" \t"u8).IsEmpty)
            {
                line = new ImportLine(++_row, _reader.Line, null, null, null);
                return true;
            }
        }
        line = default;
        return false;
    }

    private bool NextRecord(out ImportLine line)
    {
        while (Take(out var text, out var tooLong))
        {
            if (tooLong)
            {
                line = new ImportLine(++_row, default, null, text, TooLong());
                return true;
            }
            if (text.Length > 0)
            {
                line = CsvLines.IsOpen(text) ? Join(text) : Record(++_row, text);
                return true;
            }
        }
        line = default;
        return false;
    }

    /// <summary>Adds lines until the open quote is closed. When that makes no record, the first line alone is broken and the others are read again.</summary>
    private ImportLine Join(string first)
    {
        var end = Position;
        var record = first;
        List<(string Text, long End, bool TooLong)> joined = [];
        while (joined.Count < MaxLinesPerRecord && record.Length < Limits.ImportRowBytes && CsvLines.IsOpen(record) && Take(out var text, out var tooLong))
        {
            joined.Add((text, Position, tooLong));
            record += "\n" + text;
        }
        if (!CsvLines.IsOpen(record) && _csv.Cells(record) is { } cells && cells.Length == Header.Length)
        {
            return new ImportLine(++_row, default, cells, record, null);
        }
        PutBack(joined);
        Position = end;
        return new ImportLine(++_row, default, null, first, Malformed("A quote is opened and not closed."));
    }

    private void PutBack(List<(string Text, long End, bool TooLong)> lines)
    {
        lines.AddRange(_ahead);
        _ahead.Clear();
        lines.ForEach(_ahead.Enqueue);
    }

    private ImportLine Record(long row, string text) =>
        _csv.Cells(text) is not { } cells ? new ImportLine(row, default, null, text, Malformed("A quote stands where none can be."))
        : cells.Length != Header.Length ? new ImportLine(row, default, null, text, Malformed($"{cells.Length} cells under a header of {Header.Length}."))
        : new ImportLine(row, default, cells, text, null);

    private bool Take(out string text, out bool tooLong)
    {
        if (_ahead.TryDequeue(out var ahead))
        {
            (text, Position, tooLong) = ahead;
            return true;
        }
        if (_reader.Next())
        {
            text = CsvLines.Text(_reader.Line);
            (Position, tooLong) = (_reader.Position, _reader.TooLong);
            return true;
        }
        (text, tooLong) = ("", false);
        return false;
    }

    private static Error Malformed(string detail) => new(ErrorCodes.RowMalformed, detail);

    private static Error TooLong() => new(ErrorCodes.RowTooLong, $"A row has at most {Limits.ImportRowBytes} bytes.");
}
