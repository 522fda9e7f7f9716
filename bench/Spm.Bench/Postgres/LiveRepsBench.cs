using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Spm.Bench.Ingest;
using Spm.Client;
using Spm.Platform.Grains;
using Spm.Platform.Reps;

namespace Spm.Bench.Postgres;

/// <summary>100,000 reps: how long a start takes until the first of them is answered live, and what each costs in memory once all are live.</summary>
internal static class LiveRepsBench
{
    private const int Reps = 100_000;

    public static async Task RunAsync(string folder, string store)
    {
        await SetUpAsync(folder, store);
        var started = Stopwatch.GetTimestamp();
        var app = await StartAsync(folder, store);
        var listening = Stopwatch.GetElapsedTime(started);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", IngestBench.Key);
        await http.GetStringAsync("/v1/reps?external_id=R7");
        Console.WriteLine($"start with {Reps:N0} reps    {listening.TotalSeconds:0.00} s until it listens, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s until the first rep is answered");

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        started = Stopwatch.GetTimestamp();
        foreach (var reps in Enumerable.Range(0, Reps).Chunk(1000))
        {
            await Task.WhenAll(reps.Select(rep => grains.GetGrain<IRepGrain>(GrainKey.Of(1, rep)).Live()));
        }
        var took = Stopwatch.GetElapsedTime(started);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Reps;
        Console.WriteLine($"live reps               {each:N0} bytes each, {Reps / took.TotalSeconds:N0} made live a second");
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Task<WebApplication> StartAsync(string folder, string store) => IngestBench.StartAsync(Path.Combine(folder, "reps"), $"--Spm:Store={store}");

    private static async Task SetUpAsync(string folder, string store)
    {
        var app = await StartAsync(folder, store);
        using (var client = new SpmClient(new Uri(app.Urls.First()), IngestBench.Key))
        {
            await IngestBench.SetUpAsync(app, client, Reps);
            var rows = new StringBuilder();
            for (var i = IngestCompany.Reps; i < Reps; i++)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{{\"external_id\":\"R{i}\",\"name\":\"R{i}\",\"plan\":\"ae\",\"manager\":\"M{i % 500}\"}}\n");
            }
            await IngestBench.Import(client, "reps", rows.ToString());
        }
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
