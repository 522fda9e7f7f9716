using System.Runtime.Loader;
using Spm.Connectors.Hosting.Plugins;

namespace Spm.Connectors.Tests.Plugins;

/// <summary>Plugins as they are built: the HubSpot connector's own output folder, copied as a host would be given it.</summary>
public sealed class PluginTests : IDisposable
{
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "..", "..", "HubSpot", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')));
    private readonly string _folder = Directory.CreateTempSubdirectory("spm-plugins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Install(string folder, string old = "", string replacement = "")
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        foreach (var file in Directory.GetFiles(Built))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
        if (old.Length > 0)
        {
            var manifest = Path.Combine(target, ManifestReader.FileName);
            File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(old, replacement, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_plugin_is_found_by_its_manifest_and_shares_the_contract_alone()
    {
        Install("hubspot");
        var plugin = PluginCatalog.Scan(_folder).Find("hubspot")!;
        var connector = plugin.Create();
        var context = AssemblyLoadContext.GetLoadContext(connector.GetType().Assembly)!;
        Assert.Equal("hubspot 1.0.0", context.Name);
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.NotSame(typeof(HubSpot.HubSpotSubject).Assembly, connector.GetType().Assembly);
        Assert.DoesNotContain(context.Assemblies, a => a.GetName().Name == typeof(IConnector).Assembly.GetName().Name);
        Assert.False(File.Exists(Path.Combine(_folder, "hubspot", "Spm.Connectors.dll")), "A plugin must not bring the contract.");
    }

    [Fact]
    public void Two_versions_stand_side_by_side_and_the_newest_is_taken_unless_asked()
    {
        Install("old");
        Install("new", "\"version\": \"1.0.0\"", "\"version\": \"1.10.0\"");
        var catalog = PluginCatalog.Scan(_folder);
        Assert.Equal(new Version(1, 10, 0), catalog.Find("hubspot")!.Manifest.Version);
        var (first, second) = (catalog.Find("hubspot", new Version(1, 0, 0))!.Create(), catalog.Find("hubspot")!.Create());
        Assert.NotSame(first.GetType(), second.GetType());
        Assert.Equal(first.GetType().FullName, second.GetType().FullName);
    }

    [Theory]
    [InlineData("\"min\": \"1.0\", \"max\": \"1.99\"", "\"min\": \"2.0\", \"max\": \"2.99\"", "sdk_out_of_range")]
    [InlineData("Spm.Connectors.HubSpot.dll", "Missing.dll", "assembly_missing")]
    [InlineData("\"kinds\"", "\"kind\"", "manifest_invalid")]
    public void One_that_cannot_be_used_is_told_and_hinders_nobody(string old, string replacement, string code)
    {
        Install("good");
        Install("z-bad", old, replacement);
        var catalog = PluginCatalog.Scan(_folder);
        Assert.Equal(code, Assert.Single(catalog.Problems).Code);
        Assert.Single(catalog.Plugins);
    }

    [Fact]
    public void The_same_version_twice_is_told()
    {
        Install("a");
        Install("b");
        Assert.Equal("version_twice", Assert.Single(PluginCatalog.Scan(_folder).Problems).Code);
    }

    [Theory]
    [InlineData("Spm.Connectors.HubSpot.HubSpotConnector", "Spm.Connectors.HubSpot.Nobody")]
    [InlineData("Spm.Connectors.HubSpot.HubSpotConnector", "Spm.Connectors.HubSpot.AccountDetails")]
    public void A_type_that_is_no_connector_is_refused_when_it_is_asked_for(string old, string replacement)
    {
        Install("a", old, replacement);
        Assert.Throws<PluginException>(() => PluginCatalog.Scan(_folder).Plugins[0].Create());
    }

    [Theory]
    [InlineData(".dll", "no assembly")]
    [InlineData(".deps.json", "{")]
    public void One_whose_files_are_spoilt_is_refused_when_it_is_asked_for(string file, string text)
    {
        Install("a");
        File.WriteAllText(Path.Combine(_folder, "a", $"Spm.Connectors.HubSpot{file}"), text);
        Assert.Throws<PluginException>(() => PluginCatalog.Scan(_folder).Plugins[0].Create());
    }
}
