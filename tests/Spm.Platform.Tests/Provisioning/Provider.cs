using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Provisioning;

/// <summary>An identity provider before several hosts: it asks each in turn, and sends again what was not answered or is to be sent again.</summary>
internal sealed class Provider(params Uri[] hosts) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TestPlatform.Key) } };
    private int _turn, _sentAgain;

    public int SentAgain => _sentAgain;

    /// <summary>User names whose making was answered.</summary>
    public ConcurrentBag<string> Made { get; } = [];

    /// <summary>The id of the user, who is made where there is none of the name.</summary>
    public async Task<string> UserAsync(string name, string manager)
    {
        var (status, json, _) = await SendAsync(HttpMethod.Post, "/scim/v2/Users", $$$$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{{{name}}}}","{{{{ScimSteps.Enterprise}}}}":{"manager":{"value":"{{{{manager}}}}"}}}""");
        if (status == 201)
        {
            Made.Add(name);
            return json.Text("id");
        }
        Assert.Equal((409, "user_taken"), (status, json.Text("code")));
        return (await ExpectAsync(HttpMethod.Get, $"/scim/v2/Users?filter={Uri.EscapeDataString($"userName eq \"{name}\"")}")).GetProperty("Resources")[0].Text("id");
    }

    public async Task<int> CountAsync() => (await ExpectAsync(HttpMethod.Get, "/scim/v2/Users?count=0")).GetProperty("totalResults").GetInt32();

    public async Task<JsonElement> ExpectAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, json, _) = await SendAsync(method, path, body);
        Assert.True(status == 200, $"{method} {path}: {status} {json}");
        return json;
    }

    public async Task<(int Status, JsonElement Json, string? ETag)> SendAsync(HttpMethod method, string path, string? body = null, string? ifMatch = null)
    {
        for (var since = Stopwatch.StartNew(); ; Interlocked.Increment(ref _sentAgain))
        {
            Assert.True(since.Elapsed < Patience, $"{method} {path} is not answered.");
            using var request = new HttpRequestMessage(method, new Uri(hosts[(uint)Interlocked.Increment(ref _turn) % hosts.Length], path));
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/scim+json");
            if (ifMatch is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            }
            try
            {
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode != 503)
                {
                    Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {text}");
                    return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, answer.Headers.ETag?.ToString());
                }
            }
            catch (HttpRequestException)
            {
                // It is gone: the next one is asked.
            }
            await Task.Delay(50);
        }
    }

    public void Dispose() => _http.Dispose();
}
