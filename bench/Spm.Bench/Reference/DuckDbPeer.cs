using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Spm.Bench.Reference;

internal sealed record PeerResult(string Variant, double Seconds, string Sha256);

/// <summary>The peer: DuckDB in a process of its own, with SQL written by hand for this one plan (bench/peers/duckdb.mjs).</summary>
internal static class DuckDbPeer
{
    public static IReadOnlyList<PeerResult> Run(string folder, int times)
    {
        var peers = Path.Combine(Directory.GetCurrentDirectory(), "bench", "peers");
        if (!Directory.Exists(Path.Combine(peers, "node_modules", "@duckdb")))
        {
            Execute(peers, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
        }
        var lines = Execute(peers, "node", "duckdb.mjs", folder, times.ToString(CultureInfo.InvariantCulture));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<PeerResult>(line, JsonSerializerOptions.Web)!)];
    }

    /// <summary>The same rows as text: lines.csv, quotas.csv, transactions.csv.</summary>
    public static void Write(ReferenceData data, string folder)
    {
        File.WriteAllLines(Path.Combine(folder, "size.csv"),
            [string.Join(',', data.Size.Reps, data.Size.Managers, data.Size.Directors, data.Size.VicePresidents)]);
        Write(folder, "lines.csv", ReferenceSize.Lines, 4, (i, c) => c switch
        {
            0 => i,
            1 => data.MarginPercent[i],
            2 => data.Strategic[i],
            _ => data.Size.FirstSpecialist + i,
        });
        Write(folder, "quotas.csv", data.Size.Payees * ReferenceSize.Months, 5, (i, c) => c switch
        {
            0 => i / ReferenceSize.Months,
            1 => (i % ReferenceSize.Months) + 1,
            _ => data.Quotas[(i * 3) + c - 2],
        });
        Write(folder, "transactions.csv", data.Size.Transactions, 6, (i, c) => c switch
        {
            0 => i + 1,
            1 => data.Rep[i],
            2 => data.Account[i],
            3 => data.Line[i],
            4 => data.Day[i],
            _ => data.Cents[i],
        });
    }

    private static void Write(string folder, string name, int rows, int columns, Func<int, int, long> value)
    {
        using var file = File.Create(Path.Combine(folder, name), 1 << 16);
        Span<byte> line = stackalloc byte[columns * 21];
        for (var row = 0; row < rows; row++)
        {
            var used = 0;
            for (var column = 0; column < columns; column++)
            {
                Utf8Formatter.TryFormat(value(row, column), line[used..], out var written);
                used += written;
                line[used++] = (byte)(column == columns - 1 ? '\n' : ',');
            }
            file.Write(line[..used]);
        }
    }

    private static string Execute(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
