using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace Orleans.InProcess;

/// <summary>Makes references for grain interfaces; the class for each is emitted once per process, at first use.</summary>
internal static class ProxyFactory
{
    static readonly ConcurrentDictionary<Type, Lazy<Func<GrainClass, string, Proxy>>> Makers = new();

    internal static Func<GrainClass, string, Proxy> For(Type grainInterface) =>
        Makers.GetOrAdd(grainInterface, static type => new(() => Compile(ProxyEmitter.Emit(type)))).Value;

    static Func<GrainClass, string, Proxy> Compile(Type proxy)
    {
        var (grainClass, key) = (Expression.Parameter(typeof(GrainClass)), Expression.Parameter(typeof(string)));
        var make = Expression.New(proxy.GetConstructors().Single(), grainClass, key);
        return Expression.Lambda<Func<GrainClass, string, Proxy>>(make, grainClass, key).Compile();
    }
}
