using Microsoft.Extensions.DependencyInjection;

namespace Spm.GraphQL.DataLoaders;

/// <summary>
/// The loaders of one request. What resolvers ask for is fetched once nothing else can go on, so that each loader fetches once for many.
/// </summary>
public sealed class DataLoaderScope
{
    private readonly Lock _gate = new();
    private readonly IServiceProvider _services;
    private readonly Dictionary<object, DataLoader> _loaders = [];
    private List<DataLoader> _waiting = [];
    private Action? _wake;

    internal DataLoaderScope(IServiceProvider services, CancellationToken cancellation)
    {
        _services = services;
        CancellationToken = cancellation;
    }

    internal CancellationToken CancellationToken { get; }

    /// <summary>The loader of a type, made with the request's services when it is first asked for.</summary>
    public T Get<T>()
        where T : DataLoader =>
        (T)Get(typeof(T), () => ActivatorUtilities.CreateInstance<T>(_services));

    /// <summary>A loader by a name of one's own, made of the function that fetches.</summary>
    public DataLoader<TKey, TValue> Get<TKey, TValue>(string name, FetchBatch<TKey, TValue> fetch)
        where TKey : notnull =>
        (DataLoader<TKey, TValue>)Get((name, typeof(TKey), typeof(TValue)), () => new FunctionLoader<TKey, TValue>(fetch));

    /// <summary>Is called, by whatever thread, when a loader has something to fetch.</summary>
    internal void OnWaiting(Action wake) => _wake = wake;

    internal void Wait(DataLoader loader)
    {
        lock (_gate)
        {
            _waiting.Add(loader);
        }
        _wake?.Invoke();
    }

    /// <summary>Begins to fetch what was asked for so far.</summary>
    /// <param name="deliver">Is handed, by whatever thread, what gives out the fetched values.</param>
    /// <returns>False when there was nothing to fetch.</returns>
    internal bool Dispatch(Action<Action> deliver)
    {
        List<DataLoader> waiting;
        lock (_gate)
        {
            waiting = _waiting;
            if (waiting.Count == 0)
            {
                return false;
            }
            _waiting = [];
        }
        foreach (var loader in waiting)
        {
            loader.Dispatch(deliver);
        }
        return true;
    }

    private DataLoader Get(object key, Func<DataLoader> make)
    {
        lock (_gate)
        {
            if (!_loaders.TryGetValue(key, out var loader))
            {
                loader = make();
                loader.Scope = this;
                _loaders.Add(key, loader);
            }
            return loader;
        }
    }

    private sealed class FunctionLoader<TKey, TValue>(FetchBatch<TKey, TValue> fetch) : DataLoader<TKey, TValue>
        where TKey : notnull
    {
        protected override Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellation) =>
            fetch(keys, cancellation);
    }
}
