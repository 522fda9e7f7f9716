using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Spm.Client;
using Spm.Host;

namespace Spm.Bench.Ingest;

/// <summary>
/// Bulk import over REST until payouts are visible, beside a bare insert of the same rows into SQLite; then one transaction posted
/// until its rep's attainment is read back, beside one bare durable commit.
/// </summary>
internal static class IngestBench
{
    public const string Key = "spm_bench0123456789abcdefghijklmnopqrstuv";

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("spm-bench-").FullName;
        try
        {
            Console.WriteLine($"{rows:N0} transactions, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
            // Before and after: the machine is not the same from one half minute to the next.
            var before = Bare(folder, "bare-before.db", rows);

            var app = await StartAsync(Path.Combine(folder, "spm"));
            using var client = new SpmClient(new Uri(app.Urls.First()), Key);
            await SetUpAsync(app, client, rows);
            var ours = await ImportAsync(app, client, folder, rows);
            var bare = (before + Bare(folder, "bare-after.db", rows)) / 2;
            Console.WriteLine($"import, payouts visible{ours.TotalSeconds,8:0.00} s  {rows / ours.TotalSeconds,10:N0} rows/s   {bare / ours:0.00} of bare (aim 0.25)");

            await LatencyBench.RunAsync(app, folder, Key);
            await app.StopAsync();
            await app.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Bare(string folder, string name, int rows)
    {
        var took = BareSqlite.InsertAll(Path.Combine(folder, name), IngestCompany.Transactions(rows));
        Console.WriteLine($"bare SQLite insert     {took.TotalSeconds,8:0.00} s  {rows / took.TotalSeconds,10:N0} rows/s");
        return took;
    }

    public static async Task<WebApplication> StartAsync(string data, params string[] settings)
    {
        var app = SpmHost.Build(["--Urls=http://127.0.0.1:0", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={Key}", "--Spm:RateLimit:Requests=0", .. settings], b => b.Logging.SetMinimumLevel(LogLevel.Warning));
        await app.StartAsync();
        return app;
    }

    public static async Task SetUpAsync(WebApplication app, SpmClient client, int rows)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        async Task Put(string path, string json)
        {
            using var response = await http.PutAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
            response.EnsureSuccessStatusCode();
        }
        await Put("/v1/company", """{"name":"Bench","currency":"USD"}""");
        await Put("/v1/calendar/years/2025", """{"start":"2025-01-01"}""");
        await Put("/v1/measures/bench/bookings", """{"name":"Bookings","value":"amount","kinds":["order","refund"]}""");
        await Import(client, "plans", IngestCompany.Plan("ae", "direct") + "\n" + IngestCompany.Plan("mgr", "roll_up"));
        await Import(client, "reps", IngestCompany.RepRows());
        await Import(client, "quotas", IngestCompany.QuotaRows(rows));
    }

    public static async Task Import(SpmClient client, string entity, string rows)
    {
        var started = Stopwatch.GetTimestamp();
        var job = await client.Imports.StartAsync(entity, "bench", new StringContent(rows, Encoding.UTF8, "application/x-ndjson"));
        job = await client.Imports.WaitAsync(job.Id);
        Console.WriteLine($"  {entity}: {job.Rows.Created:N0} created, {job.Rows.Rejected} rejected in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
    }

    public static async Task<TimeSpan> ImportAsync(WebApplication app, SpmClient client, string folder, int rows, string source = "bench")
    {
        var file = Path.Combine(folder, "transactions.ndjson");
        await using (var writer = new StreamWriter(file))
        {
            foreach (var row in IngestCompany.Transactions(rows))
            {
                writer.WriteLine(row.Json);
            }
        }
        var started = Stopwatch.GetTimestamp();
        var job = await client.Imports.ImportFileAsync("transactions", source, file);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        var balance = await http.GetStringAsync("/v1/ledger/trial-balance");
        var took = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"  {job.Rows.Created:N0} created, {job.Rows.Rejected} rejected; trial balance balanced: {balance.Contains("\"balanced\":true")}");
        return took;
    }
}
