using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Spm.Platform.Tests.Architecture;

/// <summary>What a compiled assembly refers to, method bodies included: its metadata tables name every type that is used anywhere in it.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(string name, IReadOnlyList<string> assemblies, IReadOnlyList<TypeUse> types)
    {
        Name = name;
        Assemblies = assemblies;
        Types = types;
    }

    public string Name { get; }

    public IReadOnlyList<string> Assemblies { get; }

    public IReadOnlyList<TypeUse> Types { get; }

    public static CompiledAssembly Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var types =
            from handle in metadata.TypeReferences
            let type = metadata.GetTypeReference(handle)
            // A nested type's scope is the type around it, which is in the table itself.
            where type.ResolutionScope.Kind == HandleKind.AssemblyReference
            let owner = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope)
            select new TypeUse(metadata.GetString(owner.Name), metadata.GetString(type.Namespace), metadata.GetString(type.Name));
        return new CompiledAssembly(
            assembly.GetName().Name!,
            [.. metadata.AssemblyReferences.Select(a => metadata.GetString(metadata.GetAssemblyReference(a).Name)).Order()],
            [.. types]);
    }
}

/// <summary>A type of another assembly that is used.</summary>
internal sealed record TypeUse(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
