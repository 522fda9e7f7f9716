using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Webhooks;

/// <summary>What came in: as it was sent, and when.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.Text("type");

    public string Subject => Json.GetProperty("data").Text("id");
}

/// <summary>A receiver of webhooks on a loopback port, written against the specification of Standard Webhooks and not with the platform's code.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/{**path}", ReceiveAsync);
    }

    public string Url => $"{_app.Urls.First()}/in";

    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>Decides how a request is answered; 204 when left alone.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = (http, _) => Status(http, 204);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        await app.StartAsync();
        return receiver;
    }

    public static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Completes once so many different events have come; throws when they do not.</summary>
    public async Task<IReadOnlyList<Received>> UntilAsync(Func<IReadOnlyList<Received>, bool> enough, int seconds = 30)
    {
        for (var tries = 0; !enough(All); tries++)
        {
            Assert.True(tries < seconds * 50, $"After {seconds} seconds there are {All.Count} requests: {string.Join(", ", All.Select(r => r.Type))}");
            await Task.Delay(20);
        }
        return All;
    }

    public Task<IReadOnlyList<Received>> UntilAsync(int count) => UntilAsync(all => all.Count >= count);

    /// <summary>As the specification has it: one of the signatures is the HMAC-SHA256 of `id.timestamp.body` by the secret's bytes.</summary>
    public static bool IsGenuine(Received request, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{request.Id}.{request.Headers["webhook-timestamp"]}.{request.Body}")));
        return request.Headers["webhook-signature"].Split(' ').Contains($"v1,{expected}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var received = new Received(http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), await reader.ReadToEndAsync());
        _received.Enqueue(received);
        await Answer(http, received);
    }
}
