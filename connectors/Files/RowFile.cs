using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Spm.Connectors.Files;

/// <summary>The rows of a file, one at a time, as texts by column. UTF-8. A row that is no row has the field <see cref="Broken"/> alone.</summary>
internal static class RowFile
{
    public const string Broken = "\0broken";

    /// <summary>In place of what is not UTF-8: no letter, so that nothing is taken for what it is not.</summary>
    public const char Undecoded = '\uFFFF';

    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Undecoded.ToString()));

    /// <summary>Bytes of a row, which is held in memory. The host keeps none of more than a million characters.</summary>
    private const long Longest = 16 * 1024 * 1024;

    public static IAsyncEnumerable<IReadOnlyDictionary<string, string?>> ReadAsync(FileInfo file, string delimiter, CancellationToken cancellationToken) =>
        file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? CsvAsync(file, delimiter, cancellationToken) : LinesAsync(file, cancellationToken);

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> CsvAsync(
        FileInfo file, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A quote within a text that is not quoted is one. A quoted text that does not end where its column does has taken in what stands behind it.
        var open = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = bad => open |= bad.Field.StartsWith('"'), IgnoreBlankLines = true };
        await using var rows = new Rows(file);
        using var reader = new StreamReader(rows, Utf8);
        using var csv = new CsvReader(reader, configuration);
        if (!await csv.ReadAsync())
        {
            yield break;
        }
        csv.ReadHeader();
        var header = csv.HeaderRecord!;
        if (!header.Contains("id") || header.Distinct().Count() != header.Length)
        {
            throw new ConnectorException(ErrorKind.SchemaChanged, $"'{file.Name}' needs a column 'id' and every column once.");
        }
        while (await csv.ReadAsync())
        {
            rows.Next();
            cancellationToken.ThrowIfCancellationRequested();
            open = false;
            var values = csv.Parser.Record!;
            yield return values.Length == header.Length && !open
                ? header.Select((name, i) => (name, value: values[i])).ToDictionary(c => c.name, c => (string?)c.value)
                : new Dictionary<string, string?> { [Broken] = csv.Parser.RawRecord.TrimEnd() };
        }
    }

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> LinesAsync(
        FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = new Rows(file);
        using var reader = new StreamReader(rows, Utf8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            rows.Next();
            if (line.Length > 0)
            {
                yield return Line(line);
            }
        }
    }

    private static Dictionary<string, string?> Line(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.EnumerateObject().ToDictionary(
                m => m.Name, m => m.Value.ValueKind == JsonValueKind.Null ? null : m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString() : m.Value.GetRawText());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return new Dictionary<string, string?> { [Broken] = line };
        }
    }

    /// <summary>A file of which no row is longer than is held: one whose line, or quoted text, has no end would be read as a whole.</summary>
    private sealed class Rows(FileInfo file)
        : FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan)
    {
        private long _read;

        /// <summary>A row is read.</summary>
        public void Next() => _read = 0;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            _read += read;
            return _read <= Longest ? read
                : throw new ConnectorException(ErrorKind.RemoteBug, $"'{file.Name}' has a row of more than {Longest / 1024 / 1024} MB. Does a line or a quoted text have no end?");
        }
    }
}
