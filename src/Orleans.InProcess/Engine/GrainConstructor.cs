using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>Compiles a grain class's constructor into a function of the activation.</summary>
internal static class GrainConstructor
{
    internal static Func<Activation, Grain> Compile(Type type, GrainHost host)
    {
        var constructors = type.GetConstructors();
        var constructor = constructors.FirstOrDefault(one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(one => one.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var activation = Expression.Parameter(typeof(Activation));
        var arguments = constructor.GetParameters().Select(parameter => Expression.Convert(
            Expression.Invoke(Expression.Constant(Source(parameter, host)), activation), parameter.ParameterType));
        return Expression.Lambda<Func<Activation, Grain>>(Expression.New(constructor, arguments), activation).Compile();
    }

    static Func<Activation, object?> Source(ParameterInfo parameter, GrainHost host)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } record) return PersistentState.SourceOf(parameter, record, host);
        if (type == typeof(IGrainContext)) return activation => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return activation => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        // A scope weighs more than the rest of an activation. Singletons are the same without one.
        if (host.IsSingleton(type)) return _ => host.Services.GetRequiredService(type);
        if (parameter.HasDefaultValue) return activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue;
        return activation => activation.ActivationServices.GetRequiredService(type);
    }
}
