using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Spm.Host;
using Spm.Platform.Tests.Imports;

namespace Spm.Platform.Tests.Support;

/// <summary>The host of the small company as its operators run it, so that it can be killed.</summary>
internal sealed class CompanyHost : IDisposable
{
    private readonly Process _process;

    private CompanyHost(Process process, HttpClient http) => (_process, Http) = (process, http);

    public HttpClient Http { get; }

    public static async Task<CompanyHost> StartAsync(string data, params string[] settings)
    {
        // The company is set up in this process: only the import is to be cut.
        await using (var platform = await TestPlatform.StartAsync(data, settings: settings))
        {
            await SmallCompany.CreateAsync(platform);
        }
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(SpmHost).Assembly.Location, $"--Urls={url}", $"--Spm:Data={data}", $"--Spm:Connectors:DropFolder={Path.Combine(data, "drops")}", .. TestStore.Settings(data), .. TestCluster.Settings, .. settings])
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new CompanyHost(process, new HttpClient { BaseAddress = new Uri(url), DefaultRequestHeaders = { Authorization = new("Bearer", TestPlatform.Key) } });
        await Until.TrueAsync(host.IsReadyAsync);
        return host;
    }

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
        Http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, "The host process ended before it was ready.");
        try
        {
            return (await Http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
