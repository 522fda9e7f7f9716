using System.Xml.Linq;
using Spm.Client;
using Spm.Compensation.Amounts;
using Spm.Host;
using Spm.Storage;

namespace Spm.Platform.Tests.Architecture;

/// <summary>
/// Dependencies point down: Spm.Host -> Spm.Platform -> Spm.Compensation, Spm.Storage, Orleans.InProcess and what runs connectors, which
/// know nothing of each other. Clients know the wire and nothing else. The project files say what may be used, the compiled assemblies what is.
/// </summary>
public sealed class DependencyTests
{
    /// <summary>Every project of src with all it may refer to of ours.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orleans.InProcess"] = [],
        ["Spm.Compensation"] = [],
        ["Spm.Storage"] = [],
        ["Spm.GraphQL"] = [],
        ["Spm.Client"] = [],
        ["Refit.StandIn"] = [],
        ["Spm.Connectors"] = [],
        ["Spm.Connectors.Hosting"] = ["Spm.Connectors"],
        ["Spm.Connectors.Conformance"] = ["Spm.Connectors.Hosting"],
        ["Spm.Connectors.Conformance.Xunit"] = ["Spm.Connectors.Conformance"],
        ["Spm.Cli"] = ["Spm.Client", "Spm.Compensation"],
        ["Spm.Platform"] = ["Orleans.InProcess", "Spm.Compensation", "Spm.Connectors", "Spm.Connectors.Hosting", "Spm.Storage"],
        ["Spm.Host"] = ["Spm.Platform"],
    };

    private static readonly CompiledAssembly Compensation = CompiledAssembly.Of(typeof(Currency).Assembly);
    private static readonly CompiledAssembly Storage = CompiledAssembly.Of(typeof(SpmStore).Assembly);
    private static readonly CompiledAssembly Orleans = CompiledAssembly.Of(typeof(global::Orleans.Grain).Assembly);
    private static readonly CompiledAssembly Client = CompiledAssembly.Of(typeof(SpmClient).Assembly);
    private static readonly CompiledAssembly Platform = CompiledAssembly.Of(typeof(PlatformAssembly).Assembly);
    private static readonly CompiledAssembly Host = CompiledAssembly.Of(typeof(SpmHost).Assembly);

    [Fact]
    public void Project_files_refer_downwards_only()
    {
        var projects = Repository.Files("*.csproj", "src").ToDictionary(p => Path.GetFileNameWithoutExtension(p));
        Assert.Equal(Allowed.Keys.Order(), projects.Keys.Order());
        foreach (var (name, path) in projects)
        {
            Assert.Equal(Allowed[name], Included(path, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)).Order());
        }
    }

    /// <summary>A connector knows the SDK alone. HTTP interfaces come to all of them from connectors/Directory.Build.props.</summary>
    [Fact]
    public void Connectors_refer_to_the_SDK_alone()
    {
        var connectors = Repository.Files("*.csproj", "connectors").ToArray();
        Assert.NotEmpty(connectors);
        Assert.All(connectors, path =>
        {
            Assert.Equal(["Spm.Connectors"], Included(path, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)));
            Assert.Empty(Included(path, "PackageReference").Except(["CsvHelper"]));
        });
    }

    [Fact]
    public void Assemblies_use_what_is_below_them_only()
    {
        // The host composes: it may name whatever the platform is made of.
        string[] host = ["Spm.Platform", .. Allowed["Spm.Platform"]];
        foreach (var assembly in new[] { Compensation, Storage, Orleans, Client, Platform, Host })
        {
            var allowed = assembly == Host ? host : Allowed[assembly.Name];
            Assert.Empty(Ours(assembly).Except(allowed));
        }
    }

    /// <summary>What of it the core may use, PurityTests beside it says.</summary>
    [Fact]
    public void The_core_uses_nothing_but_the_base_class_library()
    {
        Assert.All(Compensation.Assemblies, name => Assert.StartsWith("System.", name));
        Assert.Empty(Included("src/Spm.Compensation/Spm.Compensation.csproj", "PackageReference"));
    }

    /// <summary>Slices map rows themselves, from the reader that is common to all databases. Which database it is only the store knows.</summary>
    [Fact]
    public void Outside_the_store_no_database_is_known()
    {
        string[] databases = ["Microsoft.Data.Sqlite", "SQLitePCL", "Npgsql"];
        foreach (var assembly in new[] { Compensation, Orleans, Client, Host, Platform })
        {
            Assert.DoesNotContain(assembly.Assemblies, name => databases.Any(d => name.StartsWith(d, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_store_knows_nothing_of_the_web()
    {
        Assert.DoesNotContain(Storage.Assemblies, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Ours(CompiledAssembly assembly) =>
        assembly.Assemblies.Where(name => name.StartsWith("Spm.", StringComparison.Ordinal) || name.StartsWith("Orleans", StringComparison.Ordinal));

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(Repository.At(project)).Descendants(item).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
