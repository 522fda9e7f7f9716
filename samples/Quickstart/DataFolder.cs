namespace Spm.Samples;

/// <summary>Where the platform keeps its data: a temporary folder that goes with the sample, or one the caller wants to keep.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _keep;

    private DataFolder(string path, bool keep)
    {
        Path = path;
        _keep = keep;
    }

    public string Path { get; }

    /// <summary>Gone at the end, so that the next run starts the same story again.</summary>
    public static DataFolder Temporary() => new(Directory.CreateTempSubdirectory("spm-").FullName, keep: false);

    /// <summary>Nothing is ever deleted in it.</summary>
    public static DataFolder Kept(string path) => new(Directory.CreateDirectory(path).FullName, keep: true);

    /// <summary>A story that begins with an empty tenant needs an empty folder.</summary>
    public static bool IsNew(string path) => !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();

    public void Dispose()
    {
        if (!_keep)
            Directory.Delete(Path, recursive: true);
    }
}
