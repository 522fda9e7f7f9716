using System.Collections.Frozen;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>The grain classes found in the given assemblies. Mistakes in them are reported here, when the host is built.</summary>
internal sealed class GrainCatalog
{
    readonly FrozenDictionary<Type, GrainClass[]> _byInterface;
    readonly FrozenDictionary<GrainType, GrainClass> _byName;

    internal GrainCatalog(GrainHost host, IEnumerable<Assembly> assemblies)
    {
        var classes = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsSubclassOf(typeof(Grain)))
            .Select(type => new GrainClass(host, type)).ToList();
        foreach (var same in classes.GroupBy(one => one.GrainType).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException($"Several grain classes are named '{same.Key}': {List(same)}. Give one a [GrainType].");
        }
        _byName = classes.ToFrozenDictionary(one => one.GrainType);
        _byInterface = classes.SelectMany(one => one.Type.GetInterfaces().Where(GrainInterface.Is).Select(part => (part, one)))
            .GroupBy(pair => pair.part, pair => pair.one).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        foreach (var grainInterface in _byInterface.Keys) GrainInterface.Check(grainInterface);
    }

    internal IEnumerable<Activation> Activations => _byName.Values.SelectMany(one => one.Directory.All);

    /// <summary>The class that implements the interface.</summary>
    /// <exception cref="ArgumentException">None does, or several do and the prefix does not choose between them.</exception>
    internal GrainClass Find(Type grainInterface, string? classNamePrefix)
    {
        if (!_byInterface.TryGetValue(grainInterface, out var classes))
        {
            throw new ArgumentException($"No grain class implements {grainInterface}. "
                + $"Was its assembly given to {nameof(InProcessGrainOptions.AddGrainAssembly)}?");
        }
        if (classes.Length == 1 && classNamePrefix is null) return classes[0];
        var chosen = classNamePrefix is null ? []
            : classes.Where(one => one.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal)).ToList();
        return chosen.Count == 1 ? chosen[0]
            : throw new ArgumentException($"{grainInterface} is implemented by {List(classes)}; the prefix '{classNamePrefix}' does not choose one.");
    }

    /// <summary>The class of that name, or null.</summary>
    internal GrainClass? Find(GrainType name) => _byName.GetValueOrDefault(name);

    static string List(IEnumerable<GrainClass> classes) => string.Join(", ", classes.Select(one => one.Type.FullName));
}
