using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Spm.Connectors.Conformance;
using Spm.Connectors.Conformance.Stubs;

namespace Spm.Connectors.Tests.Contracts;

/// <summary>The same connector and vendor, with <see cref="Prism"/> between them.</summary>
internal sealed class BehindPrism(Subject subject, string contract) : Subject
{
    public override ConnectorManifest Manifest => subject.Manifest;

    public override JsonElement Configuration => subject.Configuration;

    public override IConnector Create() => subject.Create();

    public override async Task<IVendor> StartVendorAsync()
    {
        var vendor = await subject.StartVendorAsync();
        return new Vendor(vendor, await Prism.StartAsync(contract, vendor.Address!));
    }

    private sealed class Vendor(IVendor vendor, Prism prism) : IVendor
    {
        public StubServer? Server => vendor.Server;

        public Uri? Address => prism.Address;

        public X509Certificate2Collection? TrustedRoots => vendor.TrustedRoots;

        public string? DropFolder => vendor.DropFolder;

        public void Fill(string stream, int count) => vendor.Fill(stream, count);

        public IReadOnlyCollection<string> Keys(string stream) => vendor.Keys(stream);

        public string? Change(string stream) => vendor.Change(stream);

        public string? Remove(string stream) => vendor.Remove(stream);

        public WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets) => vendor.Deliver(at, secrets);

        public async ValueTask DisposeAsync()
        {
            await prism.DisposeAsync();
            await vendor.DisposeAsync();
        }
    }
}
