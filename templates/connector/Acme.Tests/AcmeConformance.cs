using System.Text.Json;
using Spm.Connectors;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;

namespace Acme.Tests;

/// <summary>Every check of the kit, offline: passes before you change anything, and is to pass when you are done.</summary>
public sealed class AcmeConformance() : ConnectorConformance(new AcmeSubject());

public sealed class AcmeSubject : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(new { token = AcmeVendor.Token, webhook_secret = "webhook-secret-0001" });

    public override IConnector Create() => new AcmeConnector();

    public override async Task<IVendor> StartVendorAsync() => new AcmeVendor(await StubServer.StartAsync());
}
