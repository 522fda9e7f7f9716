using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>A grain class in one host: how its grains are built, how their calls may interleave, and where they are.</summary>
internal sealed class GrainClass
{
    readonly ConcurrentDictionary<Type, Func<GrainClass, string, Proxy>> _references = new();
    readonly Lazy<Func<Activation, Grain>> _create;

    internal GrainClass(GrainHost host, Type type)
    {
        (Host, Type) = (host, type);
        GrainType = GrainType.Create(NameOf(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        OverridesActivate = Overrides(nameof(Grain.OnActivateAsync));
        OverridesDeactivate = Overrides(nameof(Grain.OnDeactivateAsync));
        var worker = type.GetCustomAttribute<StatelessWorkerAttribute>();
        IsStatelessWorker = worker is not null;
        Directory = worker is null ? new SingleDirectory(this) : new WorkerDirectory(this, worker.MaxLocalWorkers);
        _create = new(() => GrainConstructor.Compile(type, host));
    }

    internal GrainHost Host { get; }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal bool IsReentrant { get; }

    internal bool IsStatelessWorker { get; }

    internal bool OverridesActivate { get; }

    internal bool OverridesDeactivate { get; }

    internal ActivationDirectory Directory { get; }

    internal Grain Create(Activation activation) => _create.Value(activation);

    internal Proxy Reference(Type grainInterface, string key) =>
        _references.GetOrAdd(grainInterface, static type => ProxyFactory.For(type))(this, key);

    static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } given) return given.Name;
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    bool Overrides(string method) => Type.GetMethod(method)!.DeclaringType != typeof(Grain);
}
