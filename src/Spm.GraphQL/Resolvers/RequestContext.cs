using System.Security.Claims;
using Spm.GraphQL.DataLoaders;
using Spm.GraphQL.Execution;

namespace Spm.GraphQL.Resolvers;

/// <summary>What the resolvers of one request share. The engine calls one resolver at a time.</summary>
public sealed class RequestContext
{
    private Dictionary<object, object?>? _items;
    private DataLoaderScope? _loaders;

    internal RequestContext(IServiceProvider? services, ClaimsPrincipal? user, CancellationToken cancellation)
    {
        Services = services ?? NoServices.Instance;
        User = user;
        CancellationToken = cancellation;
    }

    public IServiceProvider Services { get; }

    /// <summary>Who asks; null when nobody said.</summary>
    public ClaimsPrincipal? User { get; }

    /// <summary>Is cancelled when the client has gone or the time is up.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Whatever resolvers keep for one another.</summary>
    public IDictionary<object, object?> Items => _items ??= [];

    /// <summary>The loaders of this request.</summary>
    public DataLoaderScope Loaders
    {
        get
        {
            return _loaders ?? Interlocked.CompareExchange(ref _loaders, new DataLoaderScope(Services, CancellationToken), null) ?? _loaders;
        }
    }

    internal ExecutorOptions Options { get; init; } = ExecutorOptions.Default;

    /// <summary>Null when no loader was asked for.</summary>
    internal DataLoaderScope? LoadersInUse => _loaders;

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
