namespace Spm.Connectors.Hosting.Plugins;

/// <summary>
/// The connectors of a folder: every folder below it that holds a manifest. Two versions of one connector stand side by side. One that
/// cannot be used is told, and hinders nobody else.
/// </summary>
public sealed record PluginCatalog(IReadOnlyList<Plugin> Plugins, IReadOnlyList<PluginProblem> Problems)
{
    public static PluginCatalog Scan(string folder, Version? sdk = null)
    {
        List<Plugin> plugins = [];
        List<PluginProblem> problems = [];
        foreach (var path in Directory.EnumerateFiles(folder, ManifestReader.FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Read(path, sdk ?? SdkRange.Current, plugins, out var plugin) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                plugins.Add(plugin!);
            }
        }
        return new PluginCatalog(plugins, problems);
    }

    /// <summary>A certain version, or the newest one.</summary>
    public Plugin? Find(string id, Version? version = null) =>
        Plugins.Where(p => p.Manifest.Id == id && (version is null || p.Manifest.Version == version)).MaxBy(p => p.Manifest.Version);

    private static PluginProblem? Read(string path, Version sdk, List<Plugin> others, out Plugin? plugin)
    {
        plugin = null;
        ConnectorManifest manifest;
        try
        {
            manifest = ManifestReader.ReadFile(path);
        }
        catch (ManifestException e)
        {
            return new PluginProblem(path, "manifest_invalid", e.Message);
        }
        if (!manifest.SdkRange.Contains(sdk))
        {
            return new PluginProblem(path, "sdk_out_of_range", $"{manifest.Name} {manifest.Version} is for versions {manifest.SdkRange} of the SDK; this is {sdk}.");
        }
        var assembly = Path.Combine(Path.GetDirectoryName(path)!, manifest.Entry.Assembly);
        if (!File.Exists(assembly))
        {
            return new PluginProblem(path, "assembly_missing", $"'{manifest.Entry.Assembly}' is not beside its manifest.");
        }
        if (others.Exists(o => o.Manifest.Id == manifest.Id && o.Manifest.Version == manifest.Version))
        {
            return new PluginProblem(path, "version_twice", $"{manifest.Id} {manifest.Version} is there already.");
        }
        plugin = new Plugin(manifest, assembly);
        return null;
    }
}

/// <summary>Why a manifest was passed over.</summary>
/// <param name="Code">The rule that is broken, in snake_case.</param>
public sealed record PluginProblem(string Path, string Code, string Detail);
