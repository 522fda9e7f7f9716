using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Spm.Connectors.Tests.Contracts;

/// <summary>
/// Stands between a connector and the stub of its vendor and holds both against the vendor's own API file: what is asked or answered against it becomes an
/// error. A process of its own: see tests/oracles/prism.
/// </summary>
internal sealed class Prism : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private Prism(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Skips where the file, node or the package is missing; of the last two SPM_REQUIRE_ORACLES says that they would be a failure.</summary>
    /// <param name="contract">Below `specs` in the folder `shared` beside the repository.</param>
    public static async Task<Prism> StartAsync(string contract, Uri vendor)
    {
        var shared = Environment.GetEnvironmentVariable("SPM_SHARED") is { Length: > 0 } named ? named : Path.Combine(Repository.Root, "..", "shared");
        var file = Path.Combine(shared, "specs", contract);
        Assert.SkipUnless(File.Exists(file), $"{contract} is in no folder `shared/specs` beside the repository, nor where SPM_SHARED says.");
        var port = FreePort();
        string[] command = ["node_modules/@stoplight/prism-cli/dist/index.js", "proxy", file, vendor.ToString(), "--errors", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)];
        var process = Start(Path.Combine(Repository.Root, "tests", "oracles", "prism"), command);
        using var patience = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("Prism has ended.");
        }
        while (!line.Contains("Prism is listening", StringComparison.Ordinal));
        // What it goes on to say would fill the pipe.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return new Prism(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string folder, string[] command)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            try
            {
                return Process.Start(new ProcessStartInfo("node", command) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            }
            catch (Win32Exception)
            {
                // There is no node.
            }
        }
        const string missing = "node or the package is missing: npm ci --ignore-scripts in tests/oracles/prism";
        Assert.False(Environment.GetEnvironmentVariable("SPM_REQUIRE_ORACLES") == "1", missing);
        Assert.Skip(missing);
        throw new UnreachableException();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
