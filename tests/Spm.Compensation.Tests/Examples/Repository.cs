namespace Spm.Compensation.Tests.Examples;

/// <summary>Finds the repository from the test assembly, wherever tests are started.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The published examples that stand beside the repository, or where SPM_SHARED says; null where there are none.</summary>
    public static string? Shared(string path)
    {
        string?[] folders = [Environment.GetEnvironmentVariable("SPM_SHARED"), Path.Combine(Root, "..", "shared")];
        return folders.Where(f => !string.IsNullOrEmpty(f)).Select(f => Path.Combine(f!, path)).FirstOrDefault(File.Exists);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SpmApi.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SpmApi.sln.");
    }
}
