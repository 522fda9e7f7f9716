using Spm.Platform.Tests.Architecture;

namespace Spm.Platform.Tests.Support;

/// <summary>Files too large for the repository: a folder `shared` beside it, or wherever SPM_SHARED says.</summary>
internal static class SharedFiles
{
    /// <summary>Null where the folder is not there: the tests that need it are skipped.</summary>
    public static string? Find(params string[] path)
    {
        var shared = Environment.GetEnvironmentVariable("SPM_SHARED") is { Length: > 0 } named ? named : Path.Combine(Repository.Root, "..", "shared");
        var folder = Path.GetFullPath(Path.Combine([shared, .. path]));
        return Directory.Exists(folder) ? folder : null;
    }
}
