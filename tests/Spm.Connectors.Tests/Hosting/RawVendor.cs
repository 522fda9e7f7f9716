using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Spm.Connectors.Tests.Hosting;

/// <summary>A vendor whose answers are long: as fast as they are read, or a byte after each pause.</summary>
internal sealed class RawVendor : IAsyncDisposable
{
    /// <summary>In bytes: a test of who reads on and on ends.</summary>
    private const int Length = 16 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();

    private RawVendor(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <param name="pause">Infinite for none.</param>
    /// <param name="announced">The Content-Length.</param>
    public static async Task<RawVendor> StartAsync(string encoding, TimeSpan pause, long? announced = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var vendor = new RawVendor(builder.Build());
        vendor._app.Run(context => vendor.AnswerAsync(context, encoding, pause, announced));
        await vendor._app.StartAsync();
        vendor.Address = new Uri(vendor._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return vendor;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, string encoding, TimeSpan pause, long? announced)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = announced;
        if (encoding != "identity")
        {
            context.Response.Headers.ContentEncoding = encoding;
        }
        await using var body = encoding == "gzip" ? new GZipStream(context.Response.Body, CompressionLevel.Fastest) : context.Response.Body;
        var part = new byte[pause == Timeout.InfiniteTimeSpan ? 64 * 1024 : 1];
        Array.Fill(part, (byte)' ');
        try
        {
            for (var sent = 0; sent < Length; sent += part.Length)
            {
                await body.WriteAsync(part, ended.Token);
                await body.FlushAsync(ended.Token);
                if (pause != Timeout.InfiniteTimeSpan)
                {
                    await Task.Delay(pause, ended.Token);
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            context.Abort();
        }
    }
}
