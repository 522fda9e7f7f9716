namespace Spm.Connectors.Tests;

internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SpmApi.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Tests run inside of the repository.");
        }
        return folder.FullName;
    }
}
