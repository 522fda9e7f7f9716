using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Spm.Bench.GraphQL;

/// <summary>
/// Requests a second of one server on one core, with the client on another: ours, a bare endpoint that gives the same answers without
/// GraphQL, and the servers that people use. Every answer is compared with that of the bare endpoint before anything is measured.
/// </summary>
internal static class GraphQLBench
{
    private const int Connections = 16;
    private static readonly TimeSpan Warm = Seconds("SPM_BENCH_WARM", 12);
    private static readonly TimeSpan Measured = Seconds("SPM_BENCH_MEASURED", 6);

    private static readonly string[] Servers = ["bare", "spm", "mercurius", "yoga", "apollo"];

    /// <param name="servers">Which servers, beside the bare one; none for all.</param>
    public static async Task<int> RunAsync(string[] servers)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            Process.GetCurrentProcess().ProcessorAffinity = 2;
        }
        Dictionary<string, double> bare = [];
        Dictionary<string, double> bareMicros = [];
        Dictionary<string, double> bareBytes = [];
        Console.WriteLine(
            $"{Connections} connections, server and client on a core each, {Measured.TotalSeconds:0} s after {Warm.TotalSeconds:0} s to warm up");
        foreach (var server in Servers.Where(s => s == "bare" || servers.Length == 0 || servers.Contains(s)))
        {
            foreach (var query in GraphQLQueries.All)
            {
                var (rate, micros, bytes) = await MeasureAsync(server, query);
                bare.TryAdd(query.Name, rate);
                bareMicros.TryAdd(query.Name, micros);
                var allocated = "";
                if (bytes is { } size)
                {
                    bareBytes.TryAdd(query.Name, size);
                    allocated = $", {size:N0} B allocated a request ({size / bareBytes[query.Name]:0.00} of bare)";
                }
                Console.WriteLine($"{server,-10} {query.Name}  {rate,9:N0} requests/s  {rate / bare[query.Name],6:P0} of bare, "
                    + $"{micros,8:N1} us of CPU a request ({bareMicros[query.Name] / micros:P0}){allocated}");
            }
        }
        return 0;
    }

    private static async Task<(double Rate, double Micros, double? Bytes)> MeasureAsync(string server, GraphQLQuery query)
    {
        var port = FreePort();
        using var process = Start(server, port);
        try
        {
            await ReadyAsync(port, query);
            await CheckAsync(port, query);
            await LoadAsync(port, query, Warm);
            var before = await AllocatedAsync(server, port);
            var spent = Spent(process);
            var (requests, seconds) = await LoadAsync(port, query, Measured);
            spent = Spent(process) - spent;
            var after = await AllocatedAsync(server, port);
            return (requests / seconds, spent.TotalMicroseconds / requests, after is null ? null : (after - before) / (double)requests);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The server in a process of its own, on the first core.</summary>
    private static Process Start(string server, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        var peers = Path.Combine(Directory.GetCurrentDirectory(), "bench", "peers", "graphql");
        if (server is not ("bare" or "spm") && !Directory.Exists(Path.Combine(peers, "node_modules")))
        {
            string[] install = ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
            using var npm = Process.Start(new ProcessStartInfo("npm", install) { WorkingDirectory = peers })!;
            npm.WaitForExit();
        }
        string[] command = server switch
        {
            "bare" => [Environment.ProcessPath!, "graphql", "--serve", text, "--bare"],
            "spm" => [Environment.ProcessPath!, "graphql", "--serve", text],
            _ => ["node", "server.mjs", server, text],
        };
        var start = new ProcessStartInfo("taskset", ["-c", "0", .. command])
        {
            WorkingDirectory = server is "bare" or "spm" ? Directory.GetCurrentDirectory() : peers,
            RedirectStandardOutput = true,
        };
        start.Environment["NODE_ENV"] = "production";
        return Process.Start(start)!;
    }

    private static async Task ReadyAsync(int port, GraphQLQuery query)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var connection = await RawConnection.OpenAsync(port);
                await connection.AskAsync(query.Requests[0]);
                return;
            }
            catch (Exception refused) when (refused is SocketException or IOException && tries < 200)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task CheckAsync(int port, GraphQLQuery query)
    {
        using var connection = await RawConnection.OpenAsync(port);
        for (var i = 0; i < query.Requests.Length; i++)
        {
            var answer = JsonElement.Parse((await connection.AskAsync(query.Requests[i])).Span);
            if (!JsonElement.DeepEquals(answer, query.Expected(i)))
            {
                throw new InvalidOperationException($"The answer to {query.Name} is wrong: {answer.GetRawText()[..200]}");
            }
        }
    }

    private static async Task<(long Requests, double Seconds)> LoadAsync(int port, GraphQLQuery query, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async worker =>
        {
            using var connection = await RawConnection.OpenAsync(port);
            var count = 0L;
            for (var i = worker; watch.Elapsed < time; i++, count++)
            {
                await connection.AskAsync(query.Requests[i % query.Requests.Length]);
            }
            return count;
        }));
        return (counts.Sum(), watch.Elapsed.TotalSeconds);
    }

    private static async Task<double?> AllocatedAsync(string server, int port)
    {
        if (server is not ("bare" or "spm"))
        {
            return null;
        }
        using var client = new HttpClient();
        return double.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/allocated")), CultureInfo.InvariantCulture);
    }

    private static TimeSpan Spent(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static TimeSpan Seconds(string variable, double otherwise) => TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable(variable) is { } said ? double.Parse(said, CultureInfo.InvariantCulture) : otherwise);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
