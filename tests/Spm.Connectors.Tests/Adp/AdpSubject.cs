using System.Text.Json;
using Spm.Connectors.Adp;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Xunit;

namespace Spm.Connectors.Tests.Adp;

public sealed class AdpConformance() : ConnectorConformance(new AdpSubject());

/// <summary>The connector with its own manifest, as it is built, and a certificate of the test authority.</summary>
public sealed class AdpSubject : Subject
{
    private AdpVendor? _vendor;

    public override ConnectorManifest Manifest { get; } =
        ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Adp", ManifestReader.FileName));

    public override JsonElement Configuration => _vendor!.Configuration;

    public override IConnector Create() => new AdpConnector();

    public override async Task<IVendor> StartVendorAsync() => _vendor = await AdpVendor.StartAsync();
}
