using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Stripe;

namespace Spm.Connectors.Tests.Stripe;

public sealed class StripeConformance() : ConnectorConformance(new StripeSubject());

/// <summary>The connector with its own manifest.</summary>
public sealed class StripeSubject : Subject
{
    public override ConnectorManifest Manifest { get; } = ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Stripe", ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(
        new { api_key = StripeVendor.Key, webhook_secret = "whsec_0000000001", since = DateTime.UtcNow.AddDays(-90).ToString("yyyy-MM-dd") });

    public override int ManyRecords => 10_000;

    public override IConnector Create() => new StripeConnector();

    public override async Task<IVendor> StartVendorAsync() => new StripeVendor(await StubServer.StartAsync());
}
