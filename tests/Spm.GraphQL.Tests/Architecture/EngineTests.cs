using System.Reflection;
using Spm.GraphQL.Types;

namespace Spm.GraphQL.Tests.Architecture;

/// <summary>The engine is a library of its own: it knows the framework and nothing else, and keeps nothing between schemas.</summary>
public sealed class EngineTests
{
    private static readonly Assembly Engine = typeof(Schema).Assembly;

    [Fact]
    public void The_engine_references_the_framework_alone() =>
        Assert.All(Engine.GetReferencedAssemblies(), a => Assert.Matches("^(System|Microsoft)\\.", a.Name!));

    /// <summary>Whoever does not serve HTTP needs none of it.</summary>
    [Fact]
    public void The_folder_Http_alone_knows_of_ASP_NET()
    {
        var sources = Directory.GetFiles(Path.Combine(Oracle.GraphQLJs.Root, "src", "Spm.GraphQL"), "*.cs", SearchOption.AllDirectories);
        Assert.All(
            sources.Where(s => !s.Contains($"{Path.DirectorySeparatorChar}Http{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
            s => Assert.DoesNotContain("Microsoft.AspNetCore", File.ReadAllText(s), StringComparison.Ordinal));
    }

    [Fact]
    public void No_static_field_can_be_changed() =>
        Assert.All(
            Engine.GetTypes().SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(f => !f.DeclaringType!.Name.StartsWith('<') && !f.Name.StartsWith('<')),
            f => Assert.True(f.IsInitOnly || f.IsLiteral, $"{f.DeclaringType}.{f.Name} can be changed."));

    [Fact]
    public void No_static_property_can_be_set() =>
        Assert.DoesNotContain(Engine.GetExportedTypes().SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public)), p => p.CanWrite);

    [Fact]
    public void Every_public_type_is_sealed_static_abstract_or_a_value() =>
        Assert.All(Engine.GetExportedTypes(), t => Assert.True(t.IsSealed || t.IsAbstract || t.IsValueType, $"{t} can be inherited by accident."));

    [Fact]
    public void A_rule_of_validation_is_a_class_in_a_file_of_its_name()
    {
        var rules = Engine.GetTypes().Where(t => t.IsAssignableTo(typeof(Spm.GraphQL.Validation.ValidationRule)) && !t.IsAbstract).ToArray();
        Assert.NotEmpty(rules);
        Assert.Equal(
            Spm.GraphQL.Validation.SpecifiedRules.ForDocuments.Concat(Spm.GraphQL.Validation.SpecifiedRules.ForDefinitions)
                .Select(make => make().GetType()).Distinct().OrderBy(t => t.Name),
            rules.OrderBy(t => t.Name));
    }
}
