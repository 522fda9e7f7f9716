using System.Diagnostics;

namespace Spm.Connectors.Tests.Template;

/// <summary>What an author is given compiles and passes its conformance run before a line of it is changed, without a network.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spm-template-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_connector_compiles_and_passes_its_conformance_run()
    {
        var hive = Path.Combine(_folder.FullName, "hive");
        Dotnet("new", "install", Path.Combine(Repository.Root, "templates", "connector"), "--debug:custom-hive", hive);
        Dotnet("new", "spm-connector", "--name", "Initech", "--spm", Repository.Root, "--output", Path.Combine(_folder.FullName, "Initech"), "--debug:custom-hive", hive);

        Assert.Contains("\"id\": \"initech\"", File.ReadAllText(Path.Combine(_folder.FullName, "Initech", "Initech", "connector.json")));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "Initech", ".gitignore")), "What is built must not be committed.");
        var output = Dotnet("test", Path.Combine(_folder.FullName, "Initech", "Initech.Tests"), "--nologo");

        Assert.Matches("Passed!|Failed: +0", output);
        Assert.DoesNotContain("Failed!", output);
    }

    private string Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the tests themselves run under must not lead their children elsewhere, nor keep build servers behind.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(8)), $"dotnet {arguments[0]} does not end.");
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:{Environment.NewLine}{output}{error.Result}");
        return output;
    }
}
