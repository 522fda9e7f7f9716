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

    public static IAsyncEnumerable<IReadOnlyDictionary<string, string?>> ReadAsync(FileInfo file, string delimiter, CancellationToken cancellationToken) =>
        file.Extension == ".csv" ? CsvAsync(file, delimiter, cancellationToken) : LinesAsync(file, cancellationToken);

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> CsvAsync(
        FileInfo file, string delimiter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null, IgnoreBlankLines = true };
        using var reader = new StreamReader(Open(file), Encoding.UTF8);
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
            cancellationToken.ThrowIfCancellationRequested();
            var values = csv.Parser.Record!;
            yield return values.Length == header.Length
                ? header.Select((name, i) => (name, value: values[i])).ToDictionary(c => c.name, c => (string?)c.value)
                : new Dictionary<string, string?> { [Broken] = csv.Parser.RawRecord.TrimEnd() };
        }
    }

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> LinesAsync(
        FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Open(file), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
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

    private static FileStream Open(FileInfo file) =>
        new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
