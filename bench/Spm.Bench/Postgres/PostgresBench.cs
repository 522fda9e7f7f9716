using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Spm.Bench.Ingest;
using Spm.Client;
using Spm.Platform.Tests.Support;

namespace Spm.Bench.Postgres;

/// <summary>
/// The platform on PostgreSQL: a bulk import beside COPY, reads meanwhile, single transactions of 32 clients beside bare commits, and what a live
/// rep and a start cost with 100,000 of them.
/// </summary>
internal static class PostgresBench
{
    private const int Clients = 32;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    // Before that the compiler of the runtime would be measured.
    private const int WarmUpRows = 50_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(int rows)
    {
        var server = PostgresProcess.Start() ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var folder = Directory.CreateTempSubdirectory("spm-bench-").FullName;
        try
        {
            var (bare, spm) = (server.Schema("bare"), server.Schema("spm"));
            Console.WriteLine($"{rows:N0} transactions, {Environment.ProcessorCount} cores, .NET {Environment.Version}, fsync on");
            var before = Copy(bare, "copy_before", rows);
            var app = await IngestBench.StartAsync(Path.Combine(folder, "spm"), $"--Spm:Store={spm}");
            using var client = new SpmClient(new Uri(app.Urls.First()), IngestBench.Key);
            await IngestBench.SetUpAsync(app, client, rows);
            await IngestBench.ImportAsync(app, client, folder, WarmUpRows, "warm-up");
            var (took, reads) = await ReadingAsync(app, () => IngestBench.ImportAsync(app, client, folder, rows));
            var copy = (before + Copy(bare, "copy_after", rows)) / 2;
            Console.WriteLine($"import, payouts visible{took.TotalSeconds,8:0.00} s  {rows / took.TotalSeconds,10:N0} rows/s   {copy / took:0.00} of COPY");
            Console.WriteLine($"reads during the import {reads}");
            Single(app, bare);
            await app.StopAsync();
            await app.DisposeAsync();
            await LiveRepsBench.RunAsync(folder, server.Schema("reps"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Copy(string store, string table, int rows)
    {
        var took = BarePostgres.CopyAll(store, table, IngestCompany.Transactions(rows));
        Console.WriteLine($"bare COPY              {took.TotalSeconds,8:0.00} s  {rows / took.TotalSeconds,10:N0} rows/s");
        return took;
    }

    /// <summary>One reader asks for live reps and attainments all the time that the work takes.</summary>
    private static async Task<(TimeSpan Took, Rates Reads)> ReadingAsync(WebApplication app, Func<Task<TimeSpan>> work)
    {
        using var http = Http(app);
        var reps = JsonDocument.Parse(await http.GetStringAsync("/v1/reps?limit=200")).RootElement.GetProperty("data").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToArray();
        var working = Task.Run(work);
        var (took, began) = (new List<double>(), Stopwatch.GetTimestamp());
        for (var i = 0; !working.IsCompleted; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync($"/v1/reps/{reps[i % reps.Length]}/live?period=2025-07");
            took.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            await Task.Delay(5);
        }
        return (await working, Rates.Of(took, Stopwatch.GetElapsedTime(began)));
    }

    private static void Single(WebApplication app, string bare)
    {
        var commits = BarePostgres.Commits(bare, Clients, Time);
        Console.WriteLine($"{Clients} clients, bare commits    {commits}");
        var https = Enumerable.Range(0, Clients).Select(_ => Http(app)).ToArray();
        Func<int, Func<int, Task>> Posts(string run) => client => async i =>
        {
            var body = $"{{\"source\":\"bench\",\"external_id\":\"{run}{client}-{i}\",\"kind\":\"order\",\"date\":\"2025-07-01\",\"amount\":\"10.00\",\"currency\":\"USD\",\"rep\":\"R{((client * 997) + i) % IngestCompany.Reps}\"}}";
            using var answer = await https[client].PostAsync("/v1/transactions", new StringContent(body, Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
        };
        Rates.Of(Clients, WarmUp, Posts("W"));
        var posts = Rates.Of(Clients, Time, Posts("S"));
        Array.ForEach(https, h => h.Dispose());
        Console.WriteLine($"{Clients} clients, transactions    {posts}   {posts.PerSecond / commits.PerSecond:0.00} of bare");
    }

    private static HttpClient Http(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", IngestBench.Key);
        return http;
    }
}
