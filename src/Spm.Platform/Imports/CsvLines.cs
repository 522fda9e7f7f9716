using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Spm.Platform.Imports;

/// <summary>Splits CSV records (RFC 4180) into cells. Lines without quotes, nearly all of them, are split at once; the rest is CsvHelper's.</summary>
internal sealed class CsvLines(string delimiter)
{
    private readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter,
        HasHeaderRecord = false,
        IgnoreBlankLines = false,
        BadDataFound = null,
    };

    /// <summary>True when the line leaves a quoted cell open, so that the record goes on in the next line.</summary>
    public static bool IsOpen(string record) => record.AsSpan().Count('"') % 2 != 0;

    /// <summary>Null when the record's quotes do not fit.</summary>
    public string[]? Cells(string record)
    {
        if (!record.Contains('"', StringComparison.Ordinal))
        {
            return record.Split(delimiter);
        }
        if (IsOpen(record))
        {
            return null;
        }
        var bad = false;
        using var parser = new CsvParser(new StringReader(record), _configuration with { BadDataFound = _ => bad = true });
        if (!parser.Read())
        {
            return null;
        }
        // The parser looks at a cell's quotes only when the cell is taken.
        var cells = parser.Record;
        return bad || parser.RawRecord.Length < record.Length ? null : cells;
    }

    public static string Text(ReadOnlyMemory<byte> line) => Encoding.UTF8.GetString(line.Span);
}
