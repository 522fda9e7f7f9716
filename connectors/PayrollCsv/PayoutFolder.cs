using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Spm.Connectors.PayrollCsv;

/// <summary>
/// The folder that payroll takes files from, and a copy of all that was put there, so that a file that payroll has taken away is not written again.
/// A file is prepared under another name, copied, and appears by being renamed: where the copy is there and the prepared file is too, the rename
/// is still to come; where only the copy is, payroll has seen the file.
/// </summary>
internal sealed class PayoutFolder(DirectoryInfo folder, string delimiter)
{
    private const string Prepared = ".part";
    private static readonly string[] Columns = ["line_id", "person", "amount", "currency", "period", "earning_code"];

    private DirectoryInfo Sent => new(Path.Combine(folder.FullName, ".sent"));

    public string Name => folder.Name;

    public void Create()
    {
        folder.Create();
        Sent.Create();
    }

    /// <summary>Lines of a batch that payroll was given, with the file they stand in.</summary>
    public async Task<Dictionary<string, (string File, decimal Amount)>> SentAsync(string batch, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<string, (string, decimal)>(StringComparer.Ordinal);
        foreach (var file in CopiesOf(batch))
        {
            using var csv = new CsvReader(new StreamReader(file.FullName, Encoding.UTF8), Configuration());
            await csv.ReadAsync();
            csv.ReadHeader();
            while (await csv.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                lines[csv.GetField(0)!] = (file.Name, decimal.Parse(csv.GetField(2)!, CultureInfo.InvariantCulture));
            }
        }
        return lines;
    }

    /// <summary>Lets appear what was prepared and copied when the host ended.</summary>
    public Task FinishAsync(string batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var copy in CopiesOf(batch))
        {
            var prepared = Path.Combine(folder.FullName, "." + copy.Name + Prepared);
            if (File.Exists(prepared))
            {
                File.Move(prepared, Path.Combine(folder.FullName, copy.Name));
            }
        }
        return Task.CompletedTask;
    }

    public async Task WriteAsync(string batch, IReadOnlyList<PayoutLine> lines, CancellationToken cancellationToken)
    {
        Create();
        var name = string.Create(CultureInfo.InvariantCulture, $"payouts-{batch}-{CopiesOf(batch).Count + 1}.csv");
        var prepared = Path.Combine(folder.FullName, "." + name + Prepared);
        await WriteFileAsync(prepared, lines, cancellationToken);
        var copy = Path.Combine(Sent.FullName, name);
        await WriteFileAsync(copy + Prepared, lines, cancellationToken);
        // From here on the lines are sent: whatever happens now, the next look finishes it.
        File.Move(copy + Prepared, copy);
        File.Move(prepared, Path.Combine(folder.FullName, name));
    }

    private List<FileInfo> CopiesOf(string batch) => Sent.Exists
        ? [.. Sent.EnumerateFiles($"payouts-{batch}-*.csv").OrderBy(f => f.Name, StringComparer.Ordinal)]
        : [];

    private async Task WriteFileAsync(string path, IReadOnlyList<PayoutLine> lines, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await using var writer = new StreamWriter(file, new UTF8Encoding(false));
        await using var csv = new CsvWriter(writer, Configuration(newLine: "\r\n"));
        foreach (var column in Columns)
        {
            csv.WriteField(column);
        }
        await csv.NextRecordAsync();
        foreach (var line in lines)
        {
            string[] fields = [line.Id, line.Person, line.Amount.Amount.ToString("0.00##", CultureInfo.InvariantCulture), line.Amount.Currency, line.Period, line.EarningCode];
            Array.ForEach(fields, csv.WriteField);
            await csv.NextRecordAsync();
        }
        await csv.FlushAsync();
        await writer.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <param name="newLine">Null takes any when it is read.</param>
    private CsvConfiguration Configuration(string? newLine = null)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter };
        if (newLine is not null)
        {
            configuration.NewLine = newLine;
        }
        return configuration;
    }
}
