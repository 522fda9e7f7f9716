namespace Spm.Platform.Tests.Architecture;

/// <summary>The sources these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>Paths from the root with forward slashes, without what a build leaves behind.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules")
        orderby path
        select path;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SpmApi.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No SpmApi.sln above {AppContext.BaseDirectory}: the tests run from a build inside the repository.");
    }
}
