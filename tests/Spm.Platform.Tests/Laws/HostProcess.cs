using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Spm.Host;
using Spm.Platform.Tests.Support;

namespace Spm.Platform.Tests.Laws;

/// <summary>The host as a process of its own, to be killed at any moment.</summary>
internal sealed class HostProcess : IDisposable
{
    // A start takes a second; machines that do much else at the same time take their time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HostProcess(string data, string[] settings)
    {
        At = new Uri($"http://127.0.0.1:{FreePort()}");
        // The runtime that runs the tests runs the host: shared/Microsoft.NETCore.App/<version>/ lies three folders below `dotnet`.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(dotnet, [typeof(SpmHost).Assembly.Location, $"--Urls={At.OriginalString}", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={TestPlatform.Key}", .. settings])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = data,
            },
        };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        // Also when the test runner ends early.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri At { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Completes when the platform answers.</summary>
    /// <param name="store">The store's connection string; that of the folder when left out.</param>
    /// <param name="settings">Further ones, as on the command line.</param>
    public static async Task<HostProcess> StartAsync(string data, string? store = null, params string[] settings)
    {
        var host = new HostProcess(data, [.. store is null ? TestStore.Settings(data) : [$"--Spm:Store={store}"], .. TestCluster.Settings, .. settings]);
        try
        {
            using var http = new HttpClient { BaseAddress = host.At };
            for (var since = Stopwatch.StartNew(); ; await Task.Delay(20))
            {
                try
                {
                    (await http.GetAsync("/health/ready")).EnsureSuccessStatusCode();
                    return host;
                }
                catch (Exception failure) when (failure is HttpRequestException or SocketException && !host._process.HasExited && since.Elapsed < Patience)
                {
                    // It does not listen yet.
                }
            }
        }
        catch (Exception failure)
        {
            host.Dispose();
            throw new InvalidOperationException($"The host did not start: {host.Output}", failure);
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
