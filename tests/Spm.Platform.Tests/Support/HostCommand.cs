using System.Diagnostics;
using System.Runtime.InteropServices;
using Spm.Host;

namespace Spm.Platform.Tests.Support;

/// <summary>A command of the host, run to its end as an operator runs it.</summary>
internal static class HostCommand
{
    public static Task<(int Exit, string Output)> BackupAsync(string file, string data) => RunAsync("backup", file, data, TestStore.Of(data));

    public static Task<(int Exit, string Output)> RestoreAsync(string file, string data, string? store = null) => RunAsync("restore", file, data, store ?? TestStore.Of(data));

    public static Task<(int Exit, string Output)> RunAsync(string command, string file, string data, string store) => ExecuteAsync(command, file, $"--Spm:Data={data}", $"--Spm:Store={store}");

    public static async Task<(int Exit, string Output)> ExecuteAsync(params string[] args)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        using var process = Process.Start(new ProcessStartInfo(dotnet, [typeof(SpmHost).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
