using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Spm.Host;

namespace Spm.Bench.Crashes;

/// <summary>The host as a process of its own on one store, to be killed and started again.</summary>
/// <param name="slowDisk">strace makes the disk slow: it holds every wait for the disk back.</param>
/// <param name="settings">Further ones, as on the command line.</param>
internal sealed class CrashHost(string data, string store, bool slowDisk = false, params string[] settings) : IDisposable
{
    public const string Key = "spm_crashes_0123456789abcdefghijklmnop";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan SlowSync = TimeSpan.FromMilliseconds(100);

    private readonly int _port = FreePort();
    private Process? _process;

    public bool IsSlow => slowDisk;

    public Uri At => new($"http://127.0.0.1:{_port}");

    /// <summary>Completes when the host answers.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StartAsync()
    {
        var began = Stopwatch.GetTimestamp();
        using var http = new HttpClient { BaseAddress = At };
        while (true)
        {
            if (_process is null or { HasExited: true })
            {
                _process?.Dispose();
                _process = Run();
                if (slowDisk)
                {
                    SlowDown(_process.Id);
                }
            }
            try
            {
                (await http.GetAsync("/health/ready")).EnsureSuccessStatusCode();
                return Stopwatch.GetElapsedTime(began);
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException && Stopwatch.GetElapsedTime(began) < Patience)
            {
                // Not yet; where its database is just coming back it ends and is started again, as a supervisor would.
                await Task.Delay(20);
            }
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }
        _process?.WaitForExit();
    }

    /// <summary>Whether it ends by itself, as it should where its database is lost.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < within; await Task.Delay(50))
        {
            if (_process!.HasExited)
            {
                return true;
            }
        }
        return false;
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }

    private Process Run()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var process = Process.Start(new ProcessStartInfo(dotnet,
        [
            typeof(SpmHost).Assembly.Location, $"--Urls={At.OriginalString}", $"--Spm:Data={data}", $"--Spm:Store={store}", $"--Spm:Bootstrap:ApiKey={Key}",
            "--Spm:Dev:LoopbackWebhooks=true", "--environment=Development", "--Spm:Proofs:PauseSeconds=1", .. settings,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Ends with the host.</summary>
    private static void SlowDown(int host) => Process.Start(
        "strace", ["-f", "-q", "-p", $"{host}", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", $"inject=fsync,fdatasync:delay_enter={(long)SlowSync.TotalMicroseconds}"]).Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
