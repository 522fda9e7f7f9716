using System.Reflection;

namespace Refit;

/// <summary>Reads an interface with all it inherits.</summary>
internal static class InterfaceReader
{
    public static IReadOnlyDictionary<MethodInfo, MethodPlan> Read(Type type)
    {
        if (!type.IsInterface)
        {
            throw new ArgumentException($"{type} is not an interface.");
        }
        Dictionary<MethodInfo, MethodPlan> plans = [];
        List<string> errors = [];
        foreach (var method in Methods(type))
        {
            try
            {
                plans[method] = MethodReader.Read(type, method);
            }
            catch (ArgumentException e)
            {
                errors.Add($"{method.DeclaringType!.Name}.{method.Name}: {e.Message}");
            }
        }
        return errors.Count == 0 ? plans : throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>Methods with a body of their own are left to the runtime unless they are requests.</summary>
    private static IEnumerable<MethodInfo> Methods(Type type) =>
        from declaring in type.GetInterfaces().Append(type)
        where declaring != typeof(IDisposable)
        from method in declaring.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where method.IsAbstract || method.IsDefined(typeof(HttpMethodAttribute), true)
        select method;
}
