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

    /// <summary>The story begins with an empty tenant, so the folder has to be empty too. Nothing is ever deleted in it.</summary>
    public static DataFolder Kept(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new ArgumentException($"{path} is not empty: give a new folder, or start the platform on it with src/Spm.Host.");
        return new DataFolder(Directory.CreateDirectory(path).FullName, keep: true);
    }

    public void Dispose()
    {
        if (!_keep)
            Directory.Delete(Path, recursive: true);
    }
}
