using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Gusto;

namespace Spm.Connectors.Tests.Gusto;

public sealed class GustoConformance() : ConnectorConformance(new GustoSubject());

public sealed class GustoSubmittingConformance() : ConnectorConformance(new GustoSubject(submits: true));

/// <summary>The connector with its own manifest, as it is built.</summary>
public sealed class GustoSubject(bool submits = false, string payroll = "off_cycle") : Subject
{
    public override ConnectorManifest Manifest { get; } =
        ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Gusto", ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(new
    {
        client_id = GustoVendor.ClientId,
        client_secret = GustoVendor.ClientSecret,
        refresh_token = GustoVendor.RefreshToken,
        submit = submits,
        payroll,
    });

    public override IConnector Create() => new GustoConnector();

    public override async Task<IVendor> StartVendorAsync() => new GustoVendor(await StubServer.StartAsync(), paysSubmittedOnly: submits);
}
