using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Spm.Platform.Tests.Support;

/// <summary>
/// A PostgreSQL of this process' own, from the binaries that are installed: data in a temporary folder, reached through a socket there, and ended
/// with this process.
/// </summary>
internal sealed class PostgresProcess
{
    /// <summary>Held: a keeper that is collected ends its server.</summary>
    private static readonly ConcurrentBag<PostgresProcess> Running = [];

    private readonly ConcurrentDictionary<string, Lazy<string>> _schemas = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateTempSubdirectory("spm-pg-").FullName;
    private readonly Process _keeper;
    private readonly string[] _tables;

    private PostgresProcess(string binaries, string[] tables)
    {
        _tables = tables;
        var data = Path.Combine(_folder, "data");
        // PostgreSQL refuses to run as root.
        string[] prefix = [];
        if (Environment.UserName == "root")
        {
            var user = File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
            Run("chown", user, _folder);
            prefix = ["runuser", "-u", user, "--"];
        }
        Run([.. prefix, Path.Combine(binaries, "initdb"), "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "spm"]);
        // The keeper waits for its input to end, which it does with this process however that ends, and ends the server.
        var server = string.Join(' ', (string[])[.. prefix, Path.Combine(binaries, "postgres"), "-D", data, "-k", _folder, "-c", "listen_addresses=", "-c", "max_connections=400", "-c", "logging_collector=off"]);
        _keeper = Process.Start(new ProcessStartInfo("sh", ["-c", $"{server} >'{_folder}/log' 2>&1 </dev/null & read -r end; kill -QUIT $(head -n 1 '{data}/postmaster.pid'); wait; rm -rf '{_folder}'"])
        {
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        })!;
        for (var since = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute("create database spm locale 'C' template template0", "postgres");
                return;
            }
            catch (NpgsqlException) when (since.Elapsed < TimeSpan.FromSeconds(60))
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Null where there are no binaries.</summary>
    /// <param name="tables">What is executed in every schema when it is made.</param>
    public static PostgresProcess? Start(params string[] tables)
    {
        if (Binaries() is not { } binaries)
        {
            return null;
        }
        var server = new PostgresProcess(binaries, tables);
        Running.Add(server);
        return server;
    }

    /// <summary>The connection string of a schema, which is made when it is first asked for.</summary>
    public string Schema(string name) => _schemas.GetOrAdd(name, n => new Lazy<string>(() =>
    {
        Execute($"create schema \"{n}\"", "spm");
        var schema = $"{Connection("spm")};Search Path={n}";
        using var connection = new NpgsqlConnection(schema);
        connection.Open();
        Array.ForEach(_tables, sql => Execute(sql, connection));
        return schema;
    })).Value;

    /// <summary>A schema that nobody else has.</summary>
    public string Schema() => Schema($"s{Guid.NewGuid():N}");

    public static void Execute(string sql, NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private void Execute(string sql, string database)
    {
        using var connection = new NpgsqlConnection(Connection(database));
        connection.Open();
        Execute(sql, connection);
    }

    private string Connection(string database) => $"Host={_folder};Username=spm;Database={database};Pooling=false";

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {output.Result}{errors}");
        }
    }

    /// <summary>Of the newest version that is installed.</summary>
    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(b => File.Exists(Path.Combine(b, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;
}
