using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.InProcess;

/// <summary>What an interface must be for its methods to be grain calls.</summary>
internal static class GrainInterface
{
    internal static bool Is(Type type) =>
        type.IsInterface && typeof(IGrain).IsAssignableFrom(type) && type.Assembly != typeof(IGrain).Assembly;

    internal static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetInterfaces().Prepend(type).SelectMany(part => part.GetMethods(BindingFlags.Instance | BindingFlags.Public));

    /// <exception cref="NotSupportedException">The method cannot be a grain call; the message says why.</exception>
    internal static void Check(Type type)
    {
        if (type.IsGenericType) throw Refuse(type.ToString(), "generic grain interfaces are not supported");
        foreach (var method in Methods(type))
        {
            var name = $"{method.DeclaringType}.{method.Name}";
            if (method.IsGenericMethod) throw Refuse(name, "generic methods are not supported");
            if (method.IsSpecialName) throw Refuse(name, "a grain interface has no properties and no events");
            if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef)) throw Refuse(name, "arguments cannot be ref, in or out");
            if (!IsAnswer(method.ReturnType)) throw Refuse(name, "it must return Task, Task<T>, ValueTask, ValueTask<T> or void");
            if (method.IsDefined(typeof(OneWayAttribute)) && method.ReturnType.IsGenericType) throw Refuse(name, "a [OneWay] call has no answer");
        }
    }

    static bool IsAnswer(Type type) => type == typeof(Task) || type == typeof(ValueTask) || type == typeof(void)
        || type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>));

    static NotSupportedException Refuse(string name, string reason) => new($"{name} cannot be a grain call: {reason}.");
}
