using Spm.GraphQL.Types;
using Spm.Platform.Credentials;

namespace Spm.Host;

/// <summary>Writes the GraphQL schema as it is served: to a file that is reviewed, compared with and made into clients.</summary>
internal static class SchemaFile
{
    /// <summary>Puts the platform together, on an empty folder that is removed again, without starting it.</summary>
    public static async Task WriteAsync(string file)
    {
        var data = Directory.CreateTempSubdirectory("spm-schema-").FullName;
        try
        {
            await using var app = SpmHost.Build(["--Urls=http://127.0.0.1:0", $"--Spm:Data={data}", $"--Spm:Bootstrap:ApiKey={ApiKeys.New()}"]);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, Text(app.Services.GetRequiredService<Schema>()));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    public static string Text(Schema schema) => schema.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
