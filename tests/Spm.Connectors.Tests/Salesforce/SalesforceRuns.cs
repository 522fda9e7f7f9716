using Spm.Connectors.Conformance.Support;
using Spm.Connectors.Hosting.Sync;

namespace Spm.Connectors.Tests.Salesforce;

/// <summary>Runs of Salesforce's connector against an org of the test's own.</summary>
public abstract class SalesforceRuns : IAsyncLifetime
{
    private protected MemoryStore Store { get; } = new();

    private protected Bench Bench { get; private set; } = null!;

    private protected SalesforceVendor Vendor => (SalesforceVendor)Bench.Vendor;

    private protected SalesforceOrg Org => Vendor.Org;

    public async ValueTask InitializeAsync() => Bench = await Bench.StartAsync(new SalesforceSubject());

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private protected async Task<StreamOutcome> SyncAsync(string stream) =>
        (await Bench.SyncAsync(Store, Bench.Manifest.Stream(stream)!, Store.State(stream))).Streams[0];
}
