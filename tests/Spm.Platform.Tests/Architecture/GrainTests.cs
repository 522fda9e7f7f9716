using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Spm.Compensation.Payouts;
using Spm.Host;
using Spm.Platform.Reps;

namespace Spm.Platform.Tests.Architecture;

/// <summary>
/// Grains keep to what a cluster could run: they live in the slices, every method has a name of its own on the wire, and what travels
/// can be written down. Results that cannot be yet are named here.
/// </summary>
public sealed class GrainTests
{
    /// <summary>
    /// Records of the core, handed over by reference inside one process. A cluster needs serializers for them before it can run; they
    /// must not become more.
    /// </summary>
    private static readonly Type[] HandedOverInProcessOnly = [typeof(RepPosition), typeof(ExplainedMonth)];

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
            Assert.All(method.GetParameters(), p => Assert.True(IsSerializable(p.ParameterType), $"{Name(method)} takes {p.ParameterType.Name}."));
        }
    }

    [Fact]
    public void What_a_grain_answers_can_be_serialized_or_is_a_listed_record_of_the_core()
    {
        var answers = Interfaces.SelectMany(i => i.GetMethods()).Where(m => m.ReturnType.IsGenericType).Select(m => m.ReturnType.GetGenericArguments()[0]);
        Assert.Equal(
            HandedOverInProcessOnly.Select(t => t.Name).Order(),
            answers.Select(Element).Where(t => !IsSerializable(t)).Select(t => t.Name).Distinct().Order());
    }

    [Fact]
    public void What_a_grain_remembers_can_be_serialized()
    {
        var states =
            from grain in Grains(typeof(PlatformAssembly).Assembly)
            from parameter in grain.GetConstructors().Single().GetParameters()
            where parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() == typeof(IPersistentState<>)
            select parameter.ParameterType.GetGenericArguments()[0];
        Assert.All(states.SelectMany(WithMembers).Distinct(), type => Assert.True(IsSerializable(type), $"{type.Name} has no [GenerateSerializer]."));
    }

    private static IEnumerable<Type> Grains(Assembly assembly) => assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Grain)));

    private static IEnumerable<Type> WithMembers(Type state) =>
        state.GetProperties().Where(p => p.IsDefined(typeof(IdAttribute))).Select(p => Element(p.PropertyType)).Append(state);

    private static bool IsSerializable(Type type) => Element(type) is var element
        && (element.IsPrimitive || element == typeof(string) || element == typeof(decimal) || element.IsEnum || element.IsDefined(typeof(GenerateSerializerAttribute)));

    private static Type Element(Type type) =>
        type.IsArray ? type.GetElementType()!
        : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || type.GetGenericTypeDefinition() == typeof(List<>)) ? type.GetGenericArguments()[0]
        : type;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
