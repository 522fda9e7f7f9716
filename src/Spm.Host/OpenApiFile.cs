using Spm.Platform.Credentials;

namespace Spm.Host;

/// <summary>Writes the OpenAPI document as it is served: to a file that is reviewed, compared with and made into clients.</summary>
internal static class OpenApiFile
{
    /// <summary>Runs the platform for a moment, on a free port and an empty folder that is removed again.</summary>
    public static async Task WriteAsync(string file)
    {
        var data = Directory.CreateTempSubdirectory("spm-openapi-").FullName;
        try
        {
            await using var app = SpmHost.Build(["--Urls=http://127.0.0.1:0", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={ApiKeys.New()}"]);
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            var document = await http.GetStringAsync("/openapi.json");
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, document.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
