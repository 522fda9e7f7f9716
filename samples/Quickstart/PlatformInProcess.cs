using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spm.Host;

namespace Spm.Samples;

/// <summary>The whole platform inside this process, on a loopback port and an empty data folder.</summary>
internal sealed class PlatformInProcess : IAsyncDisposable
{
    private const int PreferredPort = 5080;

    private readonly WebApplication _app;

    private PlatformInProcess(WebApplication app, string apiKey)
    {
        _app = app;
        ApiKey = apiKey;
        Url = new Uri(app.Urls.First());
    }

    public Uri Url { get; }

    /// <summary>The one credential of the new tenant; made anew at every start.</summary>
    public string ApiKey { get; }

    /// <summary>Cancelled by Ctrl+C: the host listens for it.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    public static async Task<PlatformInProcess> StartAsync(string dataFolder)
    {
        var apiKey = "spm_" + RandomNumberGenerator.GetHexString(40, lowercase: true);
        // Port 0 asks the system for a free one, so that two samples can run side by side.
        var port = IsFree(PreferredPort) ? PreferredPort : 0;
        var app = SpmHost.Build(
            [$"--Urls=http://127.0.0.1:{port}", $"--Spm:Data={dataFolder}", $"--Spm:Bootstrap:ApiKey={apiKey}"],
            // The story is told on this console; the platform speaks up only when something is wrong.
            builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await app.StartAsync();
        return new PlatformInProcess(app, apiKey);
    }

    public Task WaitForCtrlCAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
