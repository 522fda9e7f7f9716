using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spm.Bench.Ingest;
using Spm.Host;

namespace Spm.Bench.Connectors;

/// <summary>
/// A backfill of deals from HubSpot's stub into the platform, beside the same pages read by a bare HttpClient in the same run. The host is a process
/// of its own, so that its memory is its own; it is killed half-way, and what a kill costs is counted in pages.
/// </summary>
internal static class ConnectorBench
{
    private const string Key = "spm_0123456789abcdefghijklmnopqrstuvwxyz";

    public static async Task RunAsync(int deals)
    {
        await using var vendor = new HubSpotDeals(deals);
        await vendor.StartAsync();
        var data = Directory.CreateTempSubdirectory("spm-bench-connectors-").FullName;
        try
        {
            var bare = await BareAsync(vendor.Address, deals);
            Tell("bare HttpClient", deals, bare);
            var bareSearches = vendor.Searches;
            var keeping = await KeepingAsync(vendor.Address, deals, data);
            Tell("the same with a bare row of each deal kept", deals, keeping);
            var pages = vendor.Searches;
            var memory = new MemoryOfTenths(deals);
            var (half, peak) = await HalfAsync(vendor, data, deals, memory);
            Console.WriteLine($"killed after {half:N0} deals, {vendor.Searches - pages:N0} pages");
            var (took, worked, left, second) = await RestAsync(vendor, data, deals, memory);
            Tell("backfill after the kill", left, took);
            Console.WriteLine($"records/s of the bare loop: {left / took.TotalSeconds / (deals / bare.TotalSeconds):P0}");
            Console.WriteLine($"processor time of the host, its start included: {worked.TotalMicroseconds / left:N1} µs a record");
            Console.WriteLine($"records/s of the bare loop that keeps rows: {left / took.TotalSeconds / (deals / keeping.TotalSeconds):P0}");
            Console.WriteLine($"pages read twice because of the kill: {vendor.Searches - pages - bareSearches}");
            Console.WriteLine($"largest working set of the host: {Math.Max(peak, second) / 1024 / 1024:N0} MiB");
            Console.WriteLine($"the most memory of its own, without pages of the store's file, in each tenth of the deals: {memory}");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static void Tell(string what, long deals, TimeSpan took) => Console.WriteLine($"{what}: {deals:N0} deals in {took.TotalSeconds:N1} s, {deals / took.TotalSeconds:N0}/s");

    private static async Task<TimeSpan> BareAsync(string address, int deals)
    {
        var began = Stopwatch.GetTimestamp();
        await foreach (var _ in PagesAsync(address, deals))
        {
        }
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The least that keeps what it has read: four values of each deal in one table, a durable commit a page.</summary>
    private static async Task<TimeSpan> KeepingAsync(string address, int deals, string data)
    {
        var began = Stopwatch.GetTimestamp();
        await BareSqlite.KeepAllAsync(Path.Combine(data, "bare.db"), RowsAsync(address, deals));
        return Stopwatch.GetElapsedTime(began);
    }

    private static async IAsyncEnumerable<IEnumerable<IngestRow>> RowsAsync(string address, int deals)
    {
        var last = 0;
        await foreach (var page in PagesAsync(address, deals))
        {
            using var answer = JsonDocument.Parse(page);
            // A page shows the last deal of the one before again.
            IngestRow[] rows = [.. answer.RootElement.GetProperty("results").EnumerateArray().Select(Row).Where(row => row.No > last)];
            last = rows.Length > 0 ? rows[^1].No : last;
            yield return rows;
        }
    }

    private static IngestRow Row(JsonElement deal)
    {
        var properties = deal.GetProperty("properties");
        return new IngestRow(
            int.Parse(deal.GetProperty("id").GetString()!, CultureInfo.InvariantCulture),
            0,
            DateOnly.FromDateTime(properties.GetProperty("closedate").GetDateTime()),
            (long)(100 * decimal.Parse(properties.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
    }

    private static async IAsyncEnumerable<byte[]> PagesAsync(string address, int deals)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        // The pages that the connector asks for: each begins with the last deal of the one before.
        for (var from = 0; from < deals - 1; from += HubSpotDeals.PageSize - 1)
        {
            using var content = new StringContent(HubSpotDeals.Request(from), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/crm/v3/objects/deals/search", content);
            yield return await answer.Content.ReadAsByteArrayAsync();
        }
    }

    private static async Task<(long Deals, long Peak)> HalfAsync(HubSpotDeals vendor, string data, int deals, MemoryOfTenths memory)
    {
        using var host = await HostProcess.StartAsync(data);
        await SetUpAsync(host, vendor.Address);
        var (read, peak) = (0L, 0L);
        while (read < deals / 2)
        {
            await Task.Delay(50);
            (read, peak) = (await host.ReadAsync(), Math.Max(peak, host.WorkingSet));
            memory.Note(read, host.OwnMemory);
        }
        host.Kill();
        return (read, peak);
    }

    private static async Task<(TimeSpan Took, TimeSpan Worked, long Deals, long Peak)> RestAsync(HubSpotDeals vendor, string data, int deals, MemoryOfTenths memory)
    {
        var before = vendor.Searches;
        var began = Stopwatch.GetTimestamp();
        using var host = await HostProcess.StartAsync(data);
        var peak = 0L;
        while (!await host.IsCompleteAsync())
        {
            await Task.Delay(50);
            peak = Math.Max(peak, host.WorkingSet);
            memory.Note(await host.ReadAsync(), host.OwnMemory);
        }
        var (took, worked) = (Stopwatch.GetElapsedTime(began), host.Worked);
        if (await host.TransactionsAsync() is var count && count != deals)
        {
            throw new InvalidOperationException($"There are {count} transactions of {deals} deals.");
        }
        return (took, worked, (long)(vendor.Searches - before) * (HubSpotDeals.PageSize - 1), peak);
    }

    private static async Task SetUpAsync(HostProcess host, string vendor)
    {
        await host.SendAsync(HttpMethod.Put, "/v1/company", """{"name":"Bench","currency":"USD"}""");
        await host.SendAsync(HttpMethod.Put, "/v1/calendar/years/2025", """{"start":"2025-01-01"}""");
        await host.SendAsync(HttpMethod.Put, "/v1/measures/crm/bookings", """{"name":"Bookings","value":"amount","kinds":["order"]}""");
        await host.SendAsync(HttpMethod.Put, "/v1/reps/hris/E1", """{"name":"Rep"}""");
        await host.SendAsync(HttpMethod.Post, "/v1/connections", new JsonObject
        {
            ["connector"] = "hubspot",
            ["name"] = "HubSpot",
            ["base_address"] = vendor,
            ["config"] = new JsonObject { ["access_token"] = "bench-token-0001", ["currency"] = "USD" },
            ["mapping"] = JsonNode.Parse("""{"deals":{"fields":{"rep":{"value":"E1"}}}}"""),
        }.ToJsonString());
    }

    private sealed class MemoryOfTenths(int deals)
    {
        private readonly long[] _most = new long[10];

        public void Note(long read, long bytes)
        {
            ref var most = ref _most[Math.Min(9, 10 * read / deals)];
            most = Math.Max(most, bytes);
        }

        public override string ToString() => string.Join(" · ", _most.Select(m => $"{m / 1024 / 1024:N0}")) + " MiB";
    }

    /// <summary>The host over one folder, with HubSpot's connector and without HubSpot's limits, which would be all there is to measure.</summary>
    private sealed class HostProcess : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http;

        private HostProcess(Process process, HttpClient http) => (_process, _http) = (process, http);

        public long WorkingSet
        {
            get
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
        }

        /// <summary>What is not mapped from files: the pages of the store's file that readers look at are the kernel's, which takes them back when it likes.</summary>
        public long OwnMemory =>
            OperatingSystem.IsLinux() && File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)) is { } line
                ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024
                : WorkingSet;

        /// <summary>Processor time: on a machine that others use too it says more than what passed.</summary>
        public TimeSpan Worked
        {
            get
            {
                _process.Refresh();
                return _process.TotalProcessorTime;
            }
        }

        public static async Task<HostProcess> StartAsync(string data)
        {
            var url = $"http://127.0.0.1:{FreePort()}";
            string[] arguments =
            [
                "exec", typeof(SpmHost).Assembly.Location, $"--Urls={url}", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={Key}", "--environment=Development", "--Spm:Connectors:AnyAddress=true",
                $"--Spm:Connectors:Key=b1:{Convert.ToBase64String(new byte[32])}", $"--Spm:Connectors:Folder={Unlimited(data)}",
            ];
            var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true })!;
            process.BeginOutputReadLine();
            var http = new HttpClient { BaseAddress = new Uri(url), DefaultRequestHeaders = { Authorization = new("Bearer", Key) } };
            for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(50))
            {
                try
                {
                    if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                    {
                        return new HostProcess(process, http);
                    }
                }
                catch (HttpRequestException) when (!process.HasExited)
                {
                    // It does not listen yet.
                }
            }
            throw new TimeoutException("The host does not start.");
        }

        public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        }

        public async Task<long> ReadAsync() => (await RunsAsync()).Sum(r => r.GetProperty("rows").GetProperty("created").GetInt64());

        public async Task<bool> IsCompleteAsync() => (await RunsAsync()).Any(r => r.GetProperty("status").GetString() == "complete");

        public async Task<long> TransactionsAsync() => (await SendAsync(HttpMethod.Get, "/v1/reconciliation")).GetProperty("transactions").GetProperty("count").GetInt64();

        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                Kill();
            }
            _process.Dispose();
            _http.Dispose();
        }

        private async Task<List<JsonElement>> RunsAsync()
        {
            var connection = (await SendAsync(HttpMethod.Get, "/v1/connections")).GetProperty("data")[0].GetProperty("id").GetString();
            return [.. (await SendAsync(HttpMethod.Get, $"/v1/connections/{connection}/runs")).GetProperty("data").EnumerateArray()];
        }

        private static string Unlimited(string data)
        {
            var (from, to) = (Path.Combine(AppContext.BaseDirectory, "connectors", "HubSpot"), Path.Combine(data, "connectors", "HubSpot"));
            Directory.CreateDirectory(to);
            foreach (var file in Directory.GetFiles(from))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
            }
            var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(to, "connector.json")))!.AsObject();
            manifest.Remove("rateLimit");
            foreach (var stream in manifest["streams"]!.AsArray())
            {
                stream!.AsObject().Remove("rateLimit");
            }
            File.WriteAllText(Path.Combine(to, "connector.json"), manifest.ToJsonString());
            return Path.Combine(data, "connectors");
        }

        private static int FreePort()
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
