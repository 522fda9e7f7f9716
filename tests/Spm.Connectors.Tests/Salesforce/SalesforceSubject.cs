using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;
using Spm.Connectors.Conformance.Xunit;
using Spm.Connectors.Salesforce;

namespace Spm.Connectors.Tests.Salesforce;

public sealed class SalesforceConformance() : ConnectorConformance(new SalesforceSubject());

/// <summary>The connector with its own manifest, as it is built.</summary>
/// <param name="further">What a test adds to the configuration or takes the place of.</param>
public sealed class SalesforceSubject(params (string Name, object? Value)[] further) : Subject
{
    public override ConnectorManifest Manifest { get; } =
        ManifestReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "Salesforce", ManifestReader.FileName));

    public override JsonElement Configuration { get; } = JsonSerializer.SerializeToElement(
        further.Aggregate(
            new Dictionary<string, object?>
            {
                ["client_id"] = SalesforceVendor.ClientId,
                ["client_secret"] = SalesforceVendor.ClientSecret,
                ["currency"] = "EUR",
                ["fields"] = new[] { "Opportunity.Region__c" },
            },
            (all, one) =>
            {
                all[one.Name] = one.Value;
                return all;
            }).Where(c => c.Value is not null).ToDictionary());

    public override IConnector Create() => new SalesforceConnector();

    public override async Task<IVendor> StartVendorAsync() => new SalesforceVendor(await StubServer.StartAsync());
}
