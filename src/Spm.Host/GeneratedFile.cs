using Spm.Platform.Credentials;

namespace Spm.Host;

/// <summary>Writes what the platform says of itself, to a file that is reviewed, compared with and made into clients.</summary>
internal static class GeneratedFile
{
    /// <summary>Puts the platform together, on a free port and an empty folder that is removed again.</summary>
    /// <param name="text">Asks it; it has not been started.</param>
    public static async Task WriteAsync(string file, Func<WebApplication, Task<string>> text)
    {
        var data = Directory.CreateTempSubdirectory("spm-generated-").FullName;
        try
        {
            await using var app = SpmHost.Build(["--Urls=http://127.0.0.1:0", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={ApiKeys.New()}"]);
            var written = await text(app);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, written.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The OpenAPI document as it is served.</summary>
    public static async Task<string> OpenApiAsync(WebApplication app)
    {
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var document = await http.GetStringAsync("/openapi.json");
        await app.StopAsync();
        return document;
    }

    /// <summary>The GraphQL schema as it is served.</summary>
    public static Task<string> SchemaAsync(WebApplication app) => Task.FromResult(app.Services.GetRequiredService<GraphQL.Types.Schema>().ToString());
}
