using Microsoft.Extensions.Logging;
using Spm.Connectors.Hosting.Plugins;
using Spm.Platform.Kernel;

namespace Spm.Platform.Connections;

/// <summary>The connectors of this installation: those that come with the host and those of its own folder. Read once, when first asked for.</summary>
public sealed partial class ConnectorCatalog(ConnectorSettings settings, ILogger<ConnectorCatalog> log)
{
    private readonly Lazy<IReadOnlyList<Plugin>> _plugins = new(() => Scan(settings, log));

    /// <summary>By id, the newest version of each first.</summary>
    public IReadOnlyList<Plugin> All => _plugins.Value;

    /// <param name="version">Null for the newest one.</param>
    public Plugin? Find(string id, string? version) =>
        All.FirstOrDefault(p => p.Manifest.Id == id && (version is null || p.Manifest.Version.ToString() == version));

    public Result<Plugin> Get(string id, string? version) => Find(id, version) is { } plugin
        ? plugin
        : new Error(ErrorCodes.NotFound, $"There is no connector '{id}'{(version is null ? "" : $" of version {version}")}.");

    private static IReadOnlyList<Plugin> Scan(ConnectorSettings settings, ILogger log)
    {
        List<Plugin> plugins = [];
        foreach (var folder in (string?[])[settings.Folder, settings.Shipped])
        {
            if (folder is null || !Directory.Exists(folder))
            {
                continue;
            }
            var catalog = PluginCatalog.Scan(folder);
            foreach (var problem in catalog.Problems)
            {
                PassedOver(log, problem.Path, problem.Code, problem.Detail);
            }
            // The installation's own stand first: one that is there already is not replaced by what comes with the host.
            plugins.AddRange(catalog.Plugins.Where(p => !plugins.Exists(o => o.Manifest.Id == p.Manifest.Id && o.Manifest.Version == p.Manifest.Version)));
        }
        return [.. plugins.OrderBy(p => p.Manifest.Id, StringComparer.Ordinal).ThenByDescending(p => p.Manifest.Version)];
    }

    [LoggerMessage(LogLevel.Warning, "The connector of {Path} is passed over ({Code}): {Detail}")]
    private static partial void PassedOver(ILogger logger, string path, string code, string detail);
}
