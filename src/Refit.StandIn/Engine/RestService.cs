using System.Collections.Concurrent;
using System.Reflection;

namespace Refit;

/// <summary>
/// Makes clients of interfaces. An interface is read once; one that cannot work is refused here, with everything that is wrong with it,
/// rather than at the first call.
/// </summary>
public static class RestService
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<MethodInfo, MethodPlan>> Plans = new();

    /// <exception cref="InvalidOperationException">The client has no base address.</exception>
    /// <exception cref="ArgumentException">The interface cannot work; the message says where and why.</exception>
    public static T For<T>(HttpClient client, RefitSettings? settings = null) => (T)For(typeof(T), client, settings);

    public static T For<T>(string hostUrl, RefitSettings? settings = null) => For<T>(CreateHttpClient(hostUrl, settings), settings);

    /// <inheritdoc cref="For{T}(HttpClient, RefitSettings?)"/>
    public static object For(Type refitInterfaceType, HttpClient client, RefitSettings? settings = null)
    {
        var plans = Plans.GetOrAdd(refitInterfaceType, InterfaceReader.Read);
        var proxy = DispatchProxy.Create(refitInterfaceType, typeof(ClientProxy));
        ((ClientProxy)proxy).Start(new Caller(client, settings ?? new RefitSettings()), plans);
        return proxy;
    }

    public static HttpClient CreateHttpClient(string hostUrl, RefitSettings? settings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hostUrl);
        var handler = settings?.HttpMessageHandlerFactory?.Invoke();
        var client = handler is null ? new HttpClient() : new HttpClient(handler);
        client.BaseAddress = new Uri(hostUrl.TrimEnd('/'));
        return client;
    }
}

/// <summary>What stands behind an interface. Public because proxies are made in an assembly of their own.</summary>
public class ClientProxy : DispatchProxy
{
    private Caller _caller = null!;
    private IReadOnlyDictionary<MethodInfo, MethodPlan> _plans = null!;

    internal void Start(Caller caller, IReadOnlyDictionary<MethodInfo, MethodPlan> plans) => (_caller, _plans) = (caller, plans);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (_plans.TryGetValue(targetMethod, out var plan))
        {
            return plan.Result.Call(_caller, plan, args ?? []);
        }
        // A client that is disposable disposes nothing: the HttpClient belongs to whoever made it.
        return targetMethod.DeclaringType == typeof(IDisposable)
            ? null
            : throw new NotSupportedException($"{targetMethod.DeclaringType}.{targetMethod.Name} is no request.");
    }
}

/// <summary>What a client calls with.</summary>
internal sealed record Caller(HttpClient Client, RefitSettings Settings)
{
    public string BasePath => Client.BaseAddress is { } address
        ? address.AbsolutePath.TrimEnd('/')
        : throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");
}
