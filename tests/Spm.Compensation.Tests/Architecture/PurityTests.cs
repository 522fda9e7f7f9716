using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Spm.Compensation.Amounts;

namespace Spm.Compensation.Tests.Architecture;

/// <summary>The core is pure: the same arguments give the same result, today and in ten years. Held by what its assembly refers to.</summary>
public class PurityTests
{
    private static readonly Assembly Core = typeof(Money).Assembly;

    private static readonly string[] BannedNamespaces =
        ["System.IO", "System.Net", "System.Threading", "System.Data", "System.Security.Cryptography", "System.Reflection.Emit"];

    private static readonly string[] BannedTypes =
        ["System.TimeProvider", "System.Random", "System.Console", "System.AppDomain", "System.AppContext", "System.TimeZoneInfo",
            "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Diagnostics.Activity",
            "System.Runtime.CompilerServices.AsyncStateMachineAttribute", "System.Runtime.CompilerServices.IAsyncStateMachine"];

    /// <summary>Iterators ask for the thread they were made on; everything else of Environment is the outside world.</summary>
    private static readonly string[] AllowedMembers = ["System.Environment.get_CurrentManagedThreadId"];

    private static readonly string[] BannedMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
    ];

    [Fact]
    public void The_core_references_the_base_class_library_alone() =>
        Assert.All(Core.GetReferencedAssemblies(), a => Assert.True(a.Name!.StartsWith("System.", StringComparison.Ordinal), a.Name));

    [Fact]
    public void The_core_has_no_clock_no_chance_no_environment_no_io_and_no_async() => Assert.Empty(Impurities(Core));

    [Fact]
    public void The_scan_finds_what_it_bans()
    {
        // This test assembly reads files, the environment and chance.
        var found = Impurities(typeof(PurityTests).Assembly).ToArray();
        Assert.Contains("System.IO.File", found);
        Assert.Contains("System.Random", found);
        Assert.Contains("System.Environment.GetEnvironmentVariable", found);
    }

    [Fact]
    public void Every_public_type_is_sealed_static_abstract_or_a_value() =>
        Assert.All(Core.GetExportedTypes(), t => Assert.True(t.IsSealed || t.IsAbstract || t.IsValueType, $"{t} can be inherited by accident."));

    [Fact]
    public void No_static_field_can_be_changed() =>
        Assert.All(
            Core.GetTypes().SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(f => !f.DeclaringType!.Name.StartsWith('<') && !f.Name.StartsWith('<')),
            f => Assert.True(f.IsInitOnly || f.IsLiteral, $"{f.DeclaringType}.{f.Name} can be changed."));

    [Fact]
    public void No_static_property_can_be_set() =>
        Assert.DoesNotContain(Core.GetExportedTypes().SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public)), p => p.CanWrite);

    [Fact]
    public void Money_is_never_a_floating_point_number() =>
        Assert.DoesNotContain(
            Core.GetTypes().SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)),
            f => f.FieldType == typeof(double) || f.FieldType == typeof(float));

    /// <summary>Every banned type and member that an assembly's metadata refers to, whether in a signature or in a body.</summary>
    private static IEnumerable<string> Impurities(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        List<string> found = [];
        foreach (var handle in metadata.TypeReferences)
        {
            var name = NameOf(metadata, handle);
            if (BannedTypes.Contains(name) || BannedNamespaces.Any(n => name.StartsWith(n + ".", StringComparison.Ordinal)))
            {
                found.Add(name);
            }
        }
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                continue;
            }
            var type = NameOf(metadata, (TypeReferenceHandle)member.Parent);
            var name = $"{type}.{metadata.GetString(member.Name)}";
            if (BannedMembers.Contains(name) || (type == "System.Environment" && !AllowedMembers.Contains(name)))
            {
                found.Add(name);
            }
        }
        return found;
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
