using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Spm.Bench.Crashes;

/// <summary>No answer came, or none that says what became of the request: it is sent again.</summary>
internal sealed class UnansweredException(string what, Exception? why = null) : Exception(what, why);

/// <summary>Speaks to the platform as callers do who repeat what was not answered. Of several hosts each in turn is asked, as by a balancer that does not look.</summary>
internal sealed class CrashApi : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Uri[] _at;
    private int _turn;

    public CrashApi(params Uri[] at)
    {
        _at = at;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CrashHost.Key);
    }

    /// <summary>Answers that no caller should see, whatever has been killed: 5xx that do not ask to come again.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public async Task<(int Status, JsonElement Json, string? ETag)> SendAsync(
        HttpMethod method, string path, string? body = null, string? key = null, string? ifMatch = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(_at[(uint)Interlocked.Increment(ref _turn) % _at.Length], path)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        try
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode >= 500)
            {
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    Failures.Enqueue($"{method} {path}: {(int)answer.StatusCode} {text}");
                }
                throw new UnansweredException($"{path}: {(int)answer.StatusCode}");
            }
            if (answer.StatusCode == HttpStatusCode.Conflict && text.Contains("idempotency_key_in_use", StringComparison.Ordinal))
            {
                // The host that handed it on was killed, and the one that has it is at it.
                throw new UnansweredException($"{path}: still running");
            }
            return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, answer.Headers.ETag?.ToString());
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or TaskCanceledException)
        {
            throw new UnansweredException(path, failure);
        }
    }

    public async Task<JsonElement> ExpectAsync(HttpMethod method, string path, string? body = null, string? key = null, params int[] statuses)
    {
        var (status, json, _) = await SendAsync(method, path, body, key);
        return statuses.Contains(status) ? json : throw new InvalidOperationException($"{method} {path}: {status} {json}");
    }

    public Task<JsonElement> GetAsync(string path) => ExpectAsync(HttpMethod.Get, path, null, null, 200);

    public async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=1000{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }
        return all;
    }

    public void Dispose() => _http.Dispose();
}
