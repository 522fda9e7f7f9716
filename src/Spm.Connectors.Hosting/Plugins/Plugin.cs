using System.Reflection;
using System.Runtime.Loader;

namespace Spm.Connectors.Hosting.Plugins;

/// <summary>A connector that was found. Its code is loaded when it is first asked for, and stays: load contexts rarely unload.</summary>
public sealed class Plugin(ConnectorManifest manifest, string assemblyPath)
{
    private readonly Lazy<Type> _type = new(() => LoadType(manifest, assemblyPath));

    public ConnectorManifest Manifest { get; } = manifest;

    /// <exception cref="PluginException">The assembly does not hold what its manifest promises.</exception>
    public IConnector Create()
    {
        try
        {
            return (IConnector)Activator.CreateInstance(_type.Value)!;
        }
        catch (Exception e) when (e is MissingMethodException or TargetInvocationException)
        {
            throw new PluginException($"{Manifest.Entry.Type} cannot be made: {(e.InnerException ?? e).Message}", e);
        }
    }

    private static Type LoadType(ConnectorManifest manifest, string assemblyPath)
    {
        try
        {
            var assembly = new PluginContext(manifest, assemblyPath).LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
            var type = assembly.GetType(manifest.Entry.Type) ?? throw new PluginException($"{assembly.GetName().Name} has no type {manifest.Entry.Type}.");
            return typeof(IConnector).IsAssignableFrom(type) ? type : throw new PluginException($"{type} is no {nameof(IConnector)}.");
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or InvalidOperationException)
        {
            throw new PluginException($"{manifest.Entry.Assembly} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>
    /// Shares the contract with the host and nothing else: whatever a plugin brings is its own, in its own version. It is no boundary of
    /// security: a plugin can do what the host's process can.
    /// </summary>
    private sealed class PluginContext(ConnectorManifest manifest, string assemblyPath)
        : AssemblyLoadContext($"{manifest.Id} {manifest.Version}", isCollectible: false)
    {
        private static readonly string Contract = typeof(IConnector).Assembly.GetName().Name!;
        private readonly AssemblyDependencyResolver _resolver = new(Path.GetFullPath(assemblyPath));

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == Contract)
            {
                return typeof(IConnector).Assembly;
            }
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
    }
}

/// <summary>A plugin that is not what its manifest promises.</summary>
public sealed class PluginException(string message, Exception? inner = null) : Exception(message, inner);
