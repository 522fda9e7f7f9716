namespace Spm.GraphQL.DataLoaders;

/// <summary>Fetches the values of many keys at once. A key without an entry in the result has the default value.</summary>
/// <param name="keys">Each once, in the order in which they were asked for.</param>
public delegate Task<IReadOnlyDictionary<TKey, TValue>> FetchBatch<TKey, TValue>(IReadOnlyList<TKey> keys, CancellationToken cancellation)
    where TKey : notnull;

/// <summary>A loader of one request, whatever its keys and values are.</summary>
public abstract class DataLoader
{
    private protected DataLoader()
    {
    }

    internal DataLoaderScope Scope { get; set; } = null!;

    internal abstract void Dispatch(Action<Action> deliver);
}

/// <summary>
/// Collects the keys that the resolvers of a request ask for, fetches them together, and remembers their values for the request. Loading
/// within a resolver of a list costs one fetch for the list instead of one for each item.
/// </summary>
public abstract class DataLoader<TKey, TValue> : DataLoader
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TaskCompletionSource<TValue?>> _known = [];
    private List<TKey> _keys = [];

    /// <summary>Keys that one fetch gets at most.</summary>
    protected virtual int MaxBatch => 1000;

    /// <summary>The value of a key.</summary>
    public Task<TValue?> LoadAsync(TKey key)
    {
        TaskCompletionSource<TValue?>? source;
        bool first;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out source))
            {
                return source.Task;
            }
            source = new TaskCompletionSource<TValue?>();
            _known.Add(key, source);
            first = _keys.Count == 0;
            _keys.Add(key);
        }
        if (first)
        {
            Scope.Wait(this);
        }
        return source.Task;
    }

    /// <summary>The values of keys, in their order.</summary>
    public Task<TValue?[]> LoadAsync(IEnumerable<TKey> keys) => Task.WhenAll(keys.Select(LoadAsync));

    /// <summary>Remembers a value that somebody has at hand, unless there is one already.</summary>
    public void Prime(TKey key, TValue? value)
    {
        lock (_gate)
        {
            var source = new TaskCompletionSource<TValue?>();
            source.SetResult(value);
            _known.TryAdd(key, source);
        }
    }

    /// <inheritdoc cref="FetchBatch{TKey, TValue}"/>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellation);

    internal override void Dispatch(Action<Action> deliver)
    {
        List<TKey> keys;
        lock (_gate)
        {
            (keys, _keys) = (_keys, []);
        }
        foreach (var batch in keys.Chunk(MaxBatch))
        {
            var fetching = Fetch(batch);
            // The values are given out where the request's work is done: whoever waits for them goes on before anything else is fetched.
            fetching.ContinueWith(done => deliver(() => Deliver(batch, done)), TaskContinuationOptions.ExecuteSynchronously);
        }
    }

    private async Task<IReadOnlyDictionary<TKey, TValue>> Fetch(TKey[] keys) =>
        await FetchAsync(keys, Scope.CancellationToken).ConfigureAwait(false);

    private void Deliver(TKey[] keys, Task<IReadOnlyDictionary<TKey, TValue>> fetched)
    {
        foreach (var key in keys)
        {
            TaskCompletionSource<TValue?> source;
            lock (_gate)
            {
                source = _known[key];
            }
            if (fetched.IsCompletedSuccessfully)
            {
                source.SetResult(fetched.Result.TryGetValue(key, out var value) ? value : default);
            }
            else if (fetched.IsCanceled)
            {
                source.SetCanceled();
            }
            else
            {
                source.SetException(fetched.Exception!.InnerExceptions);
            }
        }
    }
}
