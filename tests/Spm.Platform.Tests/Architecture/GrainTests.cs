using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Spm.Host;

namespace Spm.Platform.Tests.Architecture;

/// <summary>
/// Grains keep to what a cluster runs: they live in the slices, every method has a name of its own on the wire, and what travels
/// can be written down, to its last member.
/// </summary>
public sealed class GrainTests
{
    private static readonly Type[] Interfaces =
        [.. typeof(PlatformAssembly).Assembly.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrainWithStringKey)))];

    [Fact]
    public void Grains_live_in_the_platform()
    {
        Assert.NotEmpty(Grains(typeof(PlatformAssembly).Assembly));
        Assert.Empty(Grains(typeof(SpmHost).Assembly));
        Assert.All(Grains(typeof(PlatformAssembly).Assembly), grain => Assert.True(grain.IsSealed, $"{grain.Name} is not sealed."));
    }

    [Fact]
    public void Every_grain_method_is_asynchronous_and_has_an_alias()
    {
        foreach (var method in Interfaces.SelectMany(i => i.GetMethods()))
        {
            Assert.True(method.ReturnType.IsAssignableTo(typeof(Task)), $"{Name(method)} does not return a task.");
            Assert.True(method.IsDefined(typeof(AliasAttribute)), $"{Name(method)} has no [Alias].");
        }
    }

    [Fact]
    public void What_is_sent_to_a_grain_can_be_serialized()
    {
        foreach (var method in Interfaces.SelectMany(i => i.GetMethods()))
        {
            Assert.All(method.GetParameters(), p => ExpectSerializable(p.ParameterType, Name(method)));
        }
    }

    [Fact]
    public void What_a_grain_answers_can_be_serialized()
    {
        foreach (var method in Interfaces.SelectMany(i => i.GetMethods()).Where(m => m.ReturnType.IsGenericType))
        {
            ExpectSerializable(method.ReturnType.GetGenericArguments()[0], Name(method));
        }
    }

    [Fact]
    public void What_a_grain_remembers_can_be_serialized()
    {
        var states =
            from grain in Grains(typeof(PlatformAssembly).Assembly)
            from parameter in grain.GetConstructors().Single().GetParameters()
            where parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(IPersistentState<>)
            select parameter.ParameterType.GetGenericArguments()[0];
        Assert.All(states, state => ExpectSerializable(state, "a state"));
    }

    private static IEnumerable<Type> Grains(Assembly assembly) => assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Grain)));

    /// <summary>Nothing is declared as an interface: which type stands behind it is for the compiler to say, and nobody can write that down.</summary>
    private static void ExpectSerializable(Type type, string where, ImmutableHashSet<Type>? within = null)
    {
        within ??= [];
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateOnly) || within.Contains(type))
        {
            return;
        }
        if (type.IsArray)
        {
            ExpectSerializable(type.GetElementType()!, where, within);
            return;
        }
        if (type.IsGenericType && Collections.Contains(type.GetGenericTypeDefinition()))
        {
            Assert.All(type.GetGenericArguments(), argument => ExpectSerializable(argument, where, within));
            return;
        }
        Assert.True(type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), $"{where}: {type.Name} has no [GenerateSerializer].");
        Assert.True(type.IsDefined(typeof(AliasAttribute), inherit: false), $"{where}: {type.Name} has no [Alias].");
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
        {
            Assert.True(property.IsDefined(typeof(IdAttribute)), $"{where}: {type.Name}.{property.Name} has no [Id].");
            ExpectSerializable(property.PropertyType, $"{where}, {type.Name}.{property.Name}", within.Add(type));
        }
    }

    private static readonly Type[] Collections = [typeof(Nullable<>), typeof(List<>), typeof(Dictionary<,>)];

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
