using System.Diagnostics;
using System.Runtime.InteropServices;
using Spm.Host;
using Spm.Platform.Tests.Support;
using Spm.Storage;

namespace Spm.Platform.Tests.Laws;

public sealed class OneHostTests
{
    private const string Shared = "PostgreSQL has any number of hosts.";

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_until_the_first_has_stopped()
    {
        Assert.SkipWhen(TestStore.IsPostgres, Shared);
        var data = Directory.CreateTempSubdirectory("spm-test-").FullName;
        try
        {
            await using (await TestPlatform.StartAsync(data))
            {
                await Assert.ThrowsAsync<StoreException>(() => TestPlatform.StartAsync(data));
            }
            await using var next = await TestPlatform.StartAsync(data);
            (await next.GetAsync("/v1/company")).Expect(200);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task The_audit_trail_is_not_verified_beside_a_host_and_one_line_says_so()
    {
        Assert.SkipWhen(TestStore.IsPostgres, Shared);
        await using var platform = await TestPlatform.StartAsync();
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        using var verify = Process.Start(new ProcessStartInfo(dotnet, [typeof(SpmHost).Assembly.Location, "audit", "verify", $"--Spm:Data={platform.Data}"]) { RedirectStandardError = true })!;

        var said = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("Another process has", Assert.Single(said.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
