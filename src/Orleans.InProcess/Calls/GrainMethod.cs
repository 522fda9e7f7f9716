using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.InProcess;

/// <summary>What the scheduler needs to know of a method of a grain interface. One exists per method, shared by all its calls.</summary>
internal sealed class GrainMethod(MethodInfo method)
{
    readonly ConcurrentDictionary<Type, MethodInfo> _implementations = new();

    internal MethodInfo Info { get; } = method;

    internal string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    internal bool IsReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));

    internal bool AlwaysInterleaves { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));

    internal bool IsOneWay { get; } = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);

    /// <summary>The method of that class which implements this one.</summary>
    internal MethodInfo Implementation(Type grainClass) => _implementations.GetOrAdd(grainClass, type =>
    {
        var map = type.GetInterfaceMap(Info.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, Info)];
    });

    /// <summary>A pseudo-method under which the host itself runs turns.</summary>
    internal static GrainMethod Internal(string name) =>
        new(typeof(GrainMethod).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!);

    internal static readonly GrainMethod Lifecycle = Internal(nameof(ActivateOrDeactivate));
    internal static readonly GrainMethod Timer = Internal(nameof(TimerTick));
    internal static readonly GrainMethod InterleavingTimer = Internal(nameof(InterleavingTimerTick));

    static void ActivateOrDeactivate() { }
    static void TimerTick() { }
    [AlwaysInterleave]
    static void InterleavingTimerTick() { }
}
