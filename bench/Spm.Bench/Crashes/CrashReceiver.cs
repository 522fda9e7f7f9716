using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Spm.Bench.Crashes;

/// <summary>Takes in webhooks: which events came, in the order they first came.</summary>
internal sealed class CrashReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _first = new();
    private long _requests;

    private CrashReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/in", (HttpContext http) =>
        {
            _first.TryAdd(http.Request.Headers["webhook-id"].ToString(), Interlocked.Increment(ref _requests));
            return Results.StatusCode(204);
        });
    }

    public string Url => $"{_app.Urls.First()}/in";

    public long Requests => _requests;

    /// <summary>The number of the request that the event first came with; null where it did not come.</summary>
    public long? First(string id) => _first.TryGetValue(id, out var no) ? no : null;

    public static async Task<CrashReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new CrashReceiver(app);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
