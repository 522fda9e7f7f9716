using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
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
    private readonly Queue<(string Text, long End, Error? Broken)> _ahead = new();
    private long _row = job.Rows.Read;
    private long _start;

    /// <summary>Offset after the row last read: where to go on after a restart.</summary>
    public long Position { get; private set; } = stream.Position;

    /// <summary>Names of the CSV columns.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>Reads the header from the file's first line with anything in it.</summary>
    public Result<string> ReadHeader()
    {
        while (_reader.Next())
        {
            Position = _reader.Position;
            if (Broken() is { } broken)
            {
                return broken.Code == ErrorCodes.NotUtf8 ? broken : new Error(ErrorCodes.HeaderInvalid, $"The first line is no CSV header. {broken.Detail}");
            }
            var text = CsvLines.Text(_reader.Line);
            if (text.Contains('\r', StringComparison.Ordinal))
            {
                return new Error(ErrorCodes.HeaderInvalid, "Lines end with CR alone, so that the whole file is one: save it with LF or CRLF.");
            }
            if (!IsBlank(text))
            {
                return UseHeader(text) ? text : new Error(ErrorCodes.HeaderInvalid, "The quotes in the header do not fit.");
            }
        }
        return new Error(ErrorCodes.FileEmpty, "The file has neither header nor rows.");
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
        var found = job.Format == ImportFormat.Csv ? NextRecord(out line) : NextJson(out line);
        line = line with { Text = new RowText(_start, Position, null) };
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

    /// <summary>A row that was kept by itself: split under this file's header, or JSON when it was corrected since.</summary>
    public ImportLine Reread(long row, string raw)
    {
        var line = job.Format == ImportFormat.Csv && !IsJsonObject(raw) ? Record(row, raw) : new ImportLine(row, Encoding.UTF8.GetBytes(raw), null, raw, null);
        return line with { Text = RowText.Of(raw) };
    }

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
        for (_start = Position; _reader.Next(); _start = Position)
        {
            Position = _reader.Position;
            if (!_reader.Line.Span.Trim(" \t"u8).IsEmpty)
            {
                line = new ImportLine(++_row, _reader.Line, null, null, Broken());
                return true;
            }
        }
        line = default;
        return false;
    }

    private bool NextRecord(out ImportLine line)
    {
        for (_start = Position; Take(out var text, out var broken); _start = Position)
        {
            if (broken is not null)
            {
                line = new ImportLine(++_row, default, null, text, broken);
                return true;
            }
            if (!IsBlank(text))
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
        List<(string Text, long End, Error? Broken)> joined = [];
        while (joined.Count < MaxLinesPerRecord && record.Length < Limits.ImportRowBytes && CsvLines.IsOpen(record) && Take(out var text, out var broken))
        {
            joined.Add((text, Position, broken));
            if (broken is not null)
            {
                break;
            }
            record += "\n" + text;
        }
        if (_csv.Cells(record) is { } cells && cells.Length == Header.Length)
        {
            return new ImportLine(++_row, default, cells, record, null);
        }
        PutBack(joined);
        Position = end;
        return new ImportLine(++_row, default, null, first, Malformed("A quote is opened and not closed."));
    }

    private void PutBack(List<(string Text, long End, Error? Broken)> lines)
    {
        lines.AddRange(_ahead);
        _ahead.Clear();
        lines.ForEach(_ahead.Enqueue);
    }

    private ImportLine Record(long row, string text) =>
        _csv.Cells(text) is not { } cells ? new ImportLine(row, default, null, text, Malformed("A quote stands where none can be."))
        : cells.Length != Header.Length ? new ImportLine(row, default, null, text, Malformed($"{cells.Length} cells under a header of {Header.Length}."))
        : new ImportLine(row, default, cells, text, null);

    private bool Take(out string text, out Error? broken)
    {
        if (_ahead.TryDequeue(out var ahead))
        {
            (text, Position, broken) = ahead;
            return true;
        }
        if (_reader.Next())
        {
            text = CsvLines.Text(_reader.Line);
            (Position, broken) = (_reader.Position, Broken());
            return true;
        }
        (text, broken) = ("", null);
        return false;
    }

    /// <summary>
    /// Why the line last read cannot be text. Bytes that are not UTF-8 are never replaced: two external ids must not become one.
    /// </summary>
    private Error? Broken() =>
        _reader.TooLong ? new Error(ErrorCodes.RowTooLong, $"A row has at most {Limits.ImportRowBytes} bytes.")
        : !Utf8.IsValid(_reader.Line.Span) ? new Error(ErrorCodes.NotUtf8, "The row has bytes that are not UTF-8.")
        : _reader.Line.Span.Contains((byte)0) ? new Error(ErrorCodes.NulCharacter, "The row has a NUL byte, which no store keeps.")
        : null;

    private static bool IsBlank(string text) => text.AsSpan().Trim(' ').IsEmpty;

    private static bool IsJsonObject(string raw)
    {
        if (!raw.StartsWith('{'))
        {
            return false;
        }
        try
        {
            using var document = JsonDocument.Parse(raw);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Error Malformed(string detail) => new(ErrorCodes.RowMalformed, detail);
}
