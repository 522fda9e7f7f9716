using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.HubSpot;

namespace Spm.Connectors.Tests.HubSpot;

public sealed class HubSpotConformance() : ConnectorConformance(new HubSpotSubject());

/// <summary>The connector with its own manifest, as it is built.</summary>
public sealed class HubSpotSubject(params string[] properties) : Subject
{
    public const string Token = HubSpotVendor.Token;

    public override ConnectorManifest Manifest { get; } =
        ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "HubSpot", ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(
        new { access_token = Token, client_secret = "client-secret-0001", currency = "EUR", time_zone = "Europe/Berlin", properties });

    public override IConnector Create() => new HubSpotConnector();

    public override async Task<IVendor> StartVendorAsync() => new HubSpotVendor(await StubServer.StartAsync());
}
