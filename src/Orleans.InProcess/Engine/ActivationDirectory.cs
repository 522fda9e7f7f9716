using System.Collections.Concurrent;

namespace Orleans.InProcess;

/// <summary>Where the activations of one grain class are.</summary>
internal abstract class ActivationDirectory
{
    /// <summary>The activation that a call to the key should go to; made if there is none.</summary>
    internal abstract Activation Resolve(string key);

    /// <summary>Takes out a dead activation.</summary>
    internal abstract void Remove(Activation activation);

    internal abstract IEnumerable<Activation> All { get; }
}

/// <summary>One activation per key.</summary>
internal sealed class SingleDirectory(GrainClass grainClass) : ActivationDirectory
{
    readonly ConcurrentDictionary<string, Activation> _byKey = new(StringComparer.Ordinal);

    internal override IEnumerable<Activation> All => _byKey.Select(entry => entry.Value);

    internal override Activation Resolve(string key)
    {
        while (true)
        {
            if (!_byKey.TryGetValue(key, out var found))
            {
                // Of several made at once only the one that gets in is ever used, so that the others cost nothing but their memory.
                var made = new Activation(grainClass, key);
                if (!_byKey.TryAdd(key, made)) continue;
                grainClass.Host.OnAdded(made);
                return made;
            }
            if (!found.IsDead) return found;
            Remove(found);
        }
    }

    internal override void Remove(Activation activation)
    {
        if (_byKey.TryRemove(new(activation.Key, activation))) grainClass.Host.OnRemoved();
    }
}

/// <summary>Several activations per key, for classes that keep nothing between calls.</summary>
internal sealed class WorkerDirectory(GrainClass grainClass, int limit) : ActivationDirectory
{
    readonly Dictionary<string, List<Activation>> _byKey = new(StringComparer.Ordinal);
    int _turn;

    internal override IEnumerable<Activation> All
    {
        get
        {
            lock (_byKey) return [.. _byKey.Values.SelectMany(workers => workers)];
        }
    }

    internal override Activation Resolve(string key)
    {
        lock (_byKey)
        {
            if (!_byKey.TryGetValue(key, out var workers)) _byKey[key] = workers = [];
            if (workers.Find(worker => worker.LooksFree) is { } free) return free;
            if (workers.Count == limit) return workers[(int)((uint)_turn++ % limit)];
            var made = new Activation(grainClass, key);
            workers.Add(made);
            grainClass.Host.OnAdded(made);
            return made;
        }
    }

    internal override void Remove(Activation activation)
    {
        lock (_byKey)
        {
            if (!_byKey.TryGetValue(activation.Key, out var workers) || !workers.Remove(activation)) return;
            if (workers.Count == 0) _byKey.Remove(activation.Key);
        }
        grainClass.Host.OnRemoved();
    }
}
