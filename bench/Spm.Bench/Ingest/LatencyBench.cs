using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Spm.Bench.Ingest;

/// <summary>One transaction over HTTP until its rep's attainment is read back over HTTP, beside one bare durable commit.</summary>
internal static class LatencyBench
{
    private const int Times = 2_000;
    private const int WarmUp = 5_000;

    public static async Task RunAsync(WebApplication app, string folder, string key)
    {
        var at = new Uri(app.Urls.First());
        using var http = new HttpClient { BaseAddress = at };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var reps = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/v1/reps?external_id=R7")).RootElement;
        var rep = reps.GetProperty("data")[0].GetProperty("id").GetString();
        using var connection = await RawConnection.OpenAsync(at.Port);
        var head = $"Host: {at.Authority}\r\nAuthorization: Bearer {key}\r\n";
        var read = Encoding.UTF8.GetBytes($"GET /v1/reps/{rep}/live?period=2025-07 HTTP/1.1\r\n{head}\r\n");
        List<double> posts = [], reads = [], both = [];
        for (var i = 0; i < Times + WarmUp; i++)
        {
            var body = $"{{\"source\":\"bench\",\"external_id\":\"L{i}\",\"kind\":\"order\",\"date\":\"2025-07-01\",\"amount\":\"10.00\",\"currency\":\"USD\",\"rep\":\"R7\"}}";
            var write = Encoding.UTF8.GetBytes($"POST /v1/transactions HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            var started = Stopwatch.GetTimestamp();
            await connection.AskAsync(write);
            var post = Stopwatch.GetElapsedTime(started);
            await connection.AskAsync(read);
            var total = Stopwatch.GetElapsedTime(started);
            if (i >= WarmUp)
            {
                posts.Add(post.TotalMicroseconds);
                reads.Add((total - post).TotalMicroseconds);
                both.Add(total.TotalMicroseconds);
            }
        }
        var bare = BareSqlite.CommitMicroseconds(Path.Combine(folder, "bare-commit.db"), Times).ToList();
        Print("bare durable commit", bare, bare);
        Print("POST transaction", posts, bare);
        Print("GET live", reads, bare);
        Print("POST, then GET live", both, bare);
    }

    private static void Print(string name, List<double> microseconds, List<double> bare)
    {
        var (median, p99) = (At(microseconds, 0.5), At(microseconds, 0.99));
        Console.WriteLine($"{name,-22} median {median,6:0} µs ({median / At(bare, 0.5):0.0}x bare)   p99 {p99,6:0} µs ({p99 / At(bare, 0.99):0.0}x bare)");
    }

    private static double At(List<double> values, double quantile) => values.Order().ElementAt((int)(values.Count * quantile));
}
