using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Spm.Connectors.Conformance;

/// <summary>What an author hands to the kit: the connector, a configuration for it, and a vendor that plays along.</summary>
public abstract class Subject
{
    public abstract ConnectorManifest Manifest { get; }

    public abstract IConnector Create();

    /// <summary>A valid configuration with its secrets inside.</summary>
    public abstract JsonElement Configuration { get; }

    public abstract Task<IVendor> StartVendorAsync();

    /// <summary>Records that the check of flat memory reads.</summary>
    public virtual int ManyRecords => 20_000;

    /// <summary>The stream it reads them from.</summary>
    public virtual string ManyStream => Manifest.Streams[0].Name;
}

/// <summary>The vendor, as a stub that remembers.</summary>
public interface IVendor : IAsyncDisposable
{
    /// <summary>Null for a connector that calls nobody: checks of failing calls do not apply.</summary>
    Stubs.StubServer? Server { get; }

    /// <summary>Where connections reach it: something may stand between. Null: it is called by nobody.</summary>
    Uri? Address => Server?.Address;

    /// <summary>Roots that its certificate is held against, where it speaks TLS; the connection then shows its client certificate. Null: it does not.</summary>
    X509Certificate2Collection? TrustedRoots => null;

    /// <summary>For connectors that read files.</summary>
    string? DropFolder { get; }

    /// <summary>Adds records to a stream, over several pages if there are more than a few. One of them bears <see cref="Texts.Unicode"/>.</summary>
    void Fill(string stream, int count);

    /// <summary>Keys that a full read of the stream must give.</summary>
    IReadOnlyCollection<string> Keys(string stream);

    /// <summary>What the record of a key is worth, exactly, as the vendor's users see it. Null: it has no amount, or this vendor does not tell.</summary>
    Money? Amount(string stream, string key) => null;

    /// <summary>Changes a record and returns its key. Null: records of this stream never change.</summary>
    string? Change(string stream);

    /// <summary>Takes a record away and returns its key. Null: records of this stream never go.</summary>
    string? Remove(string stream);

    /// <summary>A delivery that the vendor signed at a time. Null: it sends none.</summary>
    WebhookRequest? Deliver(DateTimeOffset at, IReadOnlyDictionary<string, string> secrets);
}

/// <summary>A vendor that takes payouts.</summary>
public interface IPayrollVendor : IVendor
{
    /// <summary>What it will pay, by the lines' ids; a line that was taken twice stands in the list twice.</summary>
    IReadOnlyList<(string LineId, decimal Amount)> Taken { get; }

    WriteBatch Batch { get; }

    /// <summary>Whether it can be asked what it has. Where it cannot, what was not answered stays unknown until a person has looked.</summary>
    bool TellsWhatItHas => true;
}

/// <summary>Texts that reveal what a connector does to them.</summary>
public static class Texts
{
    /// <summary>Umlauts, Japanese, right to left, an emoji of two code points, a combining accent, quotes.</summary>
    public const string Unicode = "Größe 東京 שלום 👩‍💻 e\u0301 \"O'Neil\"";
}
